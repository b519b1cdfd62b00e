import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { insertWithdrawalEntry } from "../balance/dispute-entry.ts";
import { stripeSeconds } from "../clock.ts";
import { isDebit } from "../debits/types.ts";
import { schedule } from "../due.ts";
import { invalid } from "../errors.ts";
import { recordEvent } from "../events/record-event.ts";
import { newId } from "../ids.ts";
import { insertObject, listOfIntent, saveObject } from "../objects.ts";
import { failRefund } from "../refunds/answer-refund.ts";
import { NO_EVIDENCE } from "./evidence.ts";
import { disputesOf } from "./of-charge.ts";

type Dispute = Stripe.Dispute;

export type Complaint = { amount: number | null; reason: string | null };

/** How long a merchant has to answer, in seconds. */
const ANSWER_WITHIN = 7 * 86_400;

/** The money leaves the balance at once, and a fee with it. Against a bank debit there is no defence: it is lost at once. */
export function openDispute(
  world: World,
  account: string,
  charge: Stripe.Charge,
  complaint: Complaint,
): Dispute {
  const amount = complaint.amount ?? charge.amount - charge.amount_refunded;
  if (disputesOf(world, account, charge).length > 0) throw invalid("This charge was disputed before");
  if (amount < 1 || amount > charge.amount_captured)
    throw invalid("This is not the amount of this charge or a part");
  const final = isDebit(charge.payment_method_details?.type ?? "");
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
      due_by: final ? null : created + ANSWER_WITHIN,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    ...(card && {
      payment_method_details: {
        type: "card",
        card: {
          ...{ brand: card.brand ?? "unknown", case_type: "chargeback" },
          ...{ network: card.network ?? "unknown", network_reason_code: "10.4" },
        },
      },
    }),
    reason: complaint.reason ?? (final ? "insufficient_funds" : "fraudulent"),
    status: final ? "lost" : "needs_response",
  };
  const withdrawn = insertWithdrawalEntry(world, account, dispute);
  const inserted = insertObject<Dispute>(world, account, { ...dispute, balance_transactions: [withdrawn] });
  saveObject<Stripe.Charge>(world, { ...charge, disputed: true });
  if (!final) schedule(world, "dispute.deadline", inserted.id, created + ANSWER_WITHIN);
  recordEvent(world, account, "charge.dispute.created", inserted);
  recordEvent(world, account, "charge.dispute.funds_withdrawn", inserted);
  if (final) recordEvent(world, account, "charge.dispute.closed", inserted);
  world.journal.write("stripe.dispute.created", {
    ...{ dispute: inserted.id, charge: charge.id, intent: charge.payment_intent },
    ...{ amount, currency: charge.currency, reason: inserted.reason, status: inserted.status },
  });
  failPendingRefunds(world, account, charge);
  return inserted;
}

function failPendingRefunds(world: World, account: string, charge: Stripe.Charge): void {
  for (const refund of listOfIntent<Stripe.Refund>(world, account, "refund", String(charge.payment_intent))) {
    if (refund.status !== "pending") continue;
    failRefund(world, account, refund, "charge_for_pending_refund_disputed");
  }
}
