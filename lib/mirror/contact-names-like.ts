import { and, eq, sql } from "drizzle-orm";
import { contacts } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";

/** Names of active contacts that hold what was typed, then of those that begin with its first word: by name, at most five. */
export async function contactNamesLike(db: Db, connectionId: string, typed: string): Promise<string[]> {
  const [word = ""] = typed.trim().split(/\s+/);
  const holds = sql`position(lower(${typed.trim()}) in lower(${contacts.name})) > 0`;
  const rows = await db
    .select({ name: contacts.name })
    .from(contacts)
    .where(
      and(
        eq(contacts.connectionId, connectionId),
        eq(contacts.status, "ACTIVE"),
        sql`(${holds} or starts_with(lower(${contacts.name}), lower(${word})))`,
      ),
    )
    .orderBy(sql`${holds} desc`, contacts.name)
    .limit(5);
  return rows.map(({ name }) => name);
}
