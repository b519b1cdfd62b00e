import type { Db } from "#lib/core/db.ts";
import { forgetFailures } from "#lib/core/failures/failures.ts";
import type { Purpose } from "#lib/xero/api/types.ts";
import { XeroFault } from "#lib/xero/api/xero-fault.ts";
import { withXero } from "#lib/xero/call.ts";
import type { Together } from "../kinds/kind.ts";
import { findDocument, togetherOf } from "../kinds/registry.ts";
import { keepsItsAccount } from "../order-kinds/order-payments.ts";
import { type Claimed, changeClaimed, claimAlike, claimDue, POSTING } from "../store.ts";
import { batchSizeOf, withBatchSize } from "./batch-size.ts";
import { type Ask, finish, lookAgain, reflectSoon } from "./finish.ts";
import { BEGIN_SECONDS, nextStep, pauseAfter } from "./rules.ts";
import { send } from "./send.ts";
import { sendTogether } from "./send-together.ts";
import { TooLate, unexpectedFailure } from "./unexpected-failure.ts";

/**
 * Takes one due posting a step further: sends it, or looks whether an earlier send arrived. While many of a kind wait for
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
      withXero(db, first.connectionId, purposeOf(first), work, () => {
        if (performance.now() - askedAt > BEGIN_SECONDS * 1_000) throw new TooLate();
        leaves?.();
      }),
    );
  const taken = [first];
  try {
    if (nextStep(first) === "look") await look(db, first, ask);
    else {
      const together = togetherOf(first.kind);
      if (together) taken.push(...(await companions(db, first, together)));
      if (together && taken.length > 1) await sendTogether(db, taken, { together, ask });
      else await send(db, first, ask);
    }
  } catch (error) {
    for (const one of taken) await unexpectedFailure(db, one, error);
  }
  return true;
}

/** What moves no money of an account may wait for what does. */
const purposeOf = ({ accountId }: Claimed): Purpose => (accountId === "" ? "order" : "write");

/** Others of its kind that may go in one call with this one: never sent, of the same organisation. */
async function companions(db: Db, first: Claimed, together: Together): Promise<Claimed[]> {
  if (first.sends > 0) return [];
  const room = Math.min(batchSizeOf(first.connectionId, together.atFirst), together.most) - 1;
  if (room === 0 || (await together.fitting(db, [first])).length === 0) return [];
  const alike = await claimAlike(db, first, room);
  const fitting = await together.fitting(db, alike);
  for (const other of alike.filter((one) => !fitting.includes(one)))
    await changeClaimed(db, other, { state: "ready", inSeconds: 0 });
  return fitting;
}

/** What Xero refused the last time, and has not been sent since: once it is known not to be there, it is as if never sent. */
const AS_NEW = {
  state: "ready",
  sends: 0,
  emptyLooks: 0,
  inSeconds: 0,
  message: "Trying it again.",
} as const;

/** It may go in one call with others; only what has an account of its own, for the others go to the one that is set by then. */
function goesAsNew(claimed: Claimed): boolean {
  return claimed.cause !== null && keepsItsAccount(claimed) && togetherOf(claimed.kind) !== undefined;
}

async function look(db: Db, claimed: Claimed, ask: Ask): Promise<void> {
  // Xero refuses a second one by itself, and then we find the first.
  if (goesAsNew(claimed) && togetherOf(claimed.kind)?.isTakenOnce(claimed))
    return void (await changeClaimed(db, claimed, AS_NEW));
  try {
    const posted = await ask((xero) => findDocument(xero, claimed));
    if (posted) {
      await finish(db, claimed, posted);
      return await reflectSoon(db, claimed, [posted]);
    }
    await forgetFailures(db, POSTING, [claimed.id]);
    const emptyLooks = claimed.emptyLooks + 1;
    const isAbsent = nextStep({ sends: claimed.sends, emptyLooks }) === "send";
    if (isAbsent && goesAsNew(claimed)) return void (await changeClaimed(db, claimed, AS_NEW));
    await changeClaimed(db, claimed, {
      state: "unknown",
      emptyLooks,
      inSeconds: isAbsent ? 0 : pauseAfter(emptyLooks),
      message: "Not in Xero yet; checking again.",
    });
  } catch (error) {
    if (!(error instanceof XeroFault)) throw error;
    await lookAgain(db, claimed, error, { emptyLooks: claimed.emptyLooks });
  }
}
