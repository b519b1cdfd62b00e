import type { Db } from "#lib/core/db.ts";
import { XeroFault } from "#lib/xero/types.ts";
import { preparing, sendDocument } from "./documents.ts";
import { type Ask, failed, finish, reflectSoon } from "./finish.ts";
import { afterSend } from "./rules.ts";
import { type Claimed, changeClaimed, refuseClaimed } from "./store.ts";

/** Sends one posting, whatever its kind. */
export async function send(db: Db, given: Claimed, ask: Ask): Promise<void> {
  const claimed = await prepared(db, given, ask);
  if (!claimed) return;
  // Durable before the call: whoever comes after a crash knows that it may have been sent.
  if (!(await changeClaimed(db, claimed, { sends: claimed.sends + 1, emptyLooks: 0 }))) return;
  try {
    const posted = await ask((xero) => sendDocument(xero, claimed));
    await finish(db, claimed, posted);
    await reflectSoon(db, claimed, [posted]);
  } catch (error) {
    if (!(error instanceof XeroFault)) throw error;
    await failed(db, claimed, error, ask);
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
