import { record } from "#lib/audit/record.ts";
import { type Db, databaseNow } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import { openProcessor } from "#lib/processor/open.ts";
import { concernOf, type DisputeState } from "#lib/processor/types.ts";
import { disputeChanged, xeroToTell } from "../jobs.ts";
import { lockCapture } from "../refunds/refund-store.ts";
import { DISPUTES, untoldOf } from "./dispute-rules.ts";
import { changeDispute, findDispute, insertDispute, listUnsettled } from "./dispute-store.ts";

/** Asks about one dispute by the processor's id; true when the answer was news. */
export async function readDispute(
  db: Db,
  { processorAccountId, objectRef }: { processorAccountId: string; objectRef: string },
): Promise<boolean> {
  const processor = await openProcessor(db, processorAccountId);
  const askedAt = await databaseNow(db);
  const found = await processor.readDispute(objectRef);
  return recordDispute(db, processorAccountId, { ...found, askedAt });
}

/** Asks about every dispute of the account that may change still; how many answers were news. */
export async function readUnsettled(db: Db, processorAccountId: string): Promise<number> {
  let news = 0;
  await eachAlone(db, await listUnsettled(db, processorAccountId), {
    kind: "dispute",
    idOf: (objectRef) => objectRef,
    concerns: concernOf,
    async work(objectRef) {
      if (await readDispute(db, { processorAccountId, objectRef })) news += 1;
    },
  });
  return news;
}

/**
 * Keeps what the processor says of a dispute, and each change of its stage or its money once: in the timeline, in an e-mail
 * to staff, and, when it is decided, the promise to tell Xero. An answer to a question that was asked earlier than the one
 * whose answer is kept is no news. True when it was news.
 */
export async function recordDispute(
  db: Db,
  processorAccountId: string,
  found: DisputeState & { askedAt: Date },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { disputeRef, objectRef, state, currency, amountMinor, withdrawnMinor, reason, askedAt } = found;
    const capture = objectRef ? await lockCapture(tx, { processorAccountId, objectRef }) : undefined;
    // A payment that this desk did not take.
    if (!capture) return false;
    const { firmId, id: captureId } = capture;
    const before = await findDispute(tx, { processorAccountId, objectRef: disputeRef });
    if (before && askedAt < before.askedAt) return false;
    const dispute =
      before ??
      (await insertDispute(tx, {
        ...{ firmId, captureId, processorAccountId, objectRef: disputeRef },
        ...{ state, currency, amountMinor, withdrawnMinor, reason, askedAt, openedAt: found.createdAt },
      }));
    const isNews = before?.state !== state || before.withdrawnMinor !== withdrawnMinor;
    const changes = dispute.changes + (isNews ? 1 : 0);
    await changeDispute(tx, dispute.id, {
      ...{ state, withdrawnMinor, changes, askedAt, dueBy: found.dueBy },
      closedAt: DISPUTES[state].isDecided ? (dispute.closedAt ?? askedAt) : null,
    });
    if (!isNews) return false;
    await record(tx, {
      firmId,
      actor: "stripe",
      action: `dispute.${state}`,
      subject: `capture:${captureId}`,
      detail: {
        ...{ objectRef: disputeRef, currency, minor: String(amountMinor) },
        ...{ withdrawn: String(withdrawnMinor), reason },
      },
    });
    await enqueue(tx, disputeChanged, {
      ...{ disputeId: dispute.id, change: changes },
      was: before ? { state: before.state, withdrawn: String(before.withdrawnMinor) } : null,
      is: { state, withdrawn: String(withdrawnMinor) },
    });
    if (untoldOf({ state, withdrawnMinor, toldMinor: dispute.toldMinor }) !== 0n)
      await enqueue(tx, xeroToTell, {});
    return true;
  });
}
