import type Stripe from "stripe";
import type { Route } from "../../core/types.ts";
import { type ApiHandler, api, type Call } from "../api.ts";
import { recordEvent } from "../events/record-event.ts";
import { getObject, saveObject } from "../objects.ts";
import { invalid, noSuch } from "../wire/errors.ts";
import { listPage } from "../wire/lists.ts";
import { cancelRefund } from "./answer-refund.ts";
import { insertRefund } from "./new-refund.ts";

type Refund = Stripe.Refund;

const REASONS = ["duplicate", "fraudulent", "requested_by_customer"] as const;

function chargeToRefund({ world, account, params }: Call): Stripe.Charge {
  const chargeId = params.text("charge");
  const intentId = params.text("payment_intent");
  if (chargeId !== null && intentId !== null) {
    throw invalid(
      "You may only specify one of these parameters: charge, payment_intent.",
      "parameters_exclusive",
    );
  }
  if (chargeId !== null) {
    const charge = getObject<Stripe.Charge>(world, account.id, "charge", chargeId);
    if (!charge) throw noSuch("charge", chargeId, "charge");
    if (isMoney(charge)) return charge;
    throw invalid(
      `Charge ${charge.id} cannot be refunded: it is ${charge.captured ? charge.status : "not captured"}.`,
      "charge_not_refundable",
    );
  }
  if (intentId === null) {
    throw invalid(
      "One of the following params should be provided for this request: payment_intent or charge.",
      "parameter_missing",
    );
  }
  const intent = getObject<Stripe.PaymentIntent>(world, account.id, "payment_intent", intentId);
  if (!intent) throw noSuch("payment_intent", intentId, "payment_intent");
  const charge = getObject<Stripe.Charge>(world, account.id, "charge", String(intent.latest_charge));
  if (charge && isMoney(charge)) return charge;
  throw invalid(
    `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
    undefined,
    "payment_intent",
  );
}

const isMoney = ({ status, captured }: Stripe.Charge) => status === "succeeded" && captured;

const create: ApiHandler = (call) => {
  const { world, account, params, request } = call;
  const charge = chargeToRefund(call);
  const amount = params.integer("amount");
  const reason = params.oneOf("reason", REASONS);
  const metadata = params.metadata();
  params.done();
  return insertRefund(world, account.id, charge, { amount, reason, metadata }, request);
};

function found({ world, account, id }: Call): Refund {
  const refund = getObject<Refund>(world, account.id, "refund", id);
  if (!refund) throw noSuch("refund", id);
  return refund;
}

const retrieve: ApiHandler = (call) => {
  call.params.done();
  return found(call);
};

const update: ApiHandler = (call) => {
  const refund = found(call);
  const metadata = { ...refund.metadata, ...call.params.metadata() };
  call.params.done();
  const after = saveObject<Refund>(call.world, { ...refund, metadata });
  recordEvent(call.world, call.account.id, "refund.updated", after, call.request);
  return after;
};

const cancel: ApiHandler = (call) => {
  const refund = found(call);
  call.params.done();
  if (refund.status !== "requires_action") {
    throw invalid(
      `This refund cannot be canceled because it has a status of ${refund.status}. Only a refund with a status of requires_action may be canceled.`,
    );
  }
  return cancelRefund(call.world, call.account.id, refund, call.request);
};

const list: ApiHandler = (call) => {
  const charge = call.params.text("charge");
  const id = call.params.text("payment_intent");
  const ofCharge = (one: Refund) => charge === null || one.charge === charge;
  return listPage<Refund>(call, "refund", ofCharge, { field: "payment_intent", id });
};

export const refundRoutes: Route[] = [
  api("POST", "/v1/refunds", create),
  api("GET", "/v1/refunds", list),
  api("GET", "/v1/refunds/:id", retrieve),
  api("POST", "/v1/refunds/:id", update),
  api("POST", "/v1/refunds/:id/cancel", cancel),
];
