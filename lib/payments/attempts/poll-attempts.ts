import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { accountOf } from "#lib/processor/read.ts";
import { concernOf, ProcessorFault } from "#lib/processor/types.ts";
import { ATTEMPT, type Attempt, changeAttempt, listToPoll, POLL } from "../store.ts";
import { closeAttempt } from "./close-attempt.ts";
import { cancelAttempt, settleAttempt } from "./settle-attempt.ts";

/** How long an attempt may go without news before we ask; a lost webhook costs a payer no more than this and a turn. */
const QUIET_SECONDS = 60;

/** A bank debit takes days; its webhook says when. */
const DEBIT_SECONDS = 3_600;

/** After this a session that was asked for and never kept won't come any more. */
const CREATING_SECONDS = 180;

/** Asks about every attempt that has been silent for a while, and gives up those past their time. `now` by our clock. */
export async function pollAttempts(db: Db, now: Date): Promise<void> {
  const quiet = await listToPoll(db, { quietSeconds: QUIET_SECONDS, debitSeconds: DEBIT_SECONDS });
  await eachAlone(db, [...Map.groupBy(quiet, (attempt) => attempt.processorAccountId)], {
    kind: POLL,
    idOf: ([accountId]) => accountId,
    work: ([, attempts]) =>
      eachAlone(db, attempts, {
        kind: ATTEMPT,
        idOf: ({ id }) => id,
        work: (attempt) => poll(db, attempt, now),
        concerns: concernOf,
      }),
  });
}

async function poll(db: Db, attempt: Attempt, now: Date): Promise<void> {
  try {
    await (isOver(attempt, now) ? cancelAttempt(db, attempt.id) : settleAttempt(db, attempt.id));
  } catch (error) {
    if (!(await isOverWithItsKey(db, attempt, { error, now }))) throw error;
    await closeAttempt(db, attempt.id, "test key refused");
  } finally {
    await changeAttempt(db, attempt.id, { polled: true });
  }
}

/** A test key that is gone opens nothing any more, and no money ever moved by it: what it began is over with its time. */
async function isOverWithItsKey(
  db: Db,
  { firmId, processorAccountId, expiresAt }: Attempt,
  { error, now }: { error: unknown; now: Date },
): Promise<boolean> {
  if (!(error instanceof ProcessorFault && error.kind === "bad_key") || expiresAt >= now) return false;
  return (await accountOf(db, firmId, processorAccountId))?.livemode === false;
}

function isOver(attempt: Attempt, now: Date): boolean {
  if (attempt.state === "submitted") return false;
  if (attempt.state === "creating")
    return now.getTime() - attempt.createdAt.getTime() > CREATING_SECONDS * 1_000;
  return attempt.expiresAt < now;
}
