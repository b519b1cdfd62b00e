import type Stripe from "stripe";
import { clearSetting, getSetting } from "../../core/settings.ts";
import type { Route } from "../../core/types.ts";
import { type ApiHandler, api, type Call } from "../api.ts";
import { getObject, saveObject } from "../objects.ts";
import type { Decline } from "../payments/cards.ts";
import { getIntent } from "../payments/intent.ts";
import { FinalRefusal, invalid, noSuch, StripeRefusal } from "../wire/errors.ts";
import { captureIntent, refuseCapture } from "./capture.ts";
import { refusalSetting } from "./refusal-setting.ts";
import { releaseHold } from "./release.ts";

type Intent = Stripe.PaymentIntent;

const REASONS = ["abandoned", "duplicate", "fraudulent", "requested_by_customer"] as const;

function found({ world, account, id }: Call): Intent {
  const intent = getObject<Intent>(world, account.id, "payment_intent", id);
  if (!intent) throw noSuch("payment_intent", id, "intent");
  return intent;
}

function wrongState(intent: Intent, message: string): StripeRefusal {
  return new StripeRefusal(400, {
    type: "invalid_request_error",
    code: "payment_intent_unexpected_state",
    message,
    payment_intent: intent,
  });
}

function amountOf({ params }: Call, { amount_capturable, currency }: Intent): number {
  const amount = params.integer("amount_to_capture") ?? amount_capturable;
  if (amount < 1) throw invalid("Invalid positive integer", "parameter_invalid_integer", "amount_to_capture");
  if (amount <= amount_capturable) return amount;
  throw invalid(
    `The amount_to_capture (${amount} ${currency}) is greater than the amount_capturable of this PaymentIntent (${amount_capturable} ${currency}).`,
    "amount_too_large",
    "amount_to_capture",
  );
}

const capture: ApiHandler = (call) => {
  const { world, account, params, request } = call;
  const intent = found(call);
  if (intent.status !== "requires_capture") {
    const because =
      intent.status === "succeeded"
        ? "it has already been captured."
        : `it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`;
    throw wrongState(intent, `This PaymentIntent could not be captured because ${because}`);
  }
  const amount = amountOf(call, intent);
  params.oneOf("final_capture", ["true"]);
  const metadata = { ...intent.metadata, ...params.metadata() };
  params.done();
  const decline = getSetting<Decline | null>(world, refusalSetting(intent.id), null);
  if (decline === null) return captureIntent(world, account.id, { ...intent, metadata }, amount, request);
  clearSetting(world, refusalSetting(intent.id));
  refuseCapture(world, account.id, intent, decline);
  throw new FinalRefusal(402, {
    type: "card_error",
    ...decline,
    payment_intent: getIntent(world, account.id, intent.id),
  });
};

const cancel: ApiHandler = (call) => {
  const { world, account, params, request } = call;
  const intent = found(call);
  const reason = params.oneOf("cancellation_reason", REASONS);
  params.done();
  if (intent.status === "requires_capture") {
    return releaseHold(world, account.id, intent, { event: "charge.refunded", reason, request });
  }
  if (/^requires_/.test(intent.status)) {
    throw wrongState(
      intent,
      "You cannot cancel this PaymentIntent because it was created by a Checkout Session. Expire the Checkout Session instead.",
    );
  }
  throw wrongState(
    intent,
    `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_reauthorization, requires_confirmation, requires_action, processing.`,
  );
};

const update: ApiHandler = (call) => {
  const intent = found(call);
  const metadata = { ...intent.metadata, ...call.params.metadata() };
  const description = call.params.text("description", { max: 1000 }) ?? intent.description;
  call.params.done();
  return saveObject<Intent>(call.world, { ...intent, metadata, description });
};

export const captureRoutes: Route[] = [
  api("POST", "/v1/payment_intents/:id", update),
  api("POST", "/v1/payment_intents/:id/capture", capture),
  api("POST", "/v1/payment_intents/:id/cancel", cancel),
];
