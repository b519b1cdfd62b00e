import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { enqueue } from "#lib/core/queue.ts";
import { openProcessor } from "#lib/processor/open.ts";
import { type DisputeState, ProcessorFault } from "#lib/processor/types.ts";
import { changeDispute, findDispute, insertDispute, listUndecided } from "./dispute-store.ts";
import { disputeChanged, xeroToTell } from "./jobs.ts";
import { lockCapture } from "./refund-store.ts";

/** Asks about one dispute by the processor's id; true when the answer was news. */
export async function readDispute(
  db: Db,
  { processorAccountId, objectRef }: { processorAccountId: string; objectRef: string },
): Promise<boolean> {
  const processor = await openProcessor(db, processorAccountId);
  return recordDispute(db, processorAccountId, await processor.readDispute(objectRef));
}

/** Asks about every dispute of the account that no bank had decided; how many answers were news. */
export async function readUndecided(db: Db, processorAccountId: string): Promise<number> {
  let news = 0;
  for (const objectRef of await listUndecided(db, processorAccountId)) {
    try {
      if (await readDispute(db, { processorAccountId, objectRef })) news += 1;
    } catch (error) {
      // It knows no such thing: the others are asked about all the same.
      if (!(error instanceof ProcessorFault && error.kind === "refused")) throw error;
      log.warn({ account: processorAccountId, objectRef }, "payment.dispute-unknown");
    }
  }
  return news;
}

/**
 * Keeps what the processor says of a dispute, and each change of its state once: in the timeline, in a letter to staff,
 * and, when it is lost, the promise to tell Xero. What was heard before a bank decided may come after, and is no news. True when it was news.
 */
export async function recordDispute(
  db: Db,
  processorAccountId: string,
  found: DisputeState,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { disputeRef, objectRef, state, currency, amountMinor, reason, dueBy } = found;
    const capture = objectRef ? await lockCapture(tx, { processorAccountId, objectRef }) : undefined;
    // A payment that this desk did not take.
    if (!capture) return false;
    const { firmId, id: captureId } = capture;
    const before = await findDispute(tx, { processorAccountId, objectRef: disputeRef });
    if (before && before.state !== "open" && state === "open") return false;
    const dispute =
      before ??
      (await insertDispute(tx, {
        ...{ firmId, captureId, processorAccountId, objectRef: disputeRef },
        ...{ state, currency, amountMinor, reason, openedAt: found.createdAt },
      }));
    const isNews = before?.state !== state;
    await changeDispute(tx, dispute.id, { state, dueBy, closed: isNews && state !== "open" });
    if (!isNews) return false;
    await record(tx, {
      firmId,
      actor: "stripe",
      action: `dispute.${state}`,
      subject: `capture:${captureId}`,
      detail: { objectRef: disputeRef, currency, minor: String(amountMinor), reason },
    });
    await enqueue(tx, disputeChanged, { disputeId: dispute.id, state });
    if (state === "lost") await enqueue(tx, xeroToTell, {});
    return true;
  });
}
