import type Stripe from "stripe";
import { stepOf, toStripe } from "#lib/core/money/currencies.ts";
import type { DisputeStage, DisputeState, Processor } from "../types.ts";
import { ask } from "./client.ts";
import { minorOf } from "./money-in.ts";
import { listed, pageOf } from "./pages.ts";
import { isToComeBack, withdrawnOf } from "./withdrawn.ts";

export function disputeCalls(stripe: Stripe): Pick<Processor, "readDispute" | "disputesSince"> {
  return {
    readDispute: async (ref) => disputeState(await ask(() => stripe.disputes.retrieve(ref))),
    disputesSince: async (page) => listed(await ask(() => stripe.disputes.list(pageOf(page))), disputeState),
  };
}

export function disputeState(dispute: Stripe.Dispute): DisputeState {
  const intent = dispute.payment_intent;
  const currency = dispute.currency.toUpperCase();
  const dueBy = dispute.evidence_details.due_by;
  const stage = STAGES[dispute.status] ?? "open";
  return {
    disputeRef: dispute.id,
    objectRef: typeof intent === "string" ? intent : (intent?.id ?? null),
    amountMinor: minorOf(dispute.amount, currency),
    currency,
    state: stage === "won" && isToComeBack(dispute) ? "won_unpaid" : stage,
    withdrawnMinor: minorOf(withdrawnOf(dispute, stepAtStripe(currency)), currency),
    reason: dispute.reason,
    dueBy: dueBy === null ? null : new Date(dueBy * 1_000),
    createdAt: new Date(dispute.created * 1_000),
  };
}

const stepAtStripe = (currency: string) => toStripe({ minor: stepOf(currency), currency });

/** Of the types of stripe 23.1, Dispute.Status. A status that is not among them is not decided: no money is told by it. */
const STAGES: Record<string, DisputeStage> = {
  warning_needs_response: "inquiry",
  warning_under_review: "inquiry_answered",
  warning_closed: "inquiry_closed",
  needs_response: "open",
  under_review: "answered",
  appeal_needs_response: "appeal",
  appeal_under_review: "appeal_answered",
  won: "won",
  lost: "lost",
  prevented: "prevented",
};
