import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { stripeSeconds } from "../clock.ts";
import { schedule } from "../due.ts";
import { recordEvent } from "../events/record-event.ts";
import { saveObject } from "../objects.ts";
import { getCharge } from "../payments/charge.ts";
import { failPendingRefunds } from "../refunds/answer-refund.ts";
import { outstanding, withdraw } from "./funds.ts";

type Dispute = Stripe.Dispute;

/** How long a merchant has to answer, in seconds. */
export const ANSWER_WITHIN = 7 * 86_400;

/** The bank was not content with the answer to its inquiry: it is a dispute now, and the money leaves. */
export function escalate(world: World, account: string, inquiry: Dispute): Dispute {
  const charge = getCharge(world, account, String(inquiry.charge));
  const asked = askAgain(world, account, inquiry, "needs_response", "chargeback");
  // TYPES, Dispute.is_charge_refundable: what was refunded meanwhile is not withdrawn any more.
  const left = Math.min(asked.amount, charge.amount - charge.amount_refunded);
  const taken = left > 0 ? withdraw(world, account, asked, left) : asked;
  failPendingRefunds(world, account, charge);
  return taken;
}

/** The other side does not accept what was decided. What had come back is taken again until it is decided anew. */
export function appeal(world: World, account: string, dispute: Dispute): Dispute {
  const back = dispute.amount - outstanding(dispute);
  const asked = askAgain(world, account, dispute, "appeal_needs_response", "chargeback");
  return dispute.status === "won" && back > 0 ? withdraw(world, account, asked, back) : asked;
}

function askAgain(
  world: World,
  account: string,
  dispute: Dispute,
  status: Dispute["status"],
  case_type: string,
): Dispute {
  const due_by = stripeSeconds(world) + ANSWER_WITHIN;
  const details = dispute.payment_method_details;
  const asked = saveObject<Dispute>(world, {
    ...dispute,
    ...{ status, is_charge_refundable: false },
    evidence_details: { ...dispute.evidence_details, due_by, past_due: false },
    ...(details?.card && { payment_method_details: { ...details, card: { ...details.card, case_type } } }),
  });
  schedule(world, "dispute.deadline", dispute.id, due_by);
  recordEvent(world, account, "charge.dispute.updated", asked);
  world.journal.write(`stripe.dispute.${status}`, { dispute: dispute.id, charge: dispute.charge });
  return asked;
}

const ANSWERED: Record<string, Dispute["status"]> = {
  needs_response: "under_review",
  warning_needs_response: "warning_under_review",
  appeal_needs_response: "appeal_under_review",
};

/** What its status is once evidence is submitted; nothing where none is taken. */
export const whenAnswered = ({ status }: Dispute): Dispute["status"] | undefined => ANSWERED[status];
