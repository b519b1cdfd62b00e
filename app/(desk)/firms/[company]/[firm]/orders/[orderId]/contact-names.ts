import "server-only";
import type { Db } from "#lib/core/db.ts";
import { findContacts } from "#lib/mirror/find-contacts.ts";
import type { SaidToXero } from "#lib/orders/staff/said-to-xero.ts";

/** The names of whom these documents are for, by ContactID. */
export async function contactNames(
  db: Db,
  connectionId: string,
  documents: (SaidToXero | null | undefined)[],
): Promise<Map<string, string>> {
  const ids = documents.flatMap((one) => one?.contactId ?? []);
  const found = await findContacts(db, connectionId, [...new Set(ids)]);
  return new Map([...found].map(([id, { name }]) => [id, name]));
}
