import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { changeAttempt, lockAttempt } from "../store.ts";

/** The payer has given a bank debit: the invoices stay held until it is confirmed or fails, days from now. */
export async function recordDebit(db: Db, attemptId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const attempt = await lockAttempt(tx, attemptId);
    if (attempt?.state === "open" || attempt?.state === "creating") {
      await changeAttempt(tx, attemptId, { state: "submitted", submittedAt: new Date() });
      await record(tx, {
        firmId: attempt.firmId,
        actor: "stripe",
        action: "payment.debit-submitted",
        subject: `attempt:${attemptId}`,
      });
    }
    await changeAttempt(tx, attemptId, { polled: true });
  });
}
