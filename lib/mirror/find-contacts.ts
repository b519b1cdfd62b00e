import { and, eq, inArray, or, sql } from "drizzle-orm";
import { contacts } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";

export type FoundContact = {
  contactId: string;
  name: string;
  email: string | null;
  isActive: boolean;
  /** Whom it was merged into. */
  mergedTo: string | null;
};

const columns = {
  contactId: contacts.contactId,
  name: contacts.name,
  email: contacts.email,
  isActive: sql<boolean>`${contacts.status} = 'ACTIVE'`,
  mergedTo: contacts.mergedTo,
};

/** Contacts by their ids, archived ones too; of one that was merged the contact that it was merged into, under the id asked for. */
export async function findContacts(
  db: Db,
  connectionId: string,
  ids: string[],
): Promise<Map<string, FoundContact>> {
  const byId = await read(db, connectionId, ids);
  const found = new Map<string, FoundContact>();
  for (const id of ids) {
    let contact = byId.get(id);
    // Merged again and again: one more question a step, and never round in a circle.
    for (const seen = new Set<string>(); contact?.mergedTo && !seen.has(contact.contactId); ) {
      seen.add(contact.contactId);
      const next = contact.mergedTo;
      if (!byId.has(next))
        for (const [key, value] of await read(db, connectionId, [next])) byId.set(key, value);
      contact = byId.get(next) ?? { ...contact, mergedTo: null };
    }
    if (contact) found.set(id, contact);
  }
  return found;
}

async function read(db: Db, connectionId: string, ids: string[]): Promise<Map<string, FoundContact>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select(columns)
    .from(contacts)
    .where(and(eq(contacts.connectionId, connectionId), inArray(contacts.contactId, ids)));
  return new Map(rows.map((row) => [row.contactId, row]));
}

/** Active contacts that have one of these e-mail addresses or names, whichever the letters' case, as Xero compares them. */
export async function findContactsLike(
  db: Db,
  connectionId: string,
  { emails, names }: { emails: string[]; names: string[] },
): Promise<FoundContact[]> {
  if (emails.length + names.length === 0) return [];
  const lower = (values: string[]) =>
    sql`any(${sql.param(values.map((value) => value.toLowerCase()))}::text[])`;
  return db
    .select(columns)
    .from(contacts)
    .where(
      and(
        eq(contacts.connectionId, connectionId),
        eq(contacts.status, "ACTIVE"),
        or(sql`lower(${contacts.email}) = ${lower(emails)}`, sql`lower(${contacts.name}) = ${lower(names)}`),
      ),
    )
    .orderBy(contacts.contactId);
}
