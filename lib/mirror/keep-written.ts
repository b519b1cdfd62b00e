import type { Db } from "#lib/core/db.ts";
import type { XeroContact, XeroInvoice } from "#lib/xero/api/types.ts";
import type { Books } from "./books.ts";
import { saveContacts, saveInvoices } from "./store.ts";

/** Keeps what Xero answered to a write, as a reading of these would: what is newer here stays. */
export async function keepWritten(
  db: Db,
  books: Books,
  { invoices, contacts }: { invoices: XeroInvoice[]; contacts: XeroContact[] },
): Promise<void> {
  await saveContacts(db, books, contacts);
  await saveInvoices(db, books, invoices);
}
