import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { insertFailedPaymentEntry } from "../balance/charge-entry.ts";
import { getEntry } from "../balance/entry.ts";
import { openDispute } from "../disputes/new-dispute.ts";
import { schedule, unschedule } from "../due.ts";
import { recordEvent } from "../events/record-event.ts";
import { listOfIntent, saveObject } from "../objects.ts";
import { getCharge } from "../payments/charge.ts";
import { getIntent } from "../payments/intent.ts";
import { getMethod } from "../payments/payment-method.ts";
import type { DebitFailure } from "./bank-accounts.ts";
import { bankOf } from "./debit-method.ts";

type Session = Stripe.Checkout.Session;

/** The clock's work: the payer's bank answers as its test account is known to. */
export function answerDebit(world: World, account: string, intentId: string): void {
  const intent = getIntent(world, account, intentId);
  const { answer } = bankOf(getMethod(world, account, String(intent.payment_method)));
  if (answer === "silent") return;
  if (typeof answer === "object") {
    failDebit(world, account, intentId, answer);
    return;
  }
  const charge = succeedDebit(world, account, intentId);
  const reason = "debit_not_authorized";
  if (answer === "disputed") openDispute(world, account, charge, { amount: null, reason });
}

function partsOf(world: World, account: string, intentId: string) {
  const intent = getIntent(world, account, intentId);
  const charge = getCharge(world, account, String(intent.latest_charge));
  const [session] = listOfIntent<Session>(world, account, "checkout.session", intentId);
  if (!session) throw new Error(`No session of ${intentId}`);
  unschedule(world, "debit.answer", intentId);
  const announced = getEntry(world, account, String(charge.balance_transaction));
  schedule(world, "balance.available", announced.id, announced.available_on);
  return { intent, charge, session };
}

/** Only while the intent is processing. */
export function succeedDebit(world: World, account: string, intentId: string): Stripe.Charge {
  const { intent, charge, session } = partsOf(world, account, intentId);
  const paid = saveObject<Stripe.Charge>(world, {
    ...charge,
    ...{ status: "succeeded", paid: true, receipt_url: `${world.baseUrl}/receipts/${intent.id}` },
  });
  const succeeded = saveObject<Stripe.PaymentIntent>(world, {
    ...intent,
    status: "succeeded",
    amount_received: intent.amount,
  });
  const settled = saveObject<Session>(world, { ...session, payment_status: "paid" });
  recordEvent(world, account, "charge.succeeded", paid);
  recordEvent(world, account, "payment_intent.succeeded", succeeded);
  recordEvent(world, account, "checkout.session.async_payment_succeeded", settled);
  world.journal.write("stripe.debit.succeeded", { intent: intent.id, charge: charge.id });
  return paid;
}

/** Only while the intent is processing. The session stays complete and unpaid; paying again takes a new one. */
export function failDebit(world: World, account: string, intentId: string, failure: DebitFailure): void {
  const { intent, charge, session } = partsOf(world, account, intentId);
  const returned = insertFailedPaymentEntry(world, account, charge);
  const failed = saveObject<Stripe.Charge>(world, {
    ...charge,
    ...{ status: "failed", captured: false, amount_captured: 0 },
    failure_balance_transaction: returned.id,
    failure_code: failure.code,
    failure_message: failure.message,
    outcome: {
      ...charge.outcome,
      network_status: "declined_by_network",
      reason: failure.code,
      type: "issuer_declined",
    } as Stripe.Charge.Outcome,
  });
  const refused = saveObject<Stripe.PaymentIntent>(world, {
    ...intent,
    status: "requires_payment_method",
    payment_method: null,
    last_payment_error: {
      charge: charge.id,
      code: failure.code,
      doc_url: `https://stripe.com/docs/error-codes/${failure.code.replaceAll("_", "-")}`,
      message: failure.message,
      payment_method: getMethod(world, account, String(intent.payment_method)),
      type: "invalid_request_error",
    },
  });
  recordEvent(world, account, "charge.failed", failed);
  recordEvent(world, account, "payment_intent.payment_failed", refused);
  recordEvent(world, account, "checkout.session.async_payment_failed", session);
  world.journal.write("stripe.debit.failed", { intent: intent.id, charge: charge.id, code: failure.code });
}
