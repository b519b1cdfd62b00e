import { and, eq, inArray, notInArray, sql } from "drizzle-orm";
import {
  accounts,
  brandingThemes,
  creditNotes,
  currencies,
  invoices,
  items,
  organisations,
  overpayments,
  prepayments,
  taxRates,
  trackingCategories,
  xeroPayments,
} from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import type {
  Listed,
  UnreadableRow,
  XeroAccount,
  XeroBrandingTheme,
  XeroCredit,
  XeroCurrency,
  XeroItem,
  XeroOrganisation,
  XeroPayment,
  XeroTaxRate,
  XeroTrackingCategory,
} from "#lib/xero/api/types.ts";
import type { Books } from "./books.ts";
import { incoming, inOrder } from "./store.ts";

type CreditTable = typeof creditNotes | typeof overpayments | typeof prepayments;

/** Keeps what Xero said of these credits; an older reading changes nothing. */
function saveCredits(table: CreditTable) {
  return async (db: Db, books: Books, rows: XeroCredit[]): Promise<void> => {
    if (rows.length === 0) return;
    await db
      .insert(table)
      .values(inOrder(rows, (row) => row.creditId).map((row) => ({ ...books, ...row })))
      .onConflictDoUpdate({
        target: [table.connectionId, table.creditId],
        set: {
          type: incoming("type"),
          number: incoming("number"),
          reference: incoming("reference"),
          contactId: incoming("contact_id"),
          status: incoming("status"),
          currency: incoming("currency"),
          totalMinor: incoming("total_minor"),
          remainingMinor: incoming("remaining_minor"),
          date: incoming("date"),
          allocations: incoming("allocations"),
          updatedAt: incoming("updated_at"),
          seenAt: sql`now()`,
        },
        setWhere: sql`excluded.updated_at >= ${table.updatedAt}`,
      });
  };
}

export const saveCreditNotes = saveCredits(creditNotes);
export const saveOverpayments = saveCredits(overpayments);
export const savePrepayments = saveCredits(prepayments);

/** Keeps what Xero said of these payments; an older reading changes nothing. */
export async function savePayments(db: Db, books: Books, rows: XeroPayment[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insert(xeroPayments)
    .values(inOrder(rows, (row) => row.paymentId).map((row) => ({ ...books, ...row })))
    .onConflictDoUpdate({
      target: [xeroPayments.connectionId, xeroPayments.paymentId],
      set: {
        type: incoming("type"),
        status: incoming("status"),
        invoiceId: incoming("invoice_id"),
        accountId: incoming("account_id"),
        batchPaymentId: incoming("batch_payment_id"),
        date: incoming("date"),
        currency: incoming("currency"),
        amountMinor: incoming("amount_minor"),
        reference: incoming("reference"),
        isReconciled: incoming("is_reconciled"),
        updatedAt: incoming("updated_at"),
        seenAt: sql`now()`,
      },
      setWhere: sql`excluded.updated_at >= ${xeroPayments.updatedAt}`,
    });
}

/** All the accounts there are: others are forgotten, but for those that could not be read. */
export async function replaceAccounts(db: Db, books: Books, listed: Listed<XeroAccount>): Promise<void> {
  const { rows } = listed;
  const ids = [...rows.map((row) => row.accountId), ...idsOf(listed.unreadable)];
  await db
    .delete(accounts)
    .where(and(eq(accounts.connectionId, books.connectionId), notInArray(accounts.accountId, ids)));
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
        taxType: incoming("tax_type"),
        systemAccount: incoming("system_account"),
        currency: incoming("currency"),
        updatedAt: incoming("updated_at"),
        seenAt: sql`now()`,
      },
    });
}

/** The same of tax rates. */
export async function replaceTaxRates(
  db: Db,
  books: Books,
  { rows, unreadable }: Listed<XeroTaxRate>,
): Promise<void> {
  await db
    .delete(taxRates)
    .where(
      and(eq(taxRates.connectionId, books.connectionId), notInArray(taxRates.taxType, idsOf(unreadable))),
    );
  const each = [...new Map(rows.map((row) => [row.taxType, row])).values()];
  if (each.length > 0) await db.insert(taxRates).values(each.map((row) => ({ ...books, ...row })));
}

/** The same of currencies. */
export async function replaceCurrencies(
  db: Db,
  books: Books,
  { rows, unreadable }: Listed<XeroCurrency>,
): Promise<void> {
  await db
    .delete(currencies)
    .where(
      and(eq(currencies.connectionId, books.connectionId), notInArray(currencies.code, idsOf(unreadable))),
    );
  if (rows.length > 0) await db.insert(currencies).values(rows.map((row) => ({ ...books, ...row })));
}

/** The same of branding themes. */
export async function replaceBrandingThemes(
  db: Db,
  books: Books,
  { rows, unreadable }: Listed<XeroBrandingTheme>,
): Promise<void> {
  await db
    .delete(brandingThemes)
    .where(
      and(
        eq(brandingThemes.connectionId, books.connectionId),
        notInArray(brandingThemes.themeId, idsOf(unreadable)),
      ),
    );
  if (rows.length > 0) await db.insert(brandingThemes).values(rows.map((row) => ({ ...books, ...row })));
}

/** So many rows go into a statement, which takes 65,535 values at most; Xero lists thousands of items at once. */
const ROWS_AT_ONCE = 1_000;

/** The same of items. */
export async function replaceItems(
  db: Db,
  books: Books,
  { rows, unreadable }: Listed<XeroItem>,
): Promise<void> {
  await db
    .delete(items)
    .where(and(eq(items.connectionId, books.connectionId), notInArray(items.itemId, idsOf(unreadable))));
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const some = rows.slice(from, from + ROWS_AT_ONCE);
    await db.insert(items).values(some.map((row) => ({ ...books, ...row })));
  }
}

/** The same of tracking categories. */
export async function replaceTrackingCategories(
  db: Db,
  books: Books,
  { rows, unreadable }: Listed<XeroTrackingCategory>,
): Promise<void> {
  await db
    .delete(trackingCategories)
    .where(
      and(
        eq(trackingCategories.connectionId, books.connectionId),
        notInArray(trackingCategories.categoryId, idsOf(unreadable)),
      ),
    );
  if (rows.length > 0) await db.insert(trackingCategories).values(rows.map((row) => ({ ...books, ...row })));
}

/** The one row of an organisation. */
export async function replaceOrganisation(
  db: Db,
  { firmId, connectionId }: Books,
  { lockedUntil }: Pick<XeroOrganisation, "lockedUntil">,
): Promise<void> {
  await db
    .insert(organisations)
    .values({ firmId, connectionId, lockedUntil })
    .onConflictDoUpdate({ target: organisations.connectionId, set: { lockedUntil, seenAt: sql`now()` } });
}

const idsOf = (rows: UnreadableRow[]) => rows.map(({ id }) => id);

const DOCUMENTS = { invoices, credit_notes: creditNotes, overpayments, prepayments };

/** A kind of document that names a contact. */
export type DocumentKind = keyof typeof DOCUMENTS;

/** The contacts among these whose documents of this kind the mirror still has under their old name. */
export async function contactsWithDocuments(
  db: Db,
  connectionId: string,
  { kind, contactIds }: { kind: DocumentKind; contactIds: string[] },
): Promise<string[]> {
  if (contactIds.length === 0) return [];
  const table = DOCUMENTS[kind];
  const rows = await db
    .selectDistinct({ contactId: table.contactId })
    .from(table)
    .where(and(eq(table.connectionId, connectionId), inArray(table.contactId, contactIds)));
  return rows.map((row) => row.contactId);
}
