import type { Db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { type PostedPayment, type XeroApi, XeroFault } from "#lib/xero/types.ts";
import { findDocument, followDocument, keptWhenRefused } from "./documents.ts";
import { reflect } from "./reflect.ts";
import { afterLook, afterSend } from "./rules.ts";
import { type Claimed, changeClaimed, finishClaimed, refuseClaimed } from "./store.ts";

/** Asks Xero while the claim lasts. Throws TooLate when waiting for a slot or a token has used it up. */
export type Ask = <T>(work: (xero: XeroApi) => Promise<T>) => Promise<T>;

export class TooLate extends Error {}

/** Keeps that it is in Xero, with its ids there. False when a newer owner exists. */
export async function finish(db: Db, claimed: Claimed, posted: PostedPayment): Promise<boolean> {
  const follow = (tx: Db) => followDocument(tx, claimed, posted);
  const finished = await finishClaimed(db, claimed, { posted, follow });
  if (finished)
    log.info({ posting: claimed.id, reference: claimed.reference, xeroId: posted.xeroId }, "posting.done");
  return finished;
}

/** Reads the invoices of what has just been written, all of one organisation. */
export async function reflectSoon(
  db: Db,
  { firmId, connectionId }: Claimed,
  posted: PostedPayment[],
): Promise<void> {
  const invoiceIds = posted.flatMap(({ lines }) => lines.map((line) => line.invoiceId));
  await reflect(db, { firmId, connectionId }, [...new Set(invoiceIds)]).catch((error: unknown) => {
    // The payment is in Xero; the sweep reads the invoice again.
    if (!(error instanceof XeroFault)) throw error;
  });
}

/** What becomes of a send that failed. `claimed` is as it was taken: its `sends` doesn't count this one. */
export async function failed(db: Db, claimed: Claimed, { fault }: XeroFault, ask: Ask): Promise<void> {
  const verdict = afterSend(fault, claimed.sends + 1);
  log.warn(
    { posting: claimed.id, reference: claimed.reference, fault: fault.kind, next: verdict.state },
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

/** Xero says no. It also does when an earlier send of ours came through late and settled the invoice: then that one counts. */
async function refuse(db: Db, claimed: Claimed, ask: Ask, message: string): Promise<void> {
  try {
    const posted = await ask((xero) => findDocument(xero, claimed));
    if (!posted) return await refuseClaimed(db, claimed, { message, body: keptWhenRefused(claimed) });
    await finish(db, claimed, posted);
    await reflectSoon(db, claimed, [posted]);
  } catch (error) {
    if (!(error instanceof XeroFault)) throw error;
    await changeClaimed(db, claimed, { ...afterLook(error.fault, 0), keyRound: claimed.keyRound + 1 });
  }
}
