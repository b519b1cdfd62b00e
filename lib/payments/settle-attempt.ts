import type { Db } from "#lib/core/db.ts";
import { openProcessor } from "#lib/processor/open.ts";
import type { SessionState } from "#lib/processor/types.ts";
import { closeAttempt, closeUnopened } from "./close-attempt.ts";
import { recordCapture } from "./record-capture.ts";
import { type Attempt, changeAttempt, getAttempt } from "./store.ts";

export type Settled = "captured" | "open" | "closed";

/** Asks the processor what became of an attempt, and acts on the answer. Throws ProcessorFault when it can't say. */
export async function settleAttempt(db: Db, attemptId: string): Promise<Settled> {
  const attempt = await getAttempt(db, attemptId);
  if (!attempt || attempt.state === "closed") return "closed";
  if (attempt.state === "captured") return "captured";
  if (!attempt.sessionRef) return "open";
  const processor = await openProcessor(db, attempt.processorAccountId);
  return act(db, attempt, await processor.readSession(attempt.sessionRef));
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
    if (await closeUnopened(db, attemptId, "never opened")) return "closed";
    return cancelAttempt(db, attemptId);
  }
  const processor = await openProcessor(db, attempt.processorAccountId);
  return act(db, attempt, await processor.expireSession(attempt.sessionRef));
}

async function act(db: Db, attempt: Attempt, found: SessionState): Promise<Settled> {
  switch (found.state) {
    case "paid":
      await recordCapture(db, attempt.id, found);
      return "captured";
    case "closed":
      await closeAttempt(db, attempt.id, found.reason);
      return "closed";
    case "open":
      await changeAttempt(db, attempt.id, { polled: true });
      return "open";
  }
}
