import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { changeAttempt, endHolds, lockAttempt } from "./store.ts";

/** Ends an attempt that can never be paid any more, and gives its invoices free. Does nothing to one that has ended. */
export async function closeAttempt(db: Db, attemptId: string, reason: string): Promise<void> {
  await db.transaction(async (tx) => {
    const attempt = await lockAttempt(tx, attemptId);
    if (!attempt || attempt.state === "captured" || attempt.state === "closed") return;
    await changeAttempt(tx, attemptId, { state: "closed", closedReason: reason });
    await endHolds(tx, attemptId, "released");
    await record(tx, {
      firmId: attempt.firmId,
      actor: "worker",
      action: "payment.released",
      subject: `attempt:${attemptId}`,
      detail: { reason },
    });
  });
}
