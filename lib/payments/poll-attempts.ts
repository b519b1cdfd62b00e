import type { Db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { ProcessorFault } from "#lib/processor/types.ts";
import { cancelAttempt, settleAttempt } from "./settle-attempt.ts";
import { type Attempt, changeAttempt, listToPoll } from "./store.ts";

/** How long an attempt may go without news before we ask; a lost webhook costs a payer no more than this and a turn. */
const QUIET_SECONDS = 60;

/** A bank debit takes days; its webhook says when. */
const DEBIT_SECONDS = 3_600;

/** After this a session that was asked for and never kept won't come any more. */
const CREATING_SECONDS = 180;

/** Asks about every attempt that has been silent for a while, and gives up those past their time. `now` by our clock. */
export async function pollAttempts(db: Db, now: Date): Promise<void> {
  for (const attempt of await listToPoll(db, { quietSeconds: QUIET_SECONDS, debitSeconds: DEBIT_SECONDS })) {
    try {
      await (isOver(attempt, now) ? cancelAttempt(db, attempt.id) : settleAttempt(db, attempt.id));
    } catch (error) {
      // Whatever is wrong with one must not keep us from the others.
      if (error instanceof ProcessorFault)
        log.warn({ attempt: attempt.id, fault: error.kind }, "payment.poll-failed");
      else log.error({ attempt: attempt.id, err: error }, "payment.poll-failed");
    }
    await changeAttempt(db, attempt.id, { polled: true });
  }
}

function isOver(attempt: Attempt, now: Date): boolean {
  if (attempt.state === "submitted") return false;
  if (attempt.state === "creating")
    return now.getTime() - attempt.createdAt.getTime() > CREATING_SECONDS * 1_000;
  return attempt.expiresAt < now;
}
