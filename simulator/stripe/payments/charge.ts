import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { stripeSeconds } from "../clock.ts";
import { getObject, insertObject } from "../objects.ts";
import { newId } from "../wire/ids.ts";
import type { Decline } from "./cards.ts";
import { chargeDetails } from "./charge-details.ts";

/** How long a bank keeps an authorisation, in seconds. */
export const HELD_FOR = 7 * 86_400;

/** Taken: the money is the merchant's, or held for them. Pending: a bank has been asked. */
export type ChargeState =
  | { kind: "taken"; captured: boolean; authenticated: boolean }
  | { kind: "refused"; decline: Decline; authenticated: boolean }
  | { kind: "pending" };

const STATUS = { taken: "succeeded", refused: "failed", pending: "pending" } as const;

/** One try at a method. Its balance transaction comes with its capture, or a moment later, as with automatic_async. */
export function insertCharge(
  world: World,
  account: string,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  state: ChargeState,
): Stripe.Charge {
  const taken = state.kind === "taken";
  const captured = taken ? state.captured : state.kind === "pending";
  const decline = state.kind === "refused" ? state.decline : null;
  const authenticated = state.kind !== "pending" && state.authenticated;
  const created = stripeSeconds(world);
  const details = chargeDetails(method, intent.amount, authenticated);
  if (details.card && taken && !captured) details.card.capture_before = created + HELD_FOR;
  return insertObject<Stripe.Charge>(world, account, {
    id: newId(method.card ? "ch_3" : "py_3"),
    object: "charge",
    amount: intent.amount,
    amount_captured: captured ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: intent.statement_descriptor,
    captured,
    created,
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(decline),
    paid: taken,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: details,
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: taken ? `${world.baseUrl}/receipts/${intent.id}` : null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: STATUS[state.kind],
    transfer_data: null,
    transfer_group: null,
  });
}

function outcomeOf(decline: Decline | null): Stripe.Charge.Outcome {
  return {
    advice_code: decline ? "try_again_later" : null,
    network_advice_code: null,
    network_decline_code: decline ? "01" : null,
    network_status: decline ? "declined_by_network" : "approved_by_network",
    reason: decline ? (decline.decline_code ?? decline.code) : null,
    risk_level: "normal",
    risk_score: 21,
    seller_message: decline
      ? "The bank did not return any further details with this decline."
      : "Payment complete.",
    type: decline ? "issuer_declined" : "authorized",
  };
}

export function getCharge(world: World, account: string, id: string): Stripe.Charge {
  const charge = getObject<Stripe.Charge>(world, account, "charge", id);
  if (!charge) throw new Error(`No charge ${id}`);
  return charge;
}
