import { and, eq, sql } from "drizzle-orm";
import { disputes } from "#db/schema/payments.ts";
import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { enqueue } from "#lib/core/queue.ts";
import { openProcessor } from "#lib/processor/open.ts";
import type { DisputeState } from "#lib/processor/types.ts";
import { disputeChanged } from "./jobs.ts";
import { lockCapture } from "./refund-store.ts";
import { takeOffLost } from "./take-off-lost.ts";

/** Asks about one dispute by the processor's id. */
export async function readDispute(
  db: Db,
  { processorAccountId, objectRef }: { processorAccountId: string; objectRef: string },
): Promise<void> {
  const processor = await openProcessor(db, processorAccountId);
  await recordDispute(db, processorAccountId, await processor.readDispute(objectRef));
}

/**
 * Keeps what the processor says of a dispute, and each change of its state once: in the timeline, in a letter to staff,
 * and, when it is lost, in Xero, where the payment is taken off and the invoices are owed again.
 */
async function recordDispute(db: Db, processorAccountId: string, found: DisputeState): Promise<void> {
  await db.transaction(async (tx) => {
    const { disputeRef, objectRef, state, currency, amountMinor, reason, dueBy } = found;
    const capture = objectRef ? await lockCapture(tx, { processorAccountId, objectRef }) : undefined;
    // A payment that this desk did not take.
    if (!capture) return;
    const is = and(eq(disputes.processorAccountId, processorAccountId), eq(disputes.objectRef, disputeRef));
    const [before] = await tx.select().from(disputes).where(is);
    const { firmId, id: captureId } = capture;
    const [dispute] = before
      ? await tx
          .update(disputes)
          .set({ state, dueBy, closedAt: state === "open" ? null : sql`coalesce(closed_at, now())` })
          .where(is)
          .returning()
      : await tx
          .insert(disputes)
          .values({
            ...{ firmId, captureId, processorAccountId, objectRef: disputeRef },
            ...{ state, currency, amountMinor, reason, dueBy, openedAt: found.createdAt },
            closedAt: state === "open" ? null : sql`now()`,
          })
          .returning();
    if (!dispute || before?.state === state) return;
    await record(tx, {
      firmId,
      actor: "stripe",
      action: `dispute.${state}`,
      subject: `capture:${captureId}`,
      detail: { objectRef: disputeRef, currency, minor: String(amountMinor), reason },
    });
    await enqueue(tx, disputeChanged, { disputeId: dispute.id, state });
    if (state === "lost") await takeOffLost(tx);
  });
}
