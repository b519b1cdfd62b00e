import Stripe from "stripe";
import { toStripe } from "#lib/core/money/currencies.ts";
import { type Processor, ProcessorFault } from "../types.ts";
import { metadataOf } from "./claim.ts";
import { ask, stripeClient } from "./client.ts";
import { disputeCalls } from "./disputes.ts";
import { paymentCalls } from "./payments.ts";
import { payoutCalls } from "./payouts.ts";
import { refundCalls } from "./refunds.ts";
import { stateOf } from "./session-state.ts";

const WITH_CARD = ["payment_intent.latest_charge"];

/** Hosted Checkout by redirect: no card number comes near us (PCI SAQ A). */
export function stripeProcessor(secretKey: string, { takesDebits }: { takesDebits: boolean }): Processor {
  const stripe = stripeClient(secretKey);

  return {
    ...refundCalls(stripe),
    ...disputeCalls(stripe),
    ...paymentCalls(stripe),
    ...payoutCalls(stripe),

    async createSession(request) {
      const facts = metadataOf(request);
      const create = (more: { customer_email?: string }, key: string) =>
        stripe.checkout.sessions.create(
          {
            ...more,
            mode: "payment",
            allowed_payment_method_types: ["card", ...(takesDebits ? debitsIn(request.currency) : [])],
            // Reserved first; taken after one more look at what is owed.
            payment_method_options: { card: { capture_method: "manual" } },
            // Xero is owed the invoice's own currency: never let Stripe charge another.
            adaptive_pricing: { enabled: false },
            client_reference_id: request.attemptId,
            metadata: facts,
            payment_intent_data: {
              metadata: facts,
              description: request.lines
                .map((line) => line.label)
                .join(", ")
                .slice(0, 500),
            },
            line_items: request.lines.map((line) => ({
              quantity: 1,
              price_data: {
                currency: request.currency.toLowerCase(),
                unit_amount: toStripe({ minor: line.amountMinor, currency: request.currency }),
                product_data: { name: line.label },
              },
            })),
            success_url: request.returnUrl,
            cancel_url: request.cancelUrl,
            expires_at: Math.floor(request.expiresAt.getTime() / 1_000),
          },
          { idempotencyKey: key },
        );
      const key = `attempt-${request.attemptId}`;
      const session = await ask(async () => {
        try {
          return await create({ customer_email: request.payerEmail }, key);
        } catch (error) {
          if (!isAboutEmail(error)) throw error;
          return create({}, `${key}-no-email`);
        }
      });
      if (!session.url) throw new ProcessorFault("no_answer", "Stripe opened a session without an address");
      return { sessionRef: session.id, url: session.url };
    },

    async readSession(ref) {
      try {
        return await ask(async () =>
          stateOf(await stripe.checkout.sessions.retrieve(ref, { expand: WITH_CARD })),
        );
      } catch (error) {
        // docs.stripe.com/error-codes: "The ID provided isn't valid. Either the resource doesn't exist, or an ID for a different resource has been provided."
        if (error instanceof ProcessorFault && error.code === "resource_missing")
          return { state: "unknown", sessionRef: ref };
        throw error;
      }
    },

    async expireSession(ref) {
      try {
        return await ask(async () => stateOf(await stripe.checkout.sessions.expire(ref)));
      } catch (error) {
        // "Only open sessions can be expired": then it is paid or closed, and reading says which.
        if (error instanceof ProcessorFault && error.kind === "refused") return this.readSession(ref);
        throw error;
      }
    },

    capture: (ref) =>
      unlessTooLate(() => stripe.paymentIntents.capture(ref, {}, { idempotencyKey: `capture-${ref}` })),
    release: (ref) =>
      unlessTooLate(() => stripe.paymentIntents.cancel(ref, { cancellation_reason: "abandoned" })),
  };
}

/** Stripe takes fewer addresses than mail servers do; it only fills in a field of its page with it. */
function isAboutEmail(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "email_invalid";
}

type Debit = "au_becs_debit" | "bacs_debit" | "sepa_debit" | "us_bank_account";

/** Stripe's bank debit of a currency, if it has one (docs.stripe.com/payments/bank-debits). */
function debitsIn(currency: string): Debit[] {
  switch (currency) {
    case "AUD":
      return ["au_becs_debit"];
    case "GBP":
      return ["bacs_debit"];
    case "EUR":
      return ["sepa_debit"];
    case "USD":
      return ["us_bank_account"];
    default:
      return [];
  }
}

/** "This PaymentIntent could not be captured because it has a status of …": whoever asks reads what it is now. */
async function unlessTooLate(work: () => Promise<unknown>): Promise<void> {
  try {
    await ask(work);
  } catch (error) {
    if (!(error instanceof ProcessorFault && error.kind === "refused")) throw error;
  }
}
