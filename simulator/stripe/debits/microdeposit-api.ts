import type Stripe from "stripe";
import type { Route } from "../../core/types.ts";
import { type ApiHandler, api } from "../api.ts";
import { getObject } from "../objects.ts";
import { invalid, noSuch, StripeRefusal } from "../wire/errors.ts";
import { AMOUNTS, awaitsMicrodeposits, DESCRIPTOR_CODE, verifyMicrodeposits } from "./microdeposits.ts";

const verify: ApiHandler = ({ world, account, id, params }) => {
  const amounts = params.texts("amounts").map(Number);
  const code = params.text("descriptor_code");
  params.done();
  const intent = getObject<Stripe.PaymentIntent>(world, account.id, "payment_intent", id);
  if (!intent) throw noSuch("payment_intent", id, "intent");
  if (!awaitsMicrodeposits(intent)) {
    throw new StripeRefusal(400, {
      type: "invalid_request_error",
      code: "payment_intent_unexpected_state",
      message: "This PaymentIntent is not awaiting microdeposit verification.",
      payment_intent: intent,
    });
  }
  if (code === null && amounts.length === 0) {
    throw invalid("You must provide either `amounts` or `descriptor_code`.", "parameter_missing");
  }
  if (code !== null && code !== DESCRIPTOR_CODE) {
    throw invalid(
      "The descriptor code provided does not match the one that was sent to the bank account.",
      "payment_method_microdeposit_verification_descriptor_code_mismatch",
      "descriptor_code",
    );
  }
  if (code === null && amounts.toSorted((a, b) => a - b).join() !== AMOUNTS.join()) {
    throw invalid(
      "The amounts provided do not match the amounts that were sent to the bank account.",
      "payment_method_microdeposit_verification_amounts_mismatch",
      "amounts",
    );
  }
  return verifyMicrodeposits(world, account.id, intent);
};

export const microdepositRoutes: Route[] = [
  api("POST", "/v1/payment_intents/:id/verify_microdeposits", verify),
];
