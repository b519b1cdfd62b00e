import type Stripe from "stripe";
import type { Route } from "../../core/types.ts";
import { type ApiHandler, api } from "../api.ts";
import { getObject, type Stored, saveObject } from "../objects.ts";
import { readEmail } from "../sessions/session-params.ts";
import { invalid, noSuch } from "../wire/errors.ts";
import { listPage } from "../wire/lists.ts";

const retrieve =
  (kind: string, what = kind, param = "id"): ApiHandler =>
  ({ world, account, id, params }) => {
    params.done();
    const found = getObject<Stored>(world, account.id, kind, id);
    if (!found) throw noSuch(what, id, param);
    return found;
  };

const listCharges: ApiHandler = (call) => {
  const id = call.params.text("payment_intent");
  return listPage<Stripe.Charge>(call, "charge", undefined, { field: "payment_intent", id });
};

/** What a merchant may change of a charge, and no event tells of. */
const updateCharge: ApiHandler = ({ world, account, id, params }) => {
  const charge = getObject<Stripe.Charge>(world, account.id, "charge", id);
  const metadata = params.metadata();
  const description = params.text("description", { max: 1000 });
  const email = readEmail(params, "receipt_email");
  params.done();
  if (!charge) throw noSuch("charge", id);
  return saveObject<Stripe.Charge>(world, {
    ...charge,
    metadata: { ...charge.metadata, ...metadata },
    description: description ?? charge.description,
    receipt_email: email ?? charge.receipt_email,
  });
};

const noSearch: ApiHandler = () => {
  throw invalid("This simulator has no search.");
};

export const paymentRoutes: Route[] = [
  api("GET", "/v1/payment_intents", (call) => listPage(call, "payment_intent")),
  api("GET", "/v1/payment_intents/:id", retrieve("payment_intent", "payment_intent", "intent")),
  api("GET", "/v1/payment_methods/:id", retrieve("payment_method", "PaymentMethod")),
  api("GET", "/v1/payment_intents/search", noSearch),
  api("GET", "/v1/charges/search", noSearch),
  api("POST", "/v1/charges/:id", updateCharge),
  api("GET", "/v1/charges", listCharges),
  api("GET", "/v1/charges/:id", retrieve("charge")),
];
