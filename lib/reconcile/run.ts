import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { reasonOf } from "#lib/core/failures/reason.ts";
import { readPaymentsNow } from "#lib/mirror/our-documents.ts";
import { postWhatIsNot } from "#lib/payments/post-capture.ts";
import { LOOK_PAUSE_SECONDS } from "#lib/posting/sending/rules.ts";
import { takeDoubleOff } from "#lib/posting/written-documents.ts";
import { accountIdsOf } from "#lib/processor/read.ts";
import { ProcessorFault } from "#lib/processor/types.ts";
import { XeroFault } from "#lib/xero/api/xero-fault.ts";
import { booksToSync } from "#lib/xero/organisations/auto-sync.ts";
import { payConnections } from "#lib/xero/organisations/pay-connections.ts";
import { compareXero, RECENT_DAYS } from "./compare-xero.ts";
import { listDoubles, type Span } from "./store.ts";
import { type Kept, sweepProcessor, WINDOW_DAYS } from "./sweep-processor.ts";

/** What failures of comparing one side, an account or a connection, are kept under. */
export const RECONCILE = "reconcile";
const sideOf = (firmId: string, side: "stripe" | "xero", id: string) => `${firmId} ${side} ${id}`;

/** Whose side such an item is, and which. */
export function sideIn(item: string): { firmId: string; side: string } {
  const [firmId = "", side = ""] = item.split(" ");
  return { firmId, side };
}

export type Reconciled = Kept & {
  postings: number;
  /** Which sides could not be asked, and why. */
  silent: string[];
};

/**
 * Compares the processor, our records and Xero for one firm: what changed lately, or all of the last three months
 * and all that was ever written. What can be repaired for sure is, through the same verbs as ever; the rest is kept as breaks. Any number may run it at once.
 */
export async function reconcileFirm(db: Db, firmId: string, span: Span): Promise<Reconciled> {
  const done: Reconciled = { payments: 0, refunds: 0, disputes: 0, postings: 0, silent: [] };
  const told = async (side: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      done.silent.push(`${side} (${whyNot(error)})`);
      throw error;
    }
  };
  await eachAlone(db, await accountIdsOf(db, firmId), {
    kind: RECONCILE,
    idOf: (processorAccountId) => sideOf(firmId, "stripe", processorAccountId),
    work: (processorAccountId) =>
      told("Stripe", async () => {
        const kept = await sweepProcessor(db, { firmId, processorAccountId }, span);
        done.payments += kept.payments;
        done.refunds += kept.refunds;
        done.disputes += kept.disputes;
      }),
  });
  const back = (days: number) => new Date(Date.now() - days * 86_400_000);
  done.postings = await postWhatIsNot(db, firmId, span === "all" ? new Date(0) : back(RECENT_DAYS));
  await eachAlone(db, await payConnections(db, firmId), {
    kind: RECONCILE,
    idOf: ({ connectionId }) => sideOf(firmId, "xero", connectionId),
    work: ({ connectionId, organisationName }) =>
      told(organisationName, async () => {
        const books = await booksToSync(db, connectionId);
        if (!books) return;
        await readPaymentsNow(db, books, span === "all" ? back(WINDOW_DAYS) : undefined);
        await compareXero(db, books, span);
      }),
  });
  return done;
}

function whyNot(error: unknown): string {
  if (error instanceof ProcessorFault) return error.kind;
  return error instanceof XeroFault ? error.fault.kind : reasonOf(error);
}

/**
 * Takes off in Xero what stands there twice by one reference of ours: the one that came late, once a second look, a pause
 * after the first, shows both; how many.
 */
export async function removeDoubles(db: Db): Promise<number> {
  let promised = 0;
  await eachAlone(db, await listDoubles(db, LOOK_PAUSE_SECONDS), {
    kind: "double",
    idOf: ({ id }) => id,
    async work({ id: sourceId, subject: double, reference, openedAt: since }) {
      if (reference && (await takeDoubleOff(db, { reference, double, sourceId, since }))) promised += 1;
    },
  });
  return promised;
}
