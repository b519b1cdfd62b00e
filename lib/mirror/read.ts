import { and, eq, inArray, sql } from "drizzle-orm";
import { contacts, invoices } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import { listCursors } from "./store.ts";

export type MirroredInvoice = Pick<
  typeof invoices.$inferSelect,
  | "connectionId" | "invoiceId" | "type" | "number" | "contactId" | "status" | "currency" | "totalMinor" | "dueMinor"
  | "duesSeen" | "date" | "dueDate" | "fullyPaidOn" | "seenAt"
>;

const facts = {
  connectionId: invoices.connectionId,
  invoiceId: invoices.invoiceId,
  type: invoices.type,
  number: invoices.number,
  contactId: invoices.contactId,
  status: invoices.status,
  currency: invoices.currency,
  totalMinor: invoices.totalMinor,
  dueMinor: invoices.dueMinor,
  duesSeen: invoices.duesSeen,
  date: invoices.date,
  dueDate: invoices.dueDate,
  fullyPaidOn: invoices.fullyPaidOn,
  seenAt: invoices.seenAt,
};

/**
 * Every invoice or bill in these books with one of these numbers, and all that is outstanding for the same customers:
 * one query, of the same shape whether or not anything is found. `cutAtHash` is a number that lost what followed its
 * "#" on the way here, as an unencoded link does.
 */
export async function findByNumber(
  db: Db,
  { connectionIds, numbers, cutAtHash }: { connectionIds: string[]; numbers: string[]; cutAtHash: string | null },
): Promise<MirroredInvoice[]> {
  const pattern = cutAtHash === null ? null : `${cutAtHash.replace(/[\\%_]/g, "\\$&")}#%`;
  const asked = sql`(${invoices.number} in ${numbers} or ${invoices.number} like ${pattern})`;
  const theirs = sql`(${invoices.connectionId}, ${invoices.contactId}) in (
    select connection_id, contact_id from invoices asked
    where asked.connection_id in ${connectionIds} and asked.type = 'ACCREC'
      and (asked.number in ${numbers} or asked.number like ${pattern}))`;
  const outstanding = sql`(${invoices.type} = 'ACCREC' and ${invoices.status} = 'AUTHORISED' and ${invoices.dueMinor} > 0)`;
  return db
    .select(facts)
    .from(invoices)
    .where(and(inArray(invoices.connectionId, connectionIds), sql`(${asked} or (${outstanding} and ${theirs}))`))
    .orderBy(invoices.dueDate, invoices.number);
}

export async function findByIds(db: Db, connectionId: string, ids: string[]): Promise<MirroredInvoice[]> {
  if (ids.length === 0) return [];
  return db
    .select(facts)
    .from(invoices)
    .where(and(eq(invoices.connectionId, connectionId), inArray(invoices.invoiceId, ids)))
    .orderBy(invoices.dueDate, invoices.number);
}

export async function findContact(
  db: Db,
  connectionId: string,
  contactId: string,
): Promise<{ name: string; email: string | null } | undefined> {
  const [row] = await db
    .select({ name: contacts.name, email: contacts.email })
    .from(contacts)
    .where(and(eq(contacts.connectionId, connectionId), eq(contacts.contactId, contactId)));
  return row;
}

export type SyncState = { kind: string; page: number | null; pages: number | null; rows: number; backfilledAt: Date | null; syncedAt: Date | null };

/** How fresh the mirror of each connection is, for staff pages and for the decision to take money while Xero is silent. */
export async function syncStates(db: Db, connectionIds: string[]): Promise<Map<string, SyncState[]>> {
  const states = new Map<string, SyncState[]>();
  for (const { connectionId, kind, page, pages, rows, backfilledAt, syncedAt } of await listCursors(db, connectionIds)) {
    states.set(connectionId, [...(states.get(connectionId) ?? []), { kind, page, pages, rows, backfilledAt, syncedAt }]);
  }
  return states;
}
