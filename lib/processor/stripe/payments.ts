import type Stripe from "stripe";
import type { PaymentState, Processor } from "../types.ts";
import { attemptIn, claimIn } from "./claim.ts";
import { ask } from "./client.ts";
import { minorOf } from "./money-in.ts";
import { listed, pageOf } from "./pages.ts";
import { stateOf } from "./session-state.ts";

type PaymentCalls = Pick<Processor, "paymentsSince" | "readPayment" | "findSession">;

/** Payments as Stripe has them, also those whose session nobody here remembers. */
export function paymentCalls(stripe: Stripe): PaymentCalls {
  return {
    paymentsSince: async (page) =>
      listed(await ask(() => stripe.paymentIntents.list(pageOf(page))), paymentState),

    readPayment: async (ref) => paymentState(await ask(() => stripe.paymentIntents.retrieve(ref))),

    async findSession(objectRef) {
      const { data } = await ask(() =>
        stripe.checkout.sessions.list({
          payment_intent: objectRef,
          expand: ["data.payment_intent.latest_charge"],
        }),
      );
      const [session] = data;
      if (!session) return null;
      return {
        session: stateOf(session),
        claim: claimIn(session.metadata),
        payer: {
          name: session.customer_details?.name ?? null,
          email: session.customer_email ?? session.customer_details?.email ?? null,
        },
        createdAt: new Date(session.created * 1_000),
        expiresAt: new Date(session.expires_at * 1_000),
      };
    },
  };
}

function paymentState(intent: Stripe.PaymentIntent): PaymentState {
  const currency = intent.currency.toUpperCase();
  return {
    objectRef: intent.id,
    attemptId: attemptIn(intent.metadata),
    state: standing(intent.status),
    amountMinor: minorOf(intent.amount_received, currency),
    currency,
  };
}

function standing(status: Stripe.PaymentIntent.Status): PaymentState["state"] {
  switch (status) {
    case "succeeded":
      return "paid";
    case "requires_capture":
      return "authorised";
    case "processing":
      return "submitted";
    default:
      return "done";
  }
}
