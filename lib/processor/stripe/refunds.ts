import type Stripe from "stripe";
import { toStripe } from "#lib/core/money/currencies.ts";
import type { Processor, RefundState } from "../types.ts";
import { ask } from "./client.ts";
import { minorOf } from "./money-in.ts";
import { listed, pageOf, readEach } from "./pages.ts";

type RefundCalls = Pick<Processor, "createRefund" | "readRefund" | "listRefunds" | "refundsSince">;

export function refundCalls(stripe: Stripe): RefundCalls {
  return {
    async createRefund({ refundId, objectRef, amountMinor, currency }) {
      const refund = await ask(() =>
        stripe.refunds.create(
          {
            payment_intent: objectRef,
            amount: toStripe({ minor: amountMinor, currency }),
            metadata: { counterfoil_refund: refundId },
          },
          { idempotencyKey: `refund-${refundId}` },
        ),
      );
      return refundState(refund);
    },

    readRefund: async (ref) => refundState(await ask(() => stripe.refunds.retrieve(ref))),

    async listRefunds({ objectRef }) {
      const refunds = await ask(() =>
        stripe.refunds.list({ payment_intent: objectRef, limit: 100 }).autoPagingToArray({ limit: 10_000 }),
      );
      return readEach(refunds, refundState).rows;
    },

    refundsSince: async (page) => listed(await ask(() => stripe.refunds.list(pageOf(page))), refundState),
  };
}

function refundState(refund: Stripe.Refund): RefundState {
  const intent = refund.payment_intent;
  const currency = refund.currency.toUpperCase();
  return {
    refundRef: refund.id,
    objectRef: typeof intent === "string" ? intent : (intent?.id ?? null),
    refundId: refund.metadata?.counterfoil_refund ?? null,
    amountMinor: minorOf(refund.amount, currency),
    currency,
    state: stateOf(refund.status),
    createdAt: new Date(refund.created * 1_000),
  };
}

/** "requires_action" waits for the client, as "pending" does for a bank; a canceled one came to nothing. */
function stateOf(status: string | null): RefundState["state"] {
  if (status === "succeeded") return "succeeded";
  return status === "failed" || status === "canceled" ? "failed" : "pending";
}
