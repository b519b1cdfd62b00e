import type Stripe from "stripe";
import type { DisputeState, Processor } from "../types.ts";
import { ask } from "./client.ts";
import { minorOf } from "./money-in.ts";
import { listed, pageOf } from "./pages.ts";

export function disputeCalls(stripe: Stripe): Pick<Processor, "readDispute" | "disputesSince"> {
  return {
    readDispute: async (ref) => disputeState(await ask(() => stripe.disputes.retrieve(ref))),
    disputesSince: async (page) => listed(await ask(() => stripe.disputes.list(pageOf(page))), disputeState),
  };
}

function disputeState(dispute: Stripe.Dispute): DisputeState {
  const intent = dispute.payment_intent;
  const currency = dispute.currency.toUpperCase();
  const dueBy = dispute.evidence_details.due_by;
  return {
    disputeRef: dispute.id,
    objectRef: typeof intent === "string" ? intent : (intent?.id ?? null),
    amountMinor: minorOf(dispute.amount, currency),
    currency,
    state: stateOf(dispute.status),
    reason: dispute.reason,
    dueBy: dueBy === null ? null : new Date(dueBy * 1_000),
    createdAt: new Date(dispute.created * 1_000),
  };
}

/** A warning is a question of the bank's that has taken no money yet; closed, or prevented, it takes none. */
function stateOf(status: Stripe.Dispute.Status): DisputeState["state"] {
  switch (status) {
    case "lost":
      return "lost";
    case "won":
    case "warning_closed":
    case "prevented":
      return "won";
    default:
      return "open";
  }
}
