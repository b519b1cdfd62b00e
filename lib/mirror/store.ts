import { and, desc, eq, gt, isNotNull, sql } from "drizzle-orm";
import { contacts, invoices } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import type { XeroContact, XeroInvoice } from "#lib/xero/api/types.ts";
import type { Books } from "./books.ts";

/** One order for all writers: two that keep the same rows in two orders would wait for each other for ever. */
export const inOrder = <T>(rows: T[], id: (row: T) => string): T[] =>
  rows.toSorted((a, b) => (id(a) < id(b) ? -1 : 1));

/** The value that an upsert brought. */
export const incoming = (column: string) => sql.raw(`excluded.${column}`);

/**
 * Lets PostgreSQL look at what a first reading has brought, which it does by itself only after a minute, and not at all
 * after a crash in that minute. Until then it plans the pay page's query as if there were no invoices: thousands took it
 * twelve seconds.
 */
export async function learnInvoices(db: Db): Promise<void> {
  await db.execute(sql`analyze ${invoices}`);
}

/**
 * Keeps what Xero said of these invoices. A reading with an older UpdatedDateUTC than ours changes nothing, so a slow
 * page can't undo a newer one. An amount that is new as AmountDue joins `dues_seen`.
 */
export async function saveInvoices(db: Db, books: Books, rows: XeroInvoice[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insert(invoices)
    .values(
      inOrder(rows, (row) => row.invoiceId).map(({ contactName: _name, ...row }) => ({
        ...books,
        ...row,
        duesSeen: row.dueMinor === row.totalMinor ? [row.dueMinor] : [row.totalMinor, row.dueMinor],
      })),
    )
    .onConflictDoUpdate({
      target: [invoices.connectionId, invoices.invoiceId],
      set: {
        type: incoming("type"),
        number: incoming("number"),
        contactId: incoming("contact_id"),
        status: incoming("status"),
        currency: incoming("currency"),
        totalMinor: incoming("total_minor"),
        dueMinor: incoming("due_minor"),
        duesSeen: sql`case when excluded.due_minor = any(${invoices.duesSeen}) then ${invoices.duesSeen} else ${invoices.duesSeen} || excluded.due_minor end`,
        date: incoming("date"),
        dueDate: incoming("due_date"),
        fullyPaidOn: incoming("fully_paid_on"),
        reference: incoming("reference"),
        paymentIds: incoming("payment_ids"),
        updatedAt: incoming("updated_at"),
        seenAt: sql`now()`,
      },
      setWhere: sql`excluded.updated_at >= ${invoices.updatedAt}`,
    });
}

/** The invoice or bill that is known to have changed last, if that was after this instant by Xero's clock. */
export async function newestSince(db: Db, connectionId: string, since: Date): Promise<string | undefined> {
  const [known] = await db
    .select({ id: invoices.invoiceId })
    .from(invoices)
    .where(and(eq(invoices.connectionId, connectionId), gt(invoices.updatedAt, since)))
    .orderBy(desc(invoices.updatedAt))
    .limit(1);
  return known?.id;
}

export async function saveContacts(db: Db, books: Books, rows: XeroContact[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insert(contacts)
    .values(inOrder(rows, (row) => row.contactId).map((row) => ({ ...books, ...row })))
    .onConflictDoUpdate({
      target: [contacts.connectionId, contacts.contactId],
      set: {
        name: incoming("name"),
        email: incoming("email"),
        persons: incoming("persons"),
        status: incoming("status"),
        mergedTo: incoming("merged_to"),
        updatedAt: incoming("updated_at"),
        seenAt: sql`now()`,
      },
      setWhere: sql`excluded.updated_at >= ${contacts.updatedAt}`,
    });
}

/** Contacts of an organisation that are known to have been merged into others. */
export async function mergedContacts(
  db: Db,
  connectionId: string,
): Promise<{ contactId: string; mergedTo: string | null }[]> {
  const { contactId, mergedTo } = contacts;
  return db
    .select({ contactId, mergedTo })
    .from(contacts)
    .where(and(eq(contacts.connectionId, connectionId), isNotNull(mergedTo)));
}
