import type { Db } from "#lib/core/db.ts";
import { forgetFailures } from "#lib/core/failures/failures.ts";
import { XeroFault } from "#lib/xero/api/xero-fault.ts";
import { withXero } from "#lib/xero/call.ts";
import { findDocument } from "../kinds/registry.ts";
import { type Claimed, changeClaimed, claimAlike, claimDue, POSTING } from "../store.ts";
import { batchSizeOf, withBatchSize } from "./batch-size.ts";
import { type Ask, finish, lookAgain, reflectSoon } from "./finish.ts";
import { payInFull } from "./pays-in-full.ts";
import { BEGIN_SECONDS, nextStep, pauseAfter } from "./rules.ts";
import { send } from "./send.ts";
import { sendTogether } from "./send-together.ts";
import { TooLate, unexpectedFailure } from "./unexpected-failure.ts";

/**
 * Takes one due posting a step further: sends it, or looks whether an earlier send arrived. While many payments wait for
 * one organisation, it sends some of them in one call. Returns false when nothing is due. Any number of workers may run
 * it; a worker killed at any point leaves rows that the next one looks up in Xero before it sends again, and whatever is
 * thrown leaves the posting waiting, with its reason.
 */
export async function runDuePosting(db: Db): Promise<boolean> {
  const askedAt = performance.now();
  const first = await claimDue(db);
  if (!first) return false;
  const ask: Ask = (work, leaves) =>
    withBatchSize(
      first.connectionId,
      withXero(db, first.connectionId, "write", work, () => {
        if (performance.now() - askedAt > BEGIN_SECONDS * 1_000) throw new TooLate();
        leaves?.();
      }),
    );
  const taken = [first];
  try {
    if (nextStep(first) === "look") await look(db, first, ask);
    else {
      taken.push(...(await companions(db, first)));
      if (taken.length > 1) await sendTogether(db, taken, ask);
      else await send(db, first, ask);
    }
  } catch (error) {
    for (const one of taken) await unexpectedFailure(db, one, error);
  }
  return true;
}

/** Other payments that may go in one call with this one: never sent, of the same organisation, each all that is owed. */
async function companions(db: Db, first: Claimed): Promise<Claimed[]> {
  const room = batchSizeOf(first.connectionId) - 1;
  if (first.kind !== "payment" || first.sends > 0 || room === 0) return [];
  if ((await payInFull(db, [first])).length === 0) return [];
  const alike = await claimAlike(db, first, room);
  const whole = await payInFull(db, alike);
  for (const part of alike.filter((one) => !whole.includes(one)))
    await changeClaimed(db, part, { state: "ready", inSeconds: 0 });
  return whole;
}

async function look(db: Db, claimed: Claimed, ask: Ask): Promise<void> {
  try {
    const posted = await ask((xero) => findDocument(xero, claimed));
    if (posted) {
      await finish(db, claimed, posted);
      return await reflectSoon(db, claimed, [posted]);
    }
    await forgetFailures(db, POSTING, [claimed.id]);
    const emptyLooks = claimed.emptyLooks + 1;
    const inSeconds = nextStep({ sends: claimed.sends, emptyLooks }) === "send" ? 0 : pauseAfter(emptyLooks);
    await changeClaimed(db, claimed, {
      state: "unknown",
      emptyLooks,
      inSeconds,
      message: "Not in Xero yet; checking again.",
    });
  } catch (error) {
    if (!(error instanceof XeroFault)) throw error;
    await lookAgain(db, claimed, error, { emptyLooks: claimed.emptyLooks });
  }
}
