import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import { openProcessor } from "#lib/processor/open.ts";
import { ProcessorFault, type RefundState } from "#lib/processor/types.ts";
import { getCapture } from "../attempts/checkout-attempts.ts";
import { refundFailed } from "../jobs.ts";
import { recordRefund } from "./record-refund.ts";
import {
  changeRefund,
  getRefund,
  listUnsettledRefunds,
  lockCapture,
  REFUND,
  type Refund,
} from "./refund-store.ts";

/**
 * Asks the processor for a refund that is kept here, unless it has it already; its state there. Throws ProcessorFault when
 * there is no answer, or a no.
 */
export async function sendRefund(db: Db, refund: Refund): Promise<RefundState["state"]> {
  const capture = await getCapture(db, refund.captureId);
  if (!capture) throw new Error(`Refund ${refund.id} has no capture`);
  const { objectRef } = capture;
  const processor = await openProcessor(db, refund.processorAccountId);
  // Its own memory of our key lasts a day; the list does not forget.
  const there = (await processor.listRefunds({ objectRef })).find((one) => one.refundId === refund.id);
  const { amountMinor, currency } = refund;
  const found =
    there ?? (await processor.createRefund({ refundId: refund.id, objectRef, amountMinor, currency }));
  await recordRefund(db, refund.processorAccountId, { ...found, refundId: refund.id });
  return found.state;
}

/** Asks about one refund by the processor's id, whoever made it. */
export async function readRefund(
  db: Db,
  { processorAccountId, objectRef }: { processorAccountId: string; objectRef: string },
): Promise<void> {
  const processor = await openProcessor(db, processorAccountId);
  await recordRefund(db, processorAccountId, await processor.readRefund(objectRef));
}

/**
 * The processor has said no: nothing went back, and it may be asked for anew. `watched` says whether somebody waits for the
 * answer on a page; staff get a letter when nobody does.
 */
export async function failRefund(
  db: Db,
  refundId: string,
  { reason, watched }: { reason: string; watched: boolean },
): Promise<void> {
  await db.transaction(async (tx) => {
    const refund = await getRefund(tx, refundId);
    if (!refund) return;
    await lockCapture(tx, { id: refund.captureId });
    if ((await getRefund(tx, refundId))?.state !== "asked") return;
    await changeRefund(tx, refundId, { state: "failed", settled: true });
    await record(tx, {
      firmId: refund.firmId,
      actor: "stripe",
      action: "refund.refused",
      subject: `capture:${refund.captureId}`,
      detail: { refundId, reason },
    });
    if (!watched) await enqueue(tx, refundFailed, { refundId });
  });
}

/** Sees to refunds that a crash, an outage or a lost event left open. */
export async function settleRefunds(db: Db): Promise<void> {
  await eachAlone(db, await listUnsettledRefunds(db), {
    kind: REFUND,
    idOf: ({ id }) => id,
    async work(refund) {
      const { id, processorAccountId, objectRef } = refund;
      if (objectRef) return readRefund(db, { processorAccountId, objectRef });
      try {
        await sendRefund(db, refund);
      } catch (error) {
        if (!(error instanceof ProcessorFault && error.kind === "refused")) throw error;
        await failRefund(db, id, { reason: error.message, watched: false });
      }
    },
  });
}
