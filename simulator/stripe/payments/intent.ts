import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { stripeSeconds } from "../clock.ts";
import { type EventRequest, recordEvent } from "../events/record-event.ts";
import { getObject, insertObject, saveObject } from "../objects.ts";
import { getDetails, type IntentData } from "../sessions/details.ts";
import { newId } from "../wire/ids.ts";

type Intent = Stripe.PaymentIntent;

export function getIntent(world: World, account: string, id: string): Intent {
  const intent = getObject<Intent>(world, account, "payment_intent", id);
  if (!intent) throw new Error(`No payment intent ${id}`);
  return intent;
}

/** A session has none until its first card is tried, and keeps that one through all tries. */
export function intentOf(world: World, account: string, session: Stripe.Checkout.Session): Intent {
  if (session.payment_intent) return getIntent(world, account, String(session.payment_intent));
  const { intentData } = getDetails(world, session.id);
  const id = newId("pi_3");
  const intent = insertObject<Intent>(world, account, {
    id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount: session.amount_total ?? 0,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: intentData.captureMethod,
    client_secret: `${id}_secret_${newId("whsec_").slice(6)}`,
    confirmation_method: "automatic",
    created: stripeSeconds(world),
    currency: session.currency ?? "",
    customer: null,
    customer_account: null,
    description: intentData.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: intentData.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: methodOptions(session.payment_method_types, intentData),
    payment_method_types: session.payment_method_types,
    payment_record: null,
    processing: null,
    receipt_email: intentData.receiptEmail,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: intentData.statementDescriptor,
    statement_descriptor_suffix: intentData.statementDescriptorSuffix,
    status: "requires_payment_method",
    transfer_data: null,
    transfer_group: null,
  });
  recordEvent(world, account, "payment_intent.created", intent);
  return intent;
}

function methodOptions(
  types: string[],
  { cardCapture }: IntentData,
): Stripe.PaymentIntent.PaymentMethodOptions {
  const card = {
    ...{ installments: null, mandate_options: null, network: null },
    request_three_d_secure: "automatic" as const,
    ...(cardCapture && { capture_method: cardCapture }),
  };
  return Object.fromEntries(types.map((type) => [type, type === "card" ? card : {}]));
}

/** Nothing can be tried with it any more. */
export function cancelIntent(
  world: World,
  account: string,
  intent: Intent,
  reason: string | null,
  request?: EventRequest,
): Intent {
  const cancelled = saveObject<Intent>(world, {
    ...intent,
    status: "canceled",
    canceled_at: stripeSeconds(world),
    cancellation_reason: reason,
    next_action: null,
  });
  recordEvent(world, account, "payment_intent.canceled", cancelled, request);
  return cancelled;
}
