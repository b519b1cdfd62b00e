import type { Db } from "#lib/core/db.ts";
import { findByIds } from "#lib/mirror/read.ts";
import { IDS_A_CALL } from "#lib/mirror/sync/refresh.ts";
import { refreshInvoices } from "#lib/mirror/sync/refresh-invoices.ts";
import { getRefusedPayment } from "#lib/posting/postings-of-payment.ts";
import { XeroFault } from "#lib/xero/api/xero-fault.ts";
import { outstandingOf } from "./read-surplus.ts";

/**
 * Reads anew what the invoices of a refused payment owe, and the client's next ones. False when it is not refused any
 * more. Throws XeroFault when Xero can't say.
 */
export async function refreshSurplus(db: Db, firmId: string, postingId: string): Promise<boolean> {
  const posting = await getRefusedPayment(db, firmId, postingId);
  if (!posting) return false;
  const { connectionId, currency } = posting;
  const own = posting.lines.map((line) => line.invoiceId);
  const invoices = await findByIds(db, connectionId, own);
  const others = await outstandingOf(db, { connectionId, currency, invoices });
  const ids = [...new Set([...own, ...others.map(({ invoiceId }) => invoiceId)])];
  const { unread } = await refreshInvoices(
    db,
    { firmId, connectionId },
    { ids: ids.slice(0, Math.max(IDS_A_CALL, own.length)), purpose: "write" },
  );
  if (unread.some((id) => own.includes(id))) throw new XeroFault({ kind: "unreadable" });
  return true;
}
