import "server-only";
import { env } from "#lib/core/env.ts";

/** Where staff make an app and its secrets. */
export const APPS_AT_XERO = "https://developer.xero.com/app/manage";

/** Xero's own page about scopes. */
export const SCOPES_AT_XERO = "https://developer.xero.com/documentation/guides/oauth2/scopes";

/** One organisation's books at Xero. */
export type BooksAtXero = { shortCode: string; tenantId: string };

/** Opens a sales invoice at Xero. */
export function invoiceAtXero(books: BooksAtXero, invoice: { invoiceId: string; number: string }): string {
  const path = `/AccountsReceivable/View.aspx?InvoiceID=${invoice.invoiceId}`;
  return placeAtXero(books, path, invoice.number);
}

/** Opens a payment at Xero, also one of a batch; its page is that of a bank transaction. */
export function paymentAtXero(books: BooksAtXero, payment: { paymentId: string; reference: string }): string {
  const path = `/Bank/ViewTransaction.aspx?bankTransactionID=${payment.paymentId}`;
  return placeAtXero(books, path, payment.reference);
}

/** By way of the organisation's door, which changes to it first (xero-platform 3.4). The simulator has one list, to look in. */
function placeAtXero({ shortCode, tenantId }: BooksAtXero, path: string, find: string): string {
  const { SIMULATOR_URL } = env();
  if (SIMULATOR_URL)
    return new URL(`/books/${tenantId}?find=${encodeURIComponent(find)}`, SIMULATOR_URL).href;
  return `${organisationAtXero(shortCode)}&redirecturl=${encodeURIComponent(path)}`;
}

/** Opens this organisation at Xero, in the browser of whoever has access to it. */
export function organisationAtXero(shortCode: string): string {
  const { SIMULATOR_URL } = env();
  if (SIMULATOR_URL) return new URL("/settings-online-payments", SIMULATOR_URL).href;
  return `https://go.xero.com/organisationlogin/default.aspx?shortcode=${encodeURIComponent(shortCode)}`;
}
