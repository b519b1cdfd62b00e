import type Stripe from "stripe";
import { z } from "zod";
import { NotAllowed, number } from "../../control/input.ts";
import type { Route } from "../../core/types.ts";
import { isOpen, loseDispute, winDispute } from "../disputes/close-dispute.ts";
import { openDispute } from "../disputes/new-dispute.ts";
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
});
const answered = z.object({ dispute: z.string(), answer: z.enum(["won", "lost"]) });

export const disputeLevers: Route[] = [
  /** By the payer at their bank. Of a debit it is also how a failure arrives that comes too late, and lost at once. */
  lever("dispute", opened, (world, { payment, amount = null, reason = null }) => {
    const { account, intent } = findPayment(world, payment);
    if (intent.status !== "succeeded") throw new NotAllowed(`This payment is ${intent.status}`);
    return openDispute(world, account, getCharge(world, account, String(intent.latest_charge)), {
      amount,
      reason,
    });
  }),
  lever("dispute-answer", answered, (world, asked) => {
    const { account, object } = find<Stripe.Dispute>(world, "dispute", asked.dispute);
    if (!isOpen(object)) throw new NotAllowed(`This dispute is ${object.status}`);
    return asked.answer === "won" ? winDispute(world, account, object) : loseDispute(world, account, object);
  }),
];
