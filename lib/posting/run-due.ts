import type { Db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { withXero } from "#lib/xero/call.ts";
import { type PostedPayment, type XeroApi, XeroFault } from "#lib/xero/types.ts";
import { findDocument, followDocument, keptWhenRefused, preparing, sendDocument } from "./documents.ts";
import { reflect } from "./reflect.ts";
import { afterLook, afterSend, BEGIN_SECONDS, LOOK_PAUSE_SECONDS, nextStep } from "./rules.ts";
import { type Claimed, changeClaimed, claimDue, finishClaimed, refuseClaimed } from "./store.ts";

/**
 * Takes one due posting a step further: sends it, or looks whether an earlier send arrived. Returns false when nothing
 * is due. Any number of workers may run it; a worker killed at any point leaves a row that the next one looks up in
 * Xero before it sends again.
 */
export async function runDuePosting(db: Db): Promise<boolean> {
  const askedAt = performance.now();
  const claimed = await claimDue(db);
  if (!claimed) return false;
  const ask: Ask = (work) =>
    withXero(db, claimed.connectionId, "write", work, () => {
      if (performance.now() - askedAt > BEGIN_SECONDS * 1_000) throw new TooLate();
    });
  try {
    if (nextStep(claimed) === "send") await send(db, claimed, ask);
    else await look(db, claimed, ask);
  } catch (error) {
    if (!(error instanceof TooLate)) throw error;
    // This request was not made: whether an earlier one arrived is as well known as when we took the posting.
    const { sends, emptyLooks } = claimed;
    const state = sends === 0 ? "ready" : "unknown";
    await changeClaimed(db, claimed, {
      state,
      sends,
      emptyLooks,
      inSeconds: 1,
      message: "Waiting for Xero.",
    });
  }
  return true;
}

/** Asks Xero while the claim lasts. Throws TooLate when waiting for a slot or a token has used it up. */
type Ask = <T>(work: (xero: XeroApi) => Promise<T>) => Promise<T>;

class TooLate extends Error {}

async function send(db: Db, given: Claimed, ask: Ask): Promise<void> {
  const claimed = await prepared(db, given, ask);
  if (!claimed) return;
  // Durable before the call: whoever comes after a crash knows that it may have been sent.
  const sends = claimed.sends + 1;
  if (!(await changeClaimed(db, claimed, { sends, emptyLooks: 0 }))) return;
  try {
    const posted = await ask((xero) => sendDocument(xero, claimed));
    await finish(db, claimed, posted);
  } catch (error) {
    if (!(error instanceof XeroFault)) throw error;
    const verdict = afterSend(error.fault, sends);
    log.warn(
      { posting: claimed.id, reference: claimed.reference, fault: error.fault.kind, next: verdict.state },
      "posting.send-failed",
    );
    switch (verdict.state) {
      case "refused":
        return refuse(db, claimed, ask, verdict.message);
      case "unknown":
        await changeClaimed(db, claimed, verdict);
        return;
      case "ready": {
        const { newKey, ...change } = verdict;
        // Xero answered, so this send wrote nothing. An earlier one was not there when we looked, but may come until the
        // next try: then we look again, and keep the key that Xero knows it by.
        const keyRound = claimed.keyRound + (newKey && claimed.sends === 0 ? 1 : 0);
        await changeClaimed(db, claimed, { ...change, sends: claimed.sends, keyRound });
        return;
      }
    }
  }
}

/** With what it must say; null when Xero could not tell that now, or a newer owner exists. Nothing has been sent yet. */
async function prepared(db: Db, claimed: Claimed, ask: Ask): Promise<Claimed | null> {
  const prepare = preparing(claimed);
  if (!prepare) return claimed;
  try {
    const body = await ask(prepare);
    return (await changeClaimed(db, claimed, { body })) ? { ...claimed, body } : null;
  } catch (error) {
    if (!(error instanceof XeroFault)) throw error;
    const verdict = afterSend(error.fault, 1);
    const { sends } = claimed;
    if (verdict.state === "refused")
      await refuseClaimed(db, claimed, { message: verdict.message, body: claimed.body });
    else
      await changeClaimed(db, claimed, {
        state: "ready",
        sends,
        inSeconds: verdict.inSeconds,
        message: "Waiting for Xero.",
      });
    return null;
  }
}

/** Xero says no. It also does when an earlier send of ours came through late and settled the invoice: then that one counts. */
async function refuse(db: Db, claimed: Claimed, ask: Ask, message: string): Promise<void> {
  try {
    const posted = await ask((xero) => findDocument(xero, claimed));
    if (posted) return await finish(db, claimed, posted);
    await refuseClaimed(db, claimed, { message, body: keptWhenRefused(claimed) });
  } catch (error) {
    if (!(error instanceof XeroFault)) throw error;
    await changeClaimed(db, claimed, { ...afterLook(error.fault, 0), keyRound: claimed.keyRound + 1 });
  }
}

async function look(db: Db, claimed: Claimed, ask: Ask): Promise<void> {
  try {
    const posted = await ask((xero) => findDocument(xero, claimed));
    if (posted) return await finish(db, claimed, posted);
    const emptyLooks = claimed.emptyLooks + 1;
    const inSeconds = nextStep({ sends: claimed.sends, emptyLooks }) === "send" ? 0 : LOOK_PAUSE_SECONDS;
    await changeClaimed(db, claimed, {
      state: "unknown",
      emptyLooks,
      inSeconds,
      message: "Not in Xero yet; checking again.",
    });
  } catch (error) {
    if (!(error instanceof XeroFault)) throw error;
    await changeClaimed(db, claimed, afterLook(error.fault, claimed.emptyLooks));
  }
}

async function finish(db: Db, claimed: Claimed, posted: PostedPayment): Promise<void> {
  const follow = (tx: Db) => followDocument(tx, claimed, posted);
  if (!(await finishClaimed(db, claimed, { posted, follow }))) return;
  log.info({ posting: claimed.id, reference: claimed.reference, xeroId: posted.xeroId }, "posting.done");
  const books = { firmId: claimed.firmId, connectionId: claimed.connectionId };
  await reflect(
    db,
    books,
    posted.lines.map((line) => line.invoiceId),
  ).catch((error: unknown) => {
    // The payment is in Xero; the sweep reads the invoice again.
    if (!(error instanceof XeroFault)) throw error;
  });
}
