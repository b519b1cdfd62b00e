import type { Db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { findByIds } from "#lib/mirror/read.ts";
import { refreshInvoices } from "#lib/mirror/refresh-invoices.ts";
import { XeroFault } from "#lib/xero/types.ts";
import { isOwed } from "./is-owed.ts";
import { type Attempt, listHolds } from "./store.ts";

/** What was read from Xero this short a time ago is not asked again: webhook and return page come within a second. */
const FRESH_SECONDS = 20;

/**
 * Whether what a payer has reserved is still owed, by a last look at Xero. While Xero is silent, what it said when the
 * payer committed still counts: the invoices have been held since, and the payer has said yes.
 */
export async function lastLook(db: Db, attempt: Attempt): Promise<boolean> {
  const { firmId, connectionId, currency } = attempt;
  const lines = await listHolds(db, attempt.id);
  const ids = lines.map((line) => line.invoiceId);
  const seen = (await findByIds(db, connectionId, ids)).map((invoice) => invoice.seenAt.getTime());
  if (seen.length < ids.length || Math.min(...seen) < Date.now() - FRESH_SECONDS * 1_000) {
    try {
      await refreshInvoices(db, { firmId, connectionId }, { ids, purpose: "payer" });
    } catch (error) {
      if (!(error instanceof XeroFault)) throw error;
      log.warn({ attempt: attempt.id, fault: error.fault.kind }, "payment.last-look-failed");
    }
  }
  return isOwed(db, { firmId, connectionId, currency, lines });
}
