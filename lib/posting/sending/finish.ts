import type { Db } from "#lib/core/db.ts";
import { forgetFailures, noteFailure } from "#lib/core/failures/failures.ts";
import { log } from "#lib/core/log.ts";
import { keepWritten } from "#lib/mirror/keep-written.ts";
import type { Fault } from "#lib/xero/api/fault-words.ts";
import type { XeroApi } from "#lib/xero/api/xero-api.ts";
import { XeroFault } from "#lib/xero/api/xero-fault.ts";
import type { Posted } from "../kinds/kind.ts";
import { differencesOf, findDocument, followDocument } from "../kinds/registry.ts";
import { type Claimed, changeClaimed, finishClaimed, POSTING } from "../store.ts";
import { reflect } from "./reflect.ts";
import { refuseFor } from "./refuse.ts";
import { afterLook, afterSend, LOOK_PAUSE_SECONDS } from "./rules.ts";

/**
 * Asks Xero while the claim lasts; `leaves` is called right before a request leaves. Throws TooLate when waiting for a slot
 * or a token has used the claim up.
 */
export type Ask = <T>(work: (xero: XeroApi) => Promise<T>, leaves?: () => void) => Promise<T>;

/** Keeps that it is in Xero, with its ids there. False when a newer owner exists. */
export async function finish(db: Db, claimed: Claimed, posted: Posted): Promise<boolean> {
  const differences = differencesOf(claimed, posted);
  const follow = (tx: Db) => followDocument(tx, claimed, posted);
  const finished = await finishClaimed(db, claimed, { posted, differences, follow });
  if (!finished) return false;
  const what = { posting: claimed.id, reference: claimed.reference, xeroId: posted.xeroId };
  log.info(what, "posting.done");
  if (differences.length > 0) log.warn({ ...what, differences }, "posting.differs");
  // Whatever went wrong before has left its words.
  if (claimed.message !== null) await forgetFailures(db, POSTING, [claimed.id]);
  return true;
}

/** Keeps what Xero told of what has just been written, and reads the invoices that it pays again; all of one organisation. */
export async function reflectSoon(
  db: Db,
  { firmId, connectionId }: Claimed,
  posted: Posted[],
): Promise<void> {
  const invoiceIds = posted.flatMap(({ lines }) => lines.map((line) => line.invoiceId));
  try {
    await keepWritten(
      db,
      { firmId, connectionId },
      {
        invoices: posted.flatMap(({ invoice }) => invoice ?? []),
        contacts: posted.flatMap(({ contact }) => contact ?? []),
      },
    );
    await reflect(db, { firmId, connectionId }, [...new Set(invoiceIds)]);
  } catch (error) {
    // It is in Xero; the sweep reads a payment's invoice again, and the next reading of changes brings the rest.
    log.warn({ connection: connectionId, err: error }, "posting.not-reflected");
  }
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
      return refuse(db, claimed, fault, ask);
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
async function refuse(db: Db, claimed: Claimed, fault: Fault, ask: Ask): Promise<void> {
  try {
    const posted = await ask((xero) => findDocument(xero, claimed));
    if (!posted) {
      if (isOldNews(claimed, fault)) return await sendLater(db, claimed);
      return await refuseFor(db, claimed, fault);
    }
    // It was sent before: what follows it may be there too.
    await finish(db, { ...claimed, sends: claimed.sends + 1 }, posted);
    await reflectSoon(db, claimed, [posted]);
  } catch (error) {
    if (!(error instanceof XeroFault)) throw error;
    await lookAgain(db, claimed, error, { emptyLooks: 0, keyRound: claimed.keyRound + 1 });
  }
}

/** What was to be taken off was not there, and a moment later it is: Xero told of before it was written. */
const isOldNews = ({ kind }: Claimed, fault: Fault) => kind === "removal" && fault.kind === "not_found";

async function sendLater(db: Db, claimed: Claimed): Promise<void> {
  const message = "Xero did not know yet what is to be taken off; trying again.";
  await changeClaimed(db, claimed, {
    ...{ state: "ready", sends: claimed.sends, inSeconds: LOOK_PAUSE_SECONDS, message },
    // Xero keeps its answer under the old key for minutes (xero-platform 3.3).
    keyRound: claimed.keyRound + 1,
  });
}

/** Seconds between looks that fail: a short silence of Xero's costs little, one without an end few calls. */
const LOOK_PACE = { first: 15 };

/** Xero could not be asked whether it is there: it stays in doubt, and is looked up again. */
export async function lookAgain(
  db: Db,
  claimed: Claimed,
  error: XeroFault,
  { emptyLooks, ...change }: { emptyLooks: number; keyRound?: number },
): Promise<void> {
  const { fault } = error;
  const pause =
    fault.kind === "limited"
      ? fault.retryAfterSeconds
      : (await noteFailure(db, { kind: POSTING, item: claimed.id }, error, LOOK_PACE)).inSeconds;
  await changeClaimed(db, claimed, { ...afterLook(fault, { emptyLooks, pause }), ...change });
}
