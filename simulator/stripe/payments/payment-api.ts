import type Stripe from "stripe";
import type { Route } from "../../core/types.ts";
import { type ApiHandler, api } from "../api.ts";
import { noSuch } from "../errors.ts";
import { listPage } from "../lists.ts";
import { getObject, type Stored } from "../objects.ts";

const retrieve =
  (kind: string, what = kind): ApiHandler =>
  ({ world, account, id, params }) => {
    params.done();
    const found = getObject<Stored>(world, account.id, kind, id);
    if (!found) throw noSuch(what, id);
    return found;
  };

const listCharges: ApiHandler = (call) => {
  const id = call.params.text("payment_intent");
  return listPage<Stripe.Charge>(call, "charge", undefined, { field: "payment_intent", id });
};

export const paymentRoutes: Route[] = [
  api("GET", "/v1/payment_intents", (call) => listPage(call, "payment_intent")),
  api("GET", "/v1/payment_intents/:id", retrieve("payment_intent")),
  api("GET", "/v1/payment_methods/:id", retrieve("payment_method", "PaymentMethod")),
  api("GET", "/v1/charges", listCharges),
  api("GET", "/v1/charges/:id", retrieve("charge")),
];
