import type Stripe from "stripe";
import { z } from "zod";
import { NotAllowed, number, yes } from "../../control/input.ts";
import type { Route, World } from "../../core/types.ts";
import { appeal, escalate, whenAnswered } from "../disputes/change-dispute.ts";
import { closeInquiry, isInquiry, isOpen, loseDispute, winDispute } from "../disputes/close-dispute.ts";
import { outstanding, reinstate } from "../disputes/funds.ts";
import { openDispute } from "../disputes/new-dispute.ts";
import { recordEvent } from "../events/record-event.ts";
import { saveObject } from "../objects.ts";
import { getCharge } from "../payments/charge.ts";
import { find, findPayment, lever } from "./lever.ts";

const REASONS = [
  "bank_cannot_process",
  "credit_not_processed",
  "customer_initiated",
  "debit_not_authorized",
  "duplicate",
  "fraudulent",
  "general",
  "incorrect_account_details",
  "insufficient_funds",
  "product_not_received",
  "product_unacceptable",
  "subscription_canceled",
  "unrecognized",
] as const;

const opened = z.object({
  payment: z.string(),
  amount: number.int().optional(),
  reason: z.enum(REASONS).optional(),
  as: z.enum(["dispute", "inquiry", "prevented"]).default("dispute"),
});

export const DISPUTE_ANSWERS = [
  "under_review",
  "escalated",
  "warning_closed",
  "won",
  "lost",
  "appealed",
] as const;

const answered = z.object({
  dispute: z.string(),
  answer: z.enum(DISPUTE_ANSWERS),
  /** Of what was withdrawn; by default all of it when it is won, and nothing when it is lost. */
  givenBack: number.int().min(0).optional(),
  /** Won, and the money comes by `dispute-reinstate`. */
  late: yes.default(false),
});

const reinstated = z.object({ dispute: z.string(), amount: number.int().min(1).optional() });

type Dispute = Stripe.Dispute;
type Step = {
  from: (dispute: Dispute) => boolean;
  go: (world: World, account: string, dispute: Dispute, asked: z.infer<typeof answered>) => Dispute;
};

/** What each answer is given to, and what follows. */
const STEPS: Record<(typeof DISPUTE_ANSWERS)[number], Step> = {
  under_review: {
    from: (dispute) => whenAnswered(dispute) !== undefined,
    go: (world, account, dispute) => {
      const after = saveObject<Dispute>(world, {
        ...dispute,
        status: whenAnswered(dispute) ?? dispute.status,
      });
      recordEvent(world, account, "charge.dispute.updated", after);
      return after;
    },
  },
  escalated: { from: isInquiry, go: escalate },
  warning_closed: { from: isInquiry, go: closeInquiry },
  won: { from: (dispute) => isOpen(dispute) || dispute.status === "lost", go: winDispute },
  lost: { from: (dispute) => isOpen(dispute) || dispute.status === "won", go: loseDispute },
  appealed: { from: ({ status }) => status === "won" || status === "lost", go: appeal },
};

export const disputeLevers: Route[] = [
  /** By the payer at their bank. Of a debit it is also how a failure arrives that comes too late, and lost at once. */
  lever("dispute", opened, (world, { payment, amount = null, reason = null, as }) => {
    const { account, intent } = findPayment(world, payment);
    if (intent.status !== "succeeded") throw new NotAllowed(`This payment is ${intent.status}`);
    return openDispute(world, account, getCharge(world, account, String(intent.latest_charge)), {
      ...{ amount, reason },
      ...(as !== "dispute" && { as }),
    });
  }),
  lever("dispute-answer", answered, (world, asked) => {
    const { account, object } = find<Dispute>(world, "dispute", asked.dispute);
    const step = STEPS[asked.answer];
    if (!step.from(object)) throw new NotAllowed(`This dispute is ${object.status}`);
    return step.go(world, account, object, asked);
  }),
  /** Money that comes back by itself: late, or a part of what was lost. */
  lever("dispute-reinstate", reinstated, (world, asked) => {
    const { account, object } = find<Dispute>(world, "dispute", asked.dispute);
    const most = outstanding(object);
    const amount = asked.amount ?? most;
    if (amount < 1 || amount > most) throw new NotAllowed("So much was not withdrawn");
    return reinstate(world, account, object, amount);
  }),
];
