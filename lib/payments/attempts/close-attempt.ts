import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import { debitFailed } from "../jobs.ts";
import { changeAttempt, endHolds, lockAttempt } from "../store.ts";

/** Why an attempt ended whose payer was not done at the processor; any other reason is of one who was. */
export const LEFT = {
  /** As the processor says it of a session (stripe/session-state.ts). */
  expired: "expired",
  neverOpened: "never opened",
  unknownThere: "unknown at the processor",
} as const;

/** Ends an attempt that can never be paid any more, and gives its invoices free. Does nothing to one that has ended. */
export async function closeAttempt(db: Db, attemptId: string, reason: string): Promise<void> {
  await db.transaction((tx) => close(tx, attemptId, reason));
}

/**
 * The same for one whose session nobody was sent to. False when somebody was in the meantime: then only the processor
 * can end it.
 */
export async function closeUnopened(db: Db, attemptId: string, reason: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const attempt = await lockAttempt(tx, attemptId);
    if (attempt && attempt.state !== "creating" && attempt.state !== "closed") return false;
    await close(tx, attemptId, reason);
    return true;
  });
}

async function close(tx: Db, attemptId: string, reason: string): Promise<void> {
  const attempt = await lockAttempt(tx, attemptId);
  if (!attempt || attempt.state === "captured" || attempt.state === "closed") return;
  if (attempt.state === "submitted") await enqueue(tx, debitFailed, { attemptId });
  await changeAttempt(tx, attemptId, { state: "closed", closedReason: reason });
  await endHolds(tx, attemptId, "released");
  await record(tx, {
    firmId: attempt.firmId,
    actor: "worker",
    action: "payment.released",
    subject: `attempt:${attemptId}`,
    detail: { reason },
  });
}
