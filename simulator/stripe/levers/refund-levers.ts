import type Stripe from "stripe";
import { z } from "zod";
import { NotAllowed, number, yes } from "../../control/input.ts";
import type { Route } from "../../core/types.ts";
import { getCharge } from "../payments/charge.ts";
import { cancelRefund, failRefund, REFUND_FAILURES, succeedRefund } from "../refunds/answer-refund.ts";
import { insertRefund } from "../refunds/new-refund.ts";
import { find, findPayment, lever } from "./lever.ts";

const refund = z.object({
  payment: z.string(),
  amount: number.int().optional(),
  reason: z.enum(["duplicate", "fraudulent", "requested_by_customer"]).optional(),
  /** It waits for the client to name a bank account. */
  requiresAction: yes.default(false),
});

const answer = z.object({
  refund: z.string(),
  answer: z.enum(["succeeds", "canceled", ...REFUND_FAILURES]).default("succeeds"),
});

export const refundLevers: Route[] = [
  /** By hand in Stripe's dashboard: the refund carries no metadata. */
  lever("refund", refund, (world, { payment, amount = null, reason = null, requiresAction }) => {
    const { account, intent } = findPayment(world, payment);
    if (intent.status !== "succeeded") throw new NotAllowed(`This payment is ${intent.status}`);
    const charge = getCharge(world, account, String(intent.latest_charge));
    return insertRefund(world, account, charge, { amount, reason, metadata: {}, requiresAction });
  }),
  /** The bank says now what became of it. A refund that had succeeded may still fail. */
  lever("refund-answer", answer, (world, asked) => {
    const { account, object } = find<Stripe.Refund>(world, "refund", asked.refund);
    const open =
      asked.answer === "canceled"
        ? object.status === "requires_action"
        : /^(pending|requires_action)$/.test(object.status ?? "") ||
          (object.status === "succeeded" && asked.answer !== "succeeds");
    if (!open) throw new NotAllowed(`This refund is ${object.status}`);
    if (asked.answer === "canceled") return cancelRefund(world, account, object);
    if (asked.answer === "succeeds") return succeedRefund(world, account, object);
    return failRefund(world, account, object, asked.answer);
  }),
];
