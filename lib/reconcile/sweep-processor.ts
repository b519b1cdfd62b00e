import { type Db, databaseNow } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { readUnsettled, recordDispute } from "#lib/payments/disputes/record-dispute.ts";
import { recordRefund } from "#lib/payments/refunds/record-refund.ts";
import { openProcessor } from "#lib/processor/open.ts";
import { concernOf, type Listed, type PageSince } from "#lib/processor/types.ts";
import { endBreak, noteBreak } from "./breaks.ts";
import { missingAtStripe } from "./missing-at-stripe.ts";
import { type Account, lookAtPayments } from "./place-payment.ts";
import { beginTurn, listOpen, type Span, type Swept, turnPage } from "./store.ts";

/** Each turn looks this far back behind the one before: a payment is listed by when it was begun, and may end later. */
const OVERLAP_HOURS = 2;

/** How far back all of it goes. */
export const WINDOW_DAYS = 92;

/** What one thing at the processor could not be compared for is kept under it. */
export const COMPARED = "reconcile-item";
const alone = { kind: COMPARED, concerns: concernOf };

const itemOf = (
  { firmId, processorAccountId }: { firmId: string; processorAccountId: string },
  ref: string,
): string => `${firmId} ${processorAccountId} ${ref}`;

export type Kept = { payments: number; refunds: number; disputes: number };

/**
 * Goes through what a processor account took, gave back and had disputed, and keeps what is not on record here, each through
 * the verb by which its event would have come. Left in the middle, the next turn goes on there. Throws ProcessorFault when
 * the processor can't be asked.
 */
export async function sweepProcessor(
  db: Db,
  { firmId, processorAccountId }: { firmId: string; processorAccountId: string },
  span: Span,
): Promise<Kept> {
  const processor = await openProcessor(db, processorAccountId);
  const account: Account = { firmId, processorAccountId, processor };
  const kept: Kept = { payments: 0, refunds: 0, disputes: 0 };
  const each = <T>(
    kind: Swept,
    list: (page: PageSince) => Promise<Listed<T>>,
    see: (rows: T[]) => Promise<void>,
  ) => goThrough(db, { firmId, processorAccountId, kind, span }, list, see);

  await recheck(db, account, kept);
  // First the payments: what goes back needs one to go back from.
  const listed = new Set<string>();
  const before = await databaseNow(db);
  const { since, isWhole } = await each("payments", processor.paymentsSince, async (rows) => {
    for (const { objectRef } of rows) listed.add(objectRef);
    const looked = await lookAtPayments(db, account, rows, async (objectRef, work) => {
      await eachAlone(db, [objectRef], { ...alone, idOf: (ref) => itemOf(account, ref), work });
    });
    kept.payments += looked.kept;
    for (const one of looked.found) await noteBreak(db, one);
  });
  if (span === "all" && isWhole) await missingAtStripe(db, account, { listed, since, before });
  await each("refunds", processor.refundsSince, async (rows) => {
    await eachAlone(db, rows, {
      ...{ ...alone, idOf: (row) => itemOf(account, row.refundRef) },
      work: async (row) => {
        if (await recordRefund(db, processorAccountId, row)) kept.refunds += 1;
      },
    });
  });
  const askedAt = await databaseNow(db);
  await each("disputes", processor.disputesSince, async (rows) => {
    await eachAlone(db, rows, {
      ...{ ...alone, idOf: (row) => itemOf(account, row.disputeRef) },
      work: async (row) => {
        if (await recordDispute(db, processorAccountId, { ...row, askedAt })) kept.disputes += 1;
      },
    });
  });
  // A dispute is listed by when it came, and decided, or decided anew, months later.
  kept.disputes += await readUnsettled(db, processorAccountId);
  return kept;
}

/** Answers since when it listed, and whether it was all of it: a turn that was left in the middle begins there. */
async function goThrough<T>(
  db: Db,
  turn: { firmId: string; processorAccountId: string; kind: Swept; span: Span },
  list: (page: PageSince) => Promise<Listed<T>>,
  see: (rows: T[]) => Promise<void>,
): Promise<{ since: Date; isWhole: boolean }> {
  let at = await beginTurn(db, turn, { overlapHours: OVERLAP_HOURS, windowDays: WINDOW_DAYS });
  const whole = { since: at.since, isWhole: at.after === null };
  for (;;) {
    const page = await list(at);
    await see(page.rows);
    await eachAlone(db, page.unread, {
      ...{ ...alone, idOf: ({ ref }) => itemOf(turn, ref) },
      work: ({ error }) => Promise.reject(error),
    });
    await turnPage(db, turn, page.after);
    if (page.after === null) return whole;
    at = { ...at, after: page.after };
  }
}

/** Asks again about what disagreed the last time: it may have been settled, or can be placed by now. */
async function recheck(db: Db, account: Account, kept: Kept): Promise<void> {
  const { firmId, processorAccountId, processor } = account;
  const kinds = ["stripe_differs", "stripe_stray"] as const;
  await eachAlone(db, await listOpen(db, firmId, { kinds: [...kinds], processorAccountId }), {
    ...{ kind: "reconcile-break", concerns: concernOf, idOf: ({ id }) => id },
    async work(open) {
      const row = await processor.readPayment(open.subject);
      // What could not be looked at is no end of it.
      const looked = await lookAtPayments(db, account, [row], (_, work) => work());
      kept.payments += looked.kept;
      if (looked.found.length === 0) await endBreak(db, open);
    },
  });
}
