import type Stripe from "stripe";
import { ProcessorFault, type SessionState } from "../types.ts";
import { minorOf } from "./money-in.ts";

/**
 * What a Checkout session means to us; its `payment_intent.latest_charge` must be expanded. The payment decides: a session
 * that is complete says only that the payer is done with Stripe's page. Throws ProcessorFault when Stripe says too little.
 */
export function stateOf(session: Stripe.Checkout.Session): SessionState {
  const sessionRef = session.id;
  if (session.status === "expired") return { state: "closed", sessionRef, reason: "expired" };
  if (session.status !== "complete") return { state: "open", sessionRef, url: session.url ?? "" };
  const intent = session.payment_intent;
  if (!intent || typeof intent === "string")
    throw new ProcessorFault("no_answer", "Stripe says complete, but shows no payment");
  switch (intent.status) {
    case "succeeded":
      return paid(session, intent);
    case "requires_capture":
      return { state: "authorised", sessionRef, objectRef: intent.id };
    case "processing":
    // The payer still confirms their bank account, by the small deposits that Stripe sends there; without that it is canceled.
    case "requires_action":
      return { state: "submitted", sessionRef };
    case "canceled":
      return { state: "closed", sessionRef, reason: intent.cancellation_reason ?? "canceled" };
    case "requires_payment_method":
      return { state: "closed", sessionRef, reason: intent.last_payment_error?.code ?? "failed" };
    default:
      throw new ProcessorFault("unclear", `the payment ${intent.id} is "${intent.status}"`);
  }
}

function paid(session: Stripe.Checkout.Session, intent: Stripe.PaymentIntent): SessionState {
  const charge = typeof intent.latest_charge === "object" ? intent.latest_charge : null;
  const currency = intent.currency.toUpperCase();
  return {
    state: "paid",
    sessionRef: session.id,
    attemptId: session.metadata?.counterfoil_attempt ?? null,
    objectRef: intent.id,
    amountMinor: minorOf(intent.amount_received, currency),
    currency,
    method: methodOf(charge),
    paidAt: new Date((charge?.created ?? session.created) * 1_000),
  };
}

function methodOf(charge: Stripe.Charge | null): string | null {
  const details = charge?.payment_method_details;
  if (!details) return null;
  const { card, au_becs_debit, bacs_debit, sepa_debit, us_bank_account } = details;
  const brand = card?.brand ? card.brand.charAt(0).toUpperCase() + card.brand.slice(1) : "Card";
  if (card?.last4) return `${brand} ending ${card.last4}`;
  const last4 = (au_becs_debit ?? bacs_debit ?? sepa_debit ?? us_bank_account)?.last4;
  return last4 ? `Bank debit, account ending ${last4}` : null;
}
