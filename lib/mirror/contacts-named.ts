import { and, eq, sql } from "drizzle-orm";
import { contacts } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";

/**
 * The active contacts of this name, which Xero compares without regard to case (xero-documents 6): one or none, but Xero has
 * been seen to keep two.
 */
export async function contactsNamed(
  db: Db,
  connectionId: string,
  name: string,
): Promise<{ contactId: string; name: string }[]> {
  return db
    .select({ contactId: contacts.contactId, name: contacts.name })
    .from(contacts)
    .where(and(isActive(connectionId), sql`lower(${contacts.name}) = lower(${name})`))
    .orderBy(contacts.contactId);
}

/** Names of active contacts that hold what was typed, else of those that begin with its first word: by name, at most five. */
export async function contactNamesLike(db: Db, connectionId: string, typed: string): Promise<string[]> {
  const [word = ""] = typed.trim().split(/\s+/);
  const holds = sql`position(lower(${typed.trim()}) in lower(${contacts.name})) > 0`;
  const rows = await db
    .select({ name: contacts.name })
    .from(contacts)
    .where(
      and(isActive(connectionId), sql`(${holds} or starts_with(lower(${contacts.name}), lower(${word})))`),
    )
    .orderBy(sql`${holds} desc`, contacts.name)
    .limit(5);
  return rows.map(({ name }) => name);
}

const isActive = (connectionId: string) =>
  and(eq(contacts.connectionId, connectionId), eq(contacts.status, "ACTIVE"));
