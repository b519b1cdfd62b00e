import type { Db } from "#lib/core/db.ts";
import { withXero } from "#lib/xero/call.ts";
import type { Purpose, XeroInvoice } from "#lib/xero/types.ts";
import type { Books } from "./books.ts";
import { saveInvoices } from "./store.ts";

/** One request to Xero holds this many ids (xero-platform 3.5: at most 50 elements a request). */
export const IDS_A_CALL = 40;

/** Re-reads these invoices from Xero now and keeps the answer. Throws XeroFault when Xero can't say. */
export async function refreshInvoices(
  db: Db,
  books: Books,
  { ids, purpose }: { ids: string[]; purpose: Purpose },
): Promise<XeroInvoice[]> {
  const found: XeroInvoice[] = [];
  for (let at = 0; at < ids.length; at += IDS_A_CALL) {
    const some = ids.slice(at, at + IDS_A_CALL);
    const { rows } = await withXero(db, books.connectionId, purpose, (xero) => xero.invoicesById(some));
    await saveInvoices(db, books, rows);
    found.push(...rows);
  }
  return found;
}
