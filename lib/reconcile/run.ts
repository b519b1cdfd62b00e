import type { Db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { readPaymentsNow } from "#lib/mirror/our-documents.ts";
import { postWhatIsNot } from "#lib/payments/promise-posting.ts";
import { takeDoubleOff } from "#lib/posting/in-xero.ts";
import { LOOK_PAUSE_SECONDS } from "#lib/posting/rules.ts";
import { accountIdsOf } from "#lib/processor/read.ts";
import { ProcessorFault } from "#lib/processor/types.ts";
import { booksToSync } from "#lib/xero/auto-sync.ts";
import { payConnections } from "#lib/xero/pay-connections.ts";
import { XeroFault } from "#lib/xero/types.ts";
import { compareXero } from "./compare-xero.ts";
import { listDoubles, type Span } from "./store.ts";
import { type Kept, sweepProcessor, WINDOW_DAYS } from "./sweep-processor.ts";

export type Reconciled = Kept & {
  postings: number;
  /** Which sides could not be asked, and why. */
  silent: string[];
};

/**
 * Compares the processor, our records and Xero for one firm: what changed lately, or all of the last three months. What can
 * be repaired for sure is, through the same verbs as ever; the rest is kept as breaks. Any number may run it at once.
 */
export async function reconcileFirm(db: Db, firmId: string, span: Span): Promise<Reconciled> {
  const done: Reconciled = { payments: 0, refunds: 0, disputes: 0, postings: 0, silent: [] };
  for (const processorAccountId of await accountIdsOf(db, firmId)) {
    try {
      const kept = await sweepProcessor(db, { firmId, processorAccountId }, span);
      done.payments += kept.payments;
      done.refunds += kept.refunds;
      done.disputes += kept.disputes;
    } catch (error) {
      if (!(error instanceof ProcessorFault)) throw error;
      log.warn(
        { firm: firmId, account: processorAccountId, fault: error.kind },
        "reconcile.processor-silent",
      );
      done.silent.push(`Stripe (${error.kind})`);
    }
  }
  done.postings = await postWhatIsNot(db, firmId);
  for (const { connectionId, organisationName } of await payConnections(db, firmId)) {
    const books = await booksToSync(db, connectionId);
    if (!books) continue;
    try {
      const since = new Date(Date.now() - WINDOW_DAYS * 86_400_000);
      await readPaymentsNow(db, books, span === "all" ? since : undefined);
      await compareXero(db, books);
    } catch (error) {
      if (!(error instanceof XeroFault)) throw error;
      log.warn({ firm: firmId, connection: connectionId, fault: error.fault.kind }, "reconcile.xero-silent");
      done.silent.push(`${organisationName} (${error.fault.kind})`);
    }
  }
  return done;
}

/**
 * Takes off in Xero what stands there twice by one reference of ours: the one that came late, once a second look, a pause
 * after the first, shows both; how many.
 */
export async function removeDoubles(db: Db): Promise<number> {
  let promised = 0;
  for (const { id: sourceId, subject: double, reference, openedAt: since } of await listDoubles(
    db,
    LOOK_PAUSE_SECONDS,
  )) {
    if (!reference) continue;
    try {
      if (await takeDoubleOff(db, { reference, double, sourceId, since })) promised += 1;
    } catch (error) {
      if (!(error instanceof XeroFault)) throw error;
      log.warn({ break: sourceId, fault: error.fault.kind }, "reconcile.double-not-seen");
    }
  }
  return promised;
}
