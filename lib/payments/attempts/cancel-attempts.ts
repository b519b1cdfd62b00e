import type { Db } from "#lib/core/db.ts";
import { ProcessorFault } from "#lib/processor/types.ts";
import { cancelAttempt } from "./settle-attempt.ts";

/**
 * `free`: none of them can be paid any more · `paid`: one was paid in the meantime, which counts · `submitted`: one is a bank
 * debit, which can't be given up · `not_now`: the processor could not end one, so it can still be paid.
 */
export type GivenUp = "free" | "paid" | "submitted" | "not_now";

/** Gives these attempts up, each at the processor first, whose they may be; what stands most in the way is the answer. */
export async function cancelAttempts(db: Db, attemptIds: string[]): Promise<GivenUp> {
  let given: GivenUp = "free";
  for (const id of attemptIds) {
    try {
      const ended = await cancelAttempt(db, id);
      if (ended === "submitted") return "submitted";
      if (ended === "open") return "not_now";
      if (ended === "captured") given = "paid";
    } catch (error) {
      if (error instanceof ProcessorFault) return "not_now";
      throw error;
    }
  }
  return given;
}
