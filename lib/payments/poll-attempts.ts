import type { Db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { accountOf } from "#lib/processor/read.ts";
import { ProcessorFault } from "#lib/processor/types.ts";
import { closeAttempt } from "./close-attempt.ts";
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
      if (error instanceof ProcessorFault) await sayOrClose(db, attempt, { fault: error.kind, now });
      else log.error({ attempt: attempt.id, err: error }, "payment.poll-failed");
    }
    await changeAttempt(db, attempt.id, { polled: true });
  }
}

/** A test key that is gone opens nothing any more, and no money ever moved by it: what it began is over with its time. */
async function sayOrClose(
  db: Db,
  { id, firmId, processorAccountId, expiresAt }: Attempt,
  { fault, now }: { fault: ProcessorFault["kind"]; now: Date },
): Promise<void> {
  const account = fault === "bad_key" ? await accountOf(db, firmId, processorAccountId) : undefined;
  if (account?.livemode === false && expiresAt < now) await closeAttempt(db, id, "test key refused");
  else log.warn({ attempt: id, fault }, "payment.poll-failed");
}

function isOver(attempt: Attempt, now: Date): boolean {
  if (attempt.state === "submitted") return false;
  if (attempt.state === "creating")
    return now.getTime() - attempt.createdAt.getTime() > CREATING_SECONDS * 1_000;
  return attempt.expiresAt < now;
}
