import { and, eq, inArray, sql } from "drizzle-orm";
import { accounts, contacts, invoices, syncCursors } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import type { XeroAccount, XeroContact, XeroInvoice } from "#lib/xero/types.ts";
import type { Books } from "./books.ts";

export type CursorKind = (typeof syncCursors.$inferSelect)["kind"];
export type Cursor = typeof syncCursors.$inferSelect;

/** One order for all writers: two that keep the same rows in two orders would wait for each other for ever. */
const inOrder = <T>(rows: T[], id: (row: T) => string): T[] =>
  rows.toSorted((a, b) => (id(a) < id(b) ? -1 : 1));

const incoming = (column: string) => sql.raw(`excluded.${column}`);

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
        status: incoming("status"),
        updatedAt: incoming("updated_at"),
        seenAt: sql`now()`,
      },
      setWhere: sql`excluded.updated_at >= ${contacts.updatedAt}`,
    });
}

export async function saveAccounts(db: Db, books: Books, rows: XeroAccount[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insert(accounts)
    .values(inOrder(rows, (row) => row.accountId).map((row) => ({ ...books, ...row })))
    .onConflictDoUpdate({
      target: [accounts.connectionId, accounts.accountId],
      set: {
        code: incoming("code"),
        name: incoming("name"),
        type: incoming("type"),
        status: incoming("status"),
        enablePayments: incoming("enable_payments"),
        systemAccount: incoming("system_account"),
        currency: incoming("currency"),
        updatedAt: incoming("updated_at"),
        seenAt: sql`now()`,
      },
      setWhere: sql`excluded.updated_at >= ${accounts.updatedAt}`,
    });
}

export async function getCursor(db: Db, connectionId: string, kind: CursorKind): Promise<Cursor | undefined> {
  const [row] = await db
    .select()
    .from(syncCursors)
    .where(and(eq(syncCursors.connectionId, connectionId), eq(syncCursors.kind, kind)));
  return row;
}

/** Begins a kind's backfill at page 1, unless it has begun. */
export async function openCursor(db: Db, books: Books, kind: CursorKind): Promise<void> {
  await db
    .insert(syncCursors)
    .values({ ...books, kind, page: 1 })
    .onConflictDoNothing();
}

export async function moveCursor(
  db: Db,
  connectionId: string,
  kind: CursorKind,
  change: Partial<Pick<Cursor, "page" | "pages" | "backfilledAt" | "modifiedSince" | "syncedAt">> & {
    addRows?: number;
  },
): Promise<void> {
  const { addRows = 0, ...set } = change;
  await db
    .update(syncCursors)
    .set({ ...set, rows: sql`${syncCursors.rows} + ${addRows}` })
    .where(and(eq(syncCursors.connectionId, connectionId), eq(syncCursors.kind, kind)));
}

export async function listCursors(db: Db, connectionIds: string[]): Promise<Cursor[]> {
  if (connectionIds.length === 0) return [];
  return db.select().from(syncCursors).where(inArray(syncCursors.connectionId, connectionIds));
}
