import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import type { SessionState } from "#lib/processor/types.ts";
import { mismatch } from "./attempts/invoice-state-rules.ts";
import { captureRecorded } from "./jobs.ts";
import { postCapture } from "./post-capture.ts";
import {
  changeAttempt,
  endHolds,
  insertAllocations,
  insertCapture,
  listHolds,
  lockAttempt,
} from "./store.ts";

export type Paid = Extract<SessionState, { state: "paid" }>;

/**
 * The money has arrived: keeps the capture, its share of each invoice, the promise to tell Xero and the promise of a
 * receipt, and ends the holds; all of it or nothing. The webhook, the return page and the poller all come here, in any
 * order and as often as they like; the first one counts.
 */
export async function recordCapture(db: Db, attemptId: string, paid: Paid): Promise<void> {
  await db.transaction(async (tx) => {
    const attempt = await lockAttempt(tx, attemptId);
    if (!attempt || attempt.state === "captured") return;

    const problem = mismatch(attempt, paid);
    const capture = await insertCapture(tx, {
      firmId: attempt.firmId,
      connectionId: attempt.connectionId,
      attemptId,
      processorAccountId: attempt.processorAccountId,
      objectRef: paid.objectRef,
      currency: paid.currency,
      amountMinor: paid.amountMinor,
      method: paid.method,
      capturedAt: paid.paidAt,
      problem,
    });
    if (!capture) return;

    const held = await listHolds(tx, attemptId);
    await changeAttempt(tx, attemptId, { state: "captured" });
    await endHolds(tx, attemptId, "captured");
    await record(tx, {
      firmId: attempt.firmId,
      actor: "stripe",
      action: "payment.captured",
      subject: `capture:${capture.id}`,
      detail: {
        attemptId,
        objectRef: paid.objectRef,
        currency: paid.currency,
        minor: String(paid.amountMinor),
        problem,
      },
    });
    if (problem) {
      log.error({ capture: capture.id, problem }, "payment.amount-differs");
      return;
    }

    await insertAllocations(
      tx,
      held.map(({ invoiceId, invoiceNumber, amountMinor }) => ({
        firmId: attempt.firmId,
        captureId: capture.id,
        invoiceId,
        invoiceNumber,
        amountMinor,
      })),
    );
    await postCapture(tx, { capture, attempt, lines: held });
    await enqueue(tx, captureRecorded, { captureId: capture.id });
  });
}
