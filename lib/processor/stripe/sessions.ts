import type Stripe from "stripe";
import { type Processor, ProcessorFault, type SessionState } from "../types.ts";
import { ask, stripeClient } from "./client.ts";

const WITH_CARD = ["payment_intent.latest_charge"];

/** Hosted Checkout by redirect: no card number comes near us (PCI SAQ A). */
export function stripeProcessor(secretKey: string): Processor {
  const stripe = stripeClient(secretKey);

  return {
    async createSession(request) {
      const facts = { counterfoil_attempt: request.attemptId };
      const session = await ask(() =>
        stripe.checkout.sessions.create(
          {
            mode: "payment",
            allowed_payment_method_types: ["card"],
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
            customer_email: request.payerEmail,
            line_items: request.lines.map((line) => ({
              quantity: 1,
              price_data: {
                currency: request.currency.toLowerCase(),
                unit_amount: Number(line.amountMinor * stripeUnits(request.currency)),
                product_data: { name: line.label },
              },
            })),
            success_url: request.returnUrl,
            cancel_url: request.cancelUrl,
            expires_at: Math.floor(request.expiresAt.getTime() / 1_000),
          },
          { idempotencyKey: `attempt-${request.attemptId}` },
        ),
      );
      if (!session.url) throw new ProcessorFault("no_answer", "Stripe opened a session without an address");
      return { sessionRef: session.id, url: session.url };
    },

    readSession: (ref) =>
      ask(async () => stateOf(await stripe.checkout.sessions.retrieve(ref, { expand: WITH_CARD }))),

    async expireSession(ref) {
      try {
        return await ask(async () => stateOf(await stripe.checkout.sessions.expire(ref)));
      } catch (error) {
        // "Only open sessions can be expired": then it is paid or closed, and reading says which.
        if (error instanceof ProcessorFault && error.kind === "refused") return this.readSession(ref);
        throw error;
      }
    },
  };
}

/** Pure: what a Checkout session means to us. A complete session counts only when its money is confirmed. */
function stateOf(session: Stripe.Checkout.Session): SessionState {
  if (session.status === "complete" && session.payment_status === "paid") {
    const intent = typeof session.payment_intent === "object" ? session.payment_intent : null;
    const charge = intent && typeof intent.latest_charge === "object" ? intent.latest_charge : null;
    const objectRef =
      intent?.id ?? (typeof session.payment_intent === "string" ? session.payment_intent : null);
    const currency = (session.currency ?? "").toUpperCase();
    if (!objectRef) throw new ProcessorFault("no_answer", "Stripe says paid, but names no payment");
    return {
      state: "paid",
      sessionRef: session.id,
      attemptId: session.metadata?.counterfoil_attempt ?? null,
      objectRef,
      amountMinor: BigInt(intent?.amount_received ?? session.amount_total ?? 0) / stripeUnits(currency),
      currency,
      method: cardOf(charge),
      paidAt: new Date((charge?.created ?? session.created) * 1_000),
    };
  }
  if (session.status === "expired") return { state: "closed", sessionRef: session.id, reason: "expired" };
  return { state: "open", sessionRef: session.id, url: session.url ?? "" };
}

/** Krónur and Ugandan shillings have no decimals in ISO 4217, but Stripe counts them in hundredths. */
function stripeUnits(currency: string): bigint {
  return currency === "ISK" || currency === "UGX" ? 100n : 1n;
}

function cardOf(charge: Stripe.Charge | null): string | null {
  const card = charge?.payment_method_details?.card;
  if (!card?.last4) return null;
  const brand = card.brand ? card.brand.charAt(0).toUpperCase() + card.brand.slice(1) : "Card";
  return `${brand} ending ${card.last4}`;
}
