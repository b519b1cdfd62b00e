import { randomUUID } from "node:crypto";
import type { Db } from "#lib/core/db.ts";
import { XeroFault } from "#lib/xero/api/xero-fault.ts";
import type { Posted, Together } from "../kinds/kind.ts";
import { keepsItsAccount } from "../order-kinds/order-payments.ts";
import { type Claimed, changeClaimed } from "../store.ts";
import { type Ask, failed, finish, reflectSoon } from "./finish.ts";
import { takeLateOff } from "./late-double.ts";
import { EMPTY_LOOKS_TOGETHER } from "./rules.ts";
import { unexpectedFailure } from "./unexpected-failure.ts";

/**
 * Sends documents of one kind that were never sent, all of one organisation, in one call; Xero takes or refuses each by itself.
 * A payment is all that its invoice owes: of a part, a worker that wakes when others have sent it anew would write a second one.
 */
export async function sendTogether(
  db: Db,
  claimed: Claimed[],
  { together, ask }: { together: Together; ask: Ask },
): Promise<void> {
  const sent: Claimed[] = [];
  // Durable before the call: whoever comes after a crash knows that each may have been sent.
  for (const one of claimed) {
    const emptyLooks = together.isTakenOnce(one) ? 0 : EMPTY_LOOKS_TOGETHER;
    if (await changeClaimed(db, one, { sends: 1, emptyLooks, cause: null })) sent.push(one);
  }
  const [first] = sent;
  if (!first) return;
  const answerTo = await answersTo(db, sent, { together, ask });
  const posted: Posted[] = [];
  const faults: [Claimed, XeroFault][] = [];
  for (const one of sent) {
    const answer = answerTo(one);
    if (answer instanceof XeroFault) faults.push([one, answer]);
    else
      await alone(db, one, async () => {
        if (await finish(db, one, answer)) posted.push(isTills(one) ? { ...answer, lines: [] } : answer);
        else await takeLateOff(db, one, answer);
      });
  }
  for (const [one, fault] of faults) await alone(db, one, () => failed(db, one, fault, ask));
  await reflectSoon(db, first, posted);
}

/** What a till took is shown by the next reading of changes: a call for every forty invoices would be half of all there are. */
const isTills = ({ kind, ...one }: Claimed) => kind === "payment" && keepsItsAccount(one);

/** What is thrown over one is told of that one alone. After many a no the claim may be over: then the next turn looks. */
async function alone(db: Db, one: Claimed, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await unexpectedFailure(db, one, error);
  }
}

async function answersTo(
  db: Db,
  sent: Claimed[],
  { together, ask }: { together: Together; ask: Ask },
): Promise<(one: Claimed) => Posted | XeroFault> {
  const silence = new XeroFault({ kind: "no_answer" });
  let hasLeft = false;
  try {
    // The key is of this call alone: what is sent again goes by itself, after it was looked for.
    const answers = await ask(
      (xero) => together.send(xero, sent, `cf:${randomUUID()}`),
      () => {
        hasLeft = true;
      },
    );
    return (one) => answers.get(one.reference) ?? silence;
  } catch (error) {
    if (error instanceof XeroFault) {
      // A no to the whole call says nothing of any one of them.
      const fault = error.fault.kind === "refused" || error.fault.kind === "not_found" ? silence : error;
      return () => fault;
    }
    // Nothing has left: each is as little in Xero as before.
    if (!hasLeft) for (const one of sent) await changeClaimed(db, one, { sends: 0, emptyLooks: 0 });
    throw error;
  }
}
