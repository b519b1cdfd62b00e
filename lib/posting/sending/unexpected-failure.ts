import type { Db } from "#lib/core/db.ts";
import { noteFailure } from "#lib/core/failures/failures.ts";
import { isDatabaseFailure } from "#lib/core/failures/reason.ts";
import { log } from "#lib/core/log.ts";
import { keptWhenRefused } from "../kinds/registry.ts";
import { type Claimed, changeClaimed, POSTING, refuseClaimed, sendsOf } from "../store.ts";
import { TRIES_UNSENT } from "./rules.ts";

/** The request was not made: waiting for a slot or a token had used up the claim. */
export class TooLate extends Error {}

/**
 * Something else than an answer of Xero's ended a posting's step. It waits with its reason, ever longer: to be looked up
 * first if a send of it may have left, else to be sent. What was never sent and fails each time is told as refused, so that
 * a person can end it and nothing waits behind it. Changes nothing of one that is no longer ours.
 */
export async function unexpectedFailure(db: Db, claimed: Claimed, error: unknown): Promise<void> {
  const sends = await sendsOf(db, claimed);
  if (sends === undefined) return;
  const state = sends === 0 ? "ready" : "unknown";
  if (error instanceof TooLate) {
    await changeClaimed(db, claimed, { state, inSeconds: 1, message: "Waiting for Xero." });
    return;
  }
  const { tries, reason, inSeconds } = await noteFailure(db, { kind: POSTING, item: claimed.id }, error);
  log.error(
    { posting: claimed.id, reference: claimed.reference, tries, sends, err: error },
    "posting.stumbled",
  );
  if (sends === 0 && tries >= TRIES_UNSENT && !isDatabaseFailure(error))
    await refuseClaimed(db, claimed, { message: reason, cause: "desk", body: keptWhenRefused(claimed) });
  else await changeClaimed(db, claimed, { state, inSeconds, message: reason });
}
