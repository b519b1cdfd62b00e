import type Stripe from "stripe";
import { transaction } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";
import { recordEvent } from "../events/record-event.ts";
import { saveObject } from "../objects.ts";
import { beginAttempt } from "../payments/attempt.ts";
import type { Outcome } from "../payments/outcome.ts";
import { closeSession } from "../sessions/details.ts";
import { type BankEntry, insertDebitMethod } from "./debit-method.ts";
import { debitNow } from "./debit-now.ts";
import { awaitMicrodeposits } from "./microdeposits.ts";

/** The payer agreed; their bank is asked, and answers days later. The session is complete and not paid. */
export function submitDebit(world: World, account: string, sessionId: string, entry: BankEntry): Outcome {
  return transaction(world.db, () => {
    const begun = beginAttempt(world, account, sessionId, entry);
    if (!begun) return { kind: "closed" };
    const method = insertDebitMethod(world, account, entry);
    const intent = { ...begun.intent, payment_method: method.id, last_payment_error: null };
    const complete = saveObject<Stripe.Checkout.Session>(world, {
      ...begun.session,
      ...{ status: "complete", url: null },
    });
    closeSession(world, complete.id);
    if (entry.microdeposits) awaitMicrodeposits(world, account, intent);
    else debitNow(world, account, intent, method);
    recordEvent(world, account, "checkout.session.completed", complete);
    return { kind: "processing" };
  });
}
