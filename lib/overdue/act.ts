import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { forgetFailures } from "#lib/core/failures/failures.ts";
import type { Unfinished } from "#lib/core/failures/unfinished.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import { endLetter, findUnsent } from "#lib/mail/unfinished.ts";
import { captureRecorded, debitFailed, refundSucceeded, surplusSettled } from "#lib/payments/jobs.ts";
import { markByHand, retryPostings } from "#lib/posting/retry.ts";
import { type KindName, kindOf } from "./kinds.ts";

type Which = { kind: KindName; id: string };

/**
 * A person has mended the reason: it is tried again within a minute or so, whatever pause it was in. Throws AppError `conflict`
 * when it has ended meanwhile, or there is nothing to try.
 */
export async function tryNow(db: Db, caller: FirmCaller, which: Which): Promise<void> {
  const { failure } = await find(db, caller, which);
  if (!failure)
    throw new AppError("conflict", "There is nothing to try again here: it ends once its reason does.");
  if (which.kind === "posting") {
    await retryPostings(db, caller, [which.id]);
    return;
  }
  await db.transaction(async (tx) => {
    await forgetFailures(tx, failure.kind, [failure.item]);
    if (which.kind === "email") await sendAgain(tx, caller.firm.firmId, which.id);
    await recordBy(tx, caller, { action: "watch.retried", subject: `${which.kind}:${which.id}`, detail: {} });
  });
}

/** A person says that it is done, or need not be. Their note stays. Throws AppError `conflict` when it has ended meanwhile. */
export async function endIt(
  db: Db,
  caller: FirmCaller,
  { note, ...which }: Which & { note: string },
): Promise<void> {
  await find(db, caller, which);
  const { kind, id } = which;
  if (kind === "posting") return markByHand(db, caller, { postingId: id, note });
  if (kind !== "email")
    throw new AppError("invalid", "This can't be marked as resolved: it ends once its reason does.");
  await db.transaction(async (tx) => {
    if (!(await endLetter(tx, caller.firm.firmId, id))) throw ended();
    await recordBy(tx, caller, { action: "email.ended", subject: `letter:${id}`, detail: { note } });
  });
}

/** Only what is on the firm's own list. */
async function find(db: Db, { firm }: FirmCaller, { kind, id }: Which): Promise<Unfinished> {
  requireAbility(firm, "act");
  const { list, minutes } = kindOf(kind);
  const found = (await list(db, { minutes, firmId: firm.firmId })).find((row) => row.id === id);
  if (!found) throw ended();
  return found;
}

const ended = () => new AppError("conflict", "This is not on the list any more.");

/** By the job that sent it first: it says what is true by now. To staff nothing is sent again; they have the list. */
async function sendAgain(tx: Db, firmId: string, id: string): Promise<void> {
  const letter = await findUnsent(tx, firmId, id);
  const key = letter?.subjectKey ?? "";
  switch (letter?.kind) {
    case "receipt":
      return enqueue(tx, captureRecorded, { captureId: key });
    case "refund":
      return enqueue(tx, refundSucceeded, { refundId: key });
    case "debit-failed":
      return enqueue(tx, debitFailed, { attemptId: key });
    case "surplus":
      return enqueue(tx, surplusSettled, { surplusIds: [key] });
    default:
      throw new AppError("conflict", "E-mails to staff are not sent again: what they say is on this list.");
  }
}
