import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { stripeSeconds } from "../clock.ts";
import { isDebit } from "../debits/types.ts";
import { schedule } from "../due.ts";
import { recordEvent } from "../events/record-event.ts";
import { insertObject, saveObject } from "../objects.ts";
import { failPendingRefunds } from "../refunds/answer-refund.ts";
import { invalid } from "../wire/errors.ts";
import { newId } from "../wire/ids.ts";
import { ANSWER_WITHIN } from "./change-dispute.ts";
import { NO_EVIDENCE } from "./evidence.ts";
import { withdraw } from "./funds.ts";
import { disputesOf } from "./of-charge.ts";

type Dispute = Stripe.Dispute;

/** How it begins: as a dispute, as a bank's question beforehand, or settled by a refund before it became one. */
export type Complaint = {
  amount: number | null;
  reason: string | null;
  as?: "dispute" | "inquiry" | "prevented";
};

const INQUIRY_ENDS_AFTER = 120 * 86_400;

const BEGINS = {
  dispute: { status: "needs_response", case_type: "chargeback" },
  inquiry: { status: "warning_needs_response", case_type: "inquiry" },
  prevented: { status: "prevented", case_type: "resolution" },
} as const;

/**
 * Of a dispute the money leaves the balance at once, and a fee with it; of an inquiry nothing does; of what was prevented
 * the client has it already (MEM: that it is a withdrawal and no refund). Against a bank debit there is no defence: it is lost at once.
 */
export function openDispute(
  world: World,
  account: string,
  charge: Stripe.Charge,
  complaint: Complaint,
): Dispute {
  const amount = complaint.amount ?? charge.amount - charge.amount_refunded;
  const before = disputesOf(world, account, charge).reduce((sum, one) => sum + one.amount, 0);
  if (amount < 1 || before + amount > charge.amount_captured)
    throw invalid("This is not the amount of this charge or a part that was not disputed before");
  const final = isDebit(charge.payment_method_details?.type ?? "");
  const begins = BEGINS[complaint.as ?? "dispute"];
  if (final && complaint.as) throw invalid("The bank of a debit does not ask first");
  const card = charge.payment_method_details?.card;
  const created = stripeSeconds(world);
  const dispute: Dispute = {
    id: newId("du_1"),
    object: "dispute",
    amount,
    balance_transactions: [],
    charge: charge.id,
    created,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: NO_EVIDENCE,
    evidence_details: {
      due_by: final || complaint.as === "prevented" ? null : created + ANSWER_WITHIN,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: complaint.as === "inquiry",
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    ...(card && {
      payment_method_details: {
        type: "card",
        card: {
          ...{ brand: card.brand ?? "unknown", case_type: begins.case_type },
          ...{ network: card.network ?? "unknown", network_reason_code: "10.4" },
        },
      },
    }),
    reason: complaint.reason ?? (final ? "insufficient_funds" : "fraudulent"),
    status: final ? "lost" : begins.status,
  };
  saveObject<Stripe.Charge>(world, { ...charge, disputed: true });
  const inserted = insertObject<Dispute>(world, account, dispute);
  recordEvent(world, account, "charge.dispute.created", inserted);
  if (complaint.as === "inquiry")
    schedule(world, "dispute.deadline", inserted.id, created + INQUIRY_ENDS_AFTER);
  else if (!final && !complaint.as) schedule(world, "dispute.deadline", inserted.id, created + ANSWER_WITHIN);
  const opened = complaint.as === "inquiry" ? inserted : withdraw(world, account, inserted, amount);
  if (final || complaint.as === "prevented") recordEvent(world, account, "charge.dispute.closed", opened);
  world.journal.write("stripe.dispute.created", {
    ...{ dispute: inserted.id, charge: charge.id, intent: charge.payment_intent },
    ...{ amount, currency: charge.currency, reason: inserted.reason, status: inserted.status },
  });
  if (complaint.as !== "inquiry") failPendingRefunds(world, account, charge);
  return opened;
}
