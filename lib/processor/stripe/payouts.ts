import type Stripe from "stripe";
import type { BalanceEntry, PayoutState, Processor } from "../types.ts";
import { ask } from "./client.ts";
import { minorOf } from "./money-in.ts";

type PayoutCalls = Pick<Processor, "readPayout" | "listPayouts" | "listEntries">;

const seconds = (at: Date) => Math.floor(at.getTime() / 1_000);

export function payoutCalls(stripe: Stripe): PayoutCalls {
  return {
    readPayout: async (ref) => payoutState(await ask(() => stripe.payouts.retrieve(ref))),

    async listPayouts(since) {
      const payouts = await ask(() =>
        stripe.payouts
          .list({ created: { gte: seconds(since) }, limit: 100 })
          .autoPagingToArray({ limit: 10_000 }),
      );
      return payouts.map(payoutState);
    },

    async listEntries(which) {
      const query =
        "payoutRef" in which
          ? { payout: which.payoutRef }
          : { created: { gte: seconds(which.since), lte: seconds(which.until) } };
      const entries = await ask(() =>
        stripe.balanceTransactions
          .list({ ...query, limit: 100, expand: ["data.source"] })
          .autoPagingToArray({ limit: 10_000 }),
      );
      const own = "payoutRef" in which ? which.payoutRef : null;
      return entries
        .map(entryOf)
        .filter(({ kind, sourceRef }) => kind !== "payout" || own === null || sourceRef !== own);
    },
  };
}

function payoutState(payout: Stripe.Payout): PayoutState {
  const currency = payout.currency.toUpperCase();
  return {
    payoutRef: payout.id,
    state: stateOf(payout.status),
    isAutomatic: payout.automatic,
    isListed: payout.reconciliation_status === "completed",
    currency,
    amountMinor: minorOf(payout.amount, currency),
    createdAt: new Date(payout.created * 1_000),
    arrivesOn: new Date(payout.arrival_date * 1_000).toISOString().slice(0, 10),
  };
}

/** A canceled one never left; a failed one may have been paid before. */
function stateOf(status: string): PayoutState["state"] {
  if (status === "paid") return "paid";
  return status === "failed" || status === "canceled" ? "failed" : "moving";
}

function entryOf(entry: Stripe.BalanceTransaction): BalanceEntry {
  const currency = entry.currency.toUpperCase();
  const minor = (amount: number) => minorOf(amount, currency);
  const kind = isReserve(entry) ? "reserve" : kindOf(entry.reporting_category);
  const isFee = kind === "fee" || kind === "tax";
  const feeMinor = isFee ? -minor(entry.net) : minor(entry.fee);
  const source = typeof entry.source === "object" ? entry.source : null;
  const intent = source && "payment_intent" in source ? source.payment_intent : null;
  return {
    entryRef: entry.id,
    kind,
    sourceRef: source?.id ?? null,
    objectRef: typeof intent === "string" ? intent : (intent?.id ?? null),
    currency,
    // What Stripe takes for itself moves nothing else.
    grossMinor: isFee ? 0n : minor(entry.amount),
    feeMinor,
    // TYPES, FeeDetail.type: a "tax" beside the fees that it is on.
    taxedFeeMinor: entry.fee_details.some(({ type, amount }) => type === "tax" && amount !== 0)
      ? feeMinor
      : 0n,
    createdAt: new Date(entry.created * 1_000),
  };
}

/** TYPES, BalanceTransaction.type: what is held back for a time, and given back later. */
function isReserve({ type, reporting_category }: Stripe.BalanceTransaction): boolean {
  const held = /^(payment_network_)?reserve_|^reserved_funds$|^payout_minimum_balance_/;
  return reporting_category === "risk_reserved_funds" || held.test(type);
}

/** docs.stripe.com/reports/reporting-categories */
function kindOf(category: string): BalanceEntry["kind"] {
  switch (category) {
    case "charge":
    case "charge_failure":
      return "charge";
    case "refund":
    case "refund_failure":
    case "partial_capture_reversal":
      return "refund";
    case "dispute":
    case "dispute_reversal":
      return "dispute";
    case "fee":
    case "network_cost":
      return "fee";
    case "tax":
      return "tax";
    case "payout":
      return "payout";
    case "payout_reversal":
      return "payout_back";
    default:
      return "adjustment";
  }
}
