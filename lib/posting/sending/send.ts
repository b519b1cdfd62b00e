import type { Db } from "#lib/core/db.ts";
import { XeroFault } from "#lib/xero/api/xero-fault.ts";
import { payConnection } from "#lib/xero/organisations/pay-connections.ts";
import { preparing, sendDocument } from "../kinds/registry.ts";
import { keepsItsAccount } from "../order-kinds/order-payments.ts";
import { type Claimed, changeClaimed } from "../store.ts";
import { type Ask, failed, finish, reflectSoon } from "./finish.ts";
import { takeLateOff } from "./late-double.ts";
import { refuseFor } from "./refuse.ts";
import { afterSend } from "./rules.ts";

/** Sends one posting, whatever its kind. */
export async function send(db: Db, given: Claimed, ask: Ask): Promise<void> {
  const claimed = await prepared(db, given, ask);
  if (!claimed) return;
  const { sends, emptyLooks } = claimed;
  const { accountId } = claimed;
  // Durable before the call: whoever comes after a crash knows that it may have been sent.
  if (!(await changeClaimed(db, claimed, { sends: sends + 1, emptyLooks: 0, cause: null, accountId })))
    return;
  let hasLeft = false;
  try {
    const posted = await ask(
      (xero) => sendDocument(db, xero, claimed),
      () => {
        hasLeft = true;
      },
    );
    if (!(await finish(db, claimed, posted))) return await takeLateOff(db, claimed, posted);
    await reflectSoon(db, claimed, [posted]);
  } catch (error) {
    if (error instanceof XeroFault) return await failed(db, claimed, error, ask);
    // Nothing has left: it is as little in Xero as before.
    if (!hasLeft) await changeClaimed(db, claimed, { sends, emptyLooks });
    throw error;
  }
}

/** With what it must say; null when Xero could not tell that now, or a newer owner exists. Nothing has been sent yet. */
async function prepared(db: Db, given: Claimed, ask: Ask): Promise<Claimed | null> {
  const claimed = given.cause === null ? given : await asSetNow(db, given);
  const prepare = preparing(claimed);
  if (!prepare) return claimed;
  try {
    const body = await ask(prepare);
    return (await changeClaimed(db, claimed, { body })) ? { ...claimed, body } : null;
  } catch (error) {
    if (!(error instanceof XeroFault)) throw error;
    const { fault } = error;
    const verdict = afterSend(fault, 1);
    if (verdict.state === "refused") await refuseFor(db, claimed, fault);
    else {
      const { inSeconds, message } = verdict;
      await changeClaimed(db, claimed, { state: "ready", sends: claimed.sends, inSeconds, message });
    }
    return null;
  }
}

/** Refused, so surely not in Xero, under a key that Xero does not know: it goes to where such documents go by now. */
async function asSetNow(db: Db, claimed: Claimed): Promise<Claimed> {
  if (keepsItsAccount(claimed)) return claimed;
  const connection = await payConnection(db, claimed.connectionId);
  return { ...claimed, accountId: connection?.clearingAccountId ?? claimed.accountId };
}
