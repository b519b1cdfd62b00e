import { randomUUID } from "node:crypto";
import type { Db } from "#lib/core/db.ts";
import { type PostedPayment, XeroFault } from "#lib/xero/types.ts";
import { type Ask, failed, finish, reflectSoon, TooLate } from "./finish.ts";
import { type Claimed, changeClaimed } from "./store.ts";

/**
 * Sends payments that were never sent, all of one organisation, in one call; Xero takes or refuses each by itself. Each is
 * all that its invoice owes: of a part, a worker that wakes when others have sent it anew would write a second one.
 */
export async function sendTogether(db: Db, claimed: Claimed[], ask: Ask): Promise<void> {
  const sent: Claimed[] = [];
  // Durable before the call: whoever comes after a crash knows that each may have been sent.
  for (const one of claimed) if (await changeClaimed(db, one, { sends: 1, emptyLooks: 0 })) sent.push(one);
  const [first] = sent;
  if (!first) return;
  const answerTo = await answersTo(sent, ask);
  const posted: PostedPayment[] = [];
  const faults: [Claimed, XeroFault][] = [];
  for (const one of sent) {
    const answer = answerTo(one);
    if (answer instanceof XeroFault) faults.push([one, answer]);
    else if (await finish(db, one, answer)) posted.push(answer);
  }
  await reflectSoon(db, first, posted);
  for (const [one, fault] of faults) await failedInTime(db, one, { fault, ask });
}

async function answersTo(sent: Claimed[], ask: Ask): Promise<(one: Claimed) => PostedPayment | XeroFault> {
  const silence = new XeroFault({ kind: "no_answer" });
  try {
    // The key is of this call alone: what is sent again goes by itself, after it was looked for.
    const answers = await ask((xero) => xero.createPayments(sent, `cf:${randomUUID()}`));
    return (one) => answers.get(one.reference) ?? silence;
  } catch (error) {
    if (!(error instanceof XeroFault)) throw error;
    // A no to the whole call says nothing of any one of them.
    const fault = error.fault.kind === "refused" || error.fault.kind === "not_found" ? silence : error;
    return () => fault;
  }
}

/** After many a no the claim may be over before the last was looked for: then the next turn looks. */
async function failedInTime(db: Db, one: Claimed, { fault, ask }: { fault: XeroFault; ask: Ask }) {
  try {
    await failed(db, one, fault, ask);
  } catch (error) {
    if (!(error instanceof TooLate)) throw error;
    await changeClaimed(db, one, { state: "unknown", inSeconds: 1, message: "Checking in Xero." });
  }
}
