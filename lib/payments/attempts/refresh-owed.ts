import type { Db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { trustSeconds } from "#lib/firms/read.ts";
import type { Books } from "#lib/mirror/books.ts";
import { isCurrent } from "#lib/mirror/sync/is-current.ts";
import { refreshInvoices } from "#lib/mirror/sync/refresh-invoices.ts";
import type { Fault } from "#lib/xero/api/fault-words.ts";
import { XeroFault } from "#lib/xero/api/xero-fault.ts";

/** Xero, or its allowance of calls, is away. An answer that can't be read is no outage: it may be about these very invoices. */
const AWAY: Fault["kind"][] = ["offline", "no_answer", "limited"];

/**
 * Reads these invoices from Xero once. True when the mirror may be acted upon now: Xero has shown each of them, or it is away
 * and the mirror is trusted all the same.
 */
export async function refreshOwed(db: Db, books: Books, invoiceIds: string[]): Promise<boolean> {
  try {
    const { unread } = await refreshInvoices(db, books, { ids: invoiceIds, purpose: "payer" });
    return unread.length === 0;
  } catch (error) {
    if (!(error instanceof XeroFault)) throw error;
    const { kind } = error.fault;
    const isTrusted = AWAY.includes(kind) && (await trustsMirror(db, books, invoiceIds));
    log.warn({ connectionId: books.connectionId, fault: kind, isTrusted }, "payment.xero-not-asked");
    return isTrusted;
  }
}

/** Whether these may be paid by the mirror alone: all changes were read within the time that the firm allows. */
export async function trustsMirror(
  db: Db,
  { firmId, connectionId }: Books,
  invoiceIds: string[],
): Promise<boolean> {
  return isCurrent(db, connectionId, { invoiceIds, withinSeconds: await trustSeconds(db, firmId) });
}
