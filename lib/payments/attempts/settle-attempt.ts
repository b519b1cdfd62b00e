import type { Db } from "#lib/core/db.ts";
import { openProcessor } from "#lib/processor/open.ts";
import { type Processor, ProcessorFault, type SessionState } from "#lib/processor/types.ts";
import { recordCapture } from "../record-capture.ts";
import { type Attempt, changeAttempt, getAttempt } from "../store.ts";
import { checkBeforeCapture } from "./check-before-capture.ts";
import { closeAttempt, closeUnopened, LEFT } from "./close-attempt.ts";
import { recordDebit } from "./record-debit.ts";

export type Settled = "captured" | "open" | "submitted" | "closed";

/** Asks the processor what became of an attempt, and acts on the answer. Throws ProcessorFault when it can't say. */
export async function settleAttempt(db: Db, attemptId: string): Promise<Settled> {
  const attempt = await getAttempt(db, attemptId);
  if (!attempt || attempt.state === "closed") return "closed";
  if (attempt.state === "captured") return "captured";
  if (!attempt.sessionRef) return "open";
  const processor = await openProcessor(db, attempt.processorAccountId);
  return act(db, { attempt, processor }, await processor.readSession(attempt.sessionRef));
}

/**
 * Gives an attempt up: its session is ended at the processor first, and only then are its invoices free. If it was paid
 * in the meantime the payment counts, and the answer is "captured".
 */
export async function cancelAttempt(db: Db, attemptId: string): Promise<Settled> {
  const attempt = await getAttempt(db, attemptId);
  if (!attempt || attempt.state === "closed") return "closed";
  if (attempt.state === "captured") return "captured";
  if (!attempt.sessionRef) {
    // No answer from the processor was kept, so nobody has an address to pay at; `openAttempt` refuses a late one.
    if (await closeUnopened(db, attemptId, LEFT.neverOpened)) return "closed";
    return cancelAttempt(db, attemptId);
  }
  const processor = await openProcessor(db, attempt.processorAccountId);
  return act(db, { attempt, processor }, await processor.expireSession(attempt.sessionRef));
}

type Asked = { attempt: Attempt; processor: Processor };

async function act(db: Db, asked: Asked, found: SessionState): Promise<Settled> {
  const { attempt } = asked;
  switch (found.state) {
    case "authorised":
      return act(db, asked, await takeOrRelease(db, asked, found));
    case "paid":
      await recordCapture(db, attempt.id, found);
      return "captured";
    case "submitted":
      await recordDebit(db, attempt.id);
      return "submitted";
    case "closed":
      await closeAttempt(db, attempt.id, found.reason);
      return "closed";
    case "unknown":
      // Whoever could pay it could do so until then, and what they paid is found by the reconciler.
      if (attempt.expiresAt < new Date()) {
        await closeAttempt(db, attempt.id, LEFT.unknownThere);
        return "closed";
      }
      await changeAttempt(db, attempt.id, { polled: true });
      return "open";
    case "open":
      await changeAttempt(db, attempt.id, { polled: true });
      return "open";
  }
}

/** Any number of processes may be here at once, and see it differently: the first word that reaches the processor counts. */
async function takeOrRelease(
  db: Db,
  { attempt, processor }: Asked,
  { sessionRef, objectRef }: Extract<SessionState, { state: "authorised" }>,
): Promise<Exclude<SessionState, { state: "authorised" }>> {
  await ((await checkBeforeCapture(db, attempt))
    ? processor.capture(objectRef)
    : processor.release(objectRef));
  const now = await processor.readSession(sessionRef);
  if (now.state === "authorised") throw new ProcessorFault("no_answer", "The reserved money still waits");
  return now;
}
