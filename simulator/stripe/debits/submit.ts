import type Stripe from "stripe";
import { transaction } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";
import { insertChargeEntry } from "../balance/charge-entry.ts";
import { schedule, unschedule } from "../due.ts";
import { recordEvent } from "../events/record-event.ts";
import { saveObject } from "../objects.ts";
import { beginAttempt } from "../payments/attempt.ts";
import { insertCharge } from "../payments/charge.ts";
import type { Outcome } from "../payments/settle.ts";
import { closeSession } from "../sessions/details.ts";
import { type BankEntry, insertDebitMethod } from "./debit-method.ts";

/** Three business days, simplified. */
const BANK_ANSWERS_AFTER = 3 * 86_400;

/** The payer agreed; their bank is asked, and answers days later. The session is complete and not paid. */
export function submitDebit(world: World, account: string, sessionId: string, entry: BankEntry): Outcome {
  return transaction(world.db, () => {
    const begun = beginAttempt(world, account, sessionId, entry);
    if (!begun) return { kind: "closed" };
    const { session, intent } = begun;
    const method = insertDebitMethod(world, account, entry);
    const charged = insertCharge(world, account, intent, method, { kind: "pending" });
    const announced = insertChargeEntry(world, account, charged);
    const charge = saveObject<Stripe.Charge>(world, { ...charged, balance_transaction: announced.id });
    const processing = saveObject<Stripe.PaymentIntent>(world, {
      ...intent,
      status: "processing",
      payment_method: method.id,
      last_payment_error: null,
      latest_charge: charge.id,
    });
    const complete = saveObject<Stripe.Checkout.Session>(world, {
      ...session,
      status: "complete",
      url: null,
    });
    closeSession(world, session.id);
    recordEvent(world, account, "charge.pending", charge);
    recordEvent(world, account, "payment_intent.processing", processing);
    recordEvent(world, account, "checkout.session.completed", complete);
    if (entry.bank.answer === "silent") unschedule(world, "balance.available", announced.id);
    else schedule(world, "debit.answer", intent.id, charge.created + BANK_ANSWERS_AFTER);
    world.journal.write("stripe.debit.submitted", {
      ...{ session: session.id, intent: intent.id, charge: charge.id, type: method.type },
      ...{ amount: charge.amount, currency: charge.currency },
    });
    return { kind: "processing" };
  });
}
