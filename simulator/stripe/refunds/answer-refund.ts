import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { insertRefundFailureEntry } from "../balance/refund-entry.ts";
import { unschedule } from "../due.ts";
import { type EventRequest, recordEvent } from "../events/record-event.ts";
import { getObject, listOfIntent, saveObject } from "../objects.ts";
import { cardOfFingerprint } from "../payments/cards.ts";
import { getCharge } from "../payments/charge.ts";

type Refund = Stripe.Refund;

export const REFUND_FAILURES = [
  "declined",
  "expired_or_canceled_card",
  "insufficient_funds",
  "lost_or_stolen_card",
  "unknown",
] as const;

/** The clock's work: a bank says what became of a refund. */
export function answerRefund(world: World, account: string, id: string): void {
  const refund = getRefund(world, account, id);
  const charge = getCharge(world, account, String(refund.charge));
  const card = cardOfFingerprint(charge.payment_method_details?.card?.fingerprint ?? "");
  if (card?.refund === "fails") failRefund(world, account, refund, "expired_or_canceled_card");
  else succeedRefund(world, account, refund);
}

function getRefund(world: World, account: string, id: string): Refund {
  const refund = getObject<Refund>(world, account, "refund", id);
  if (!refund) throw new Error(`No refund ${id}`);
  return refund;
}

/** While it is pending, or the client has named a bank account. */
export function succeedRefund(world: World, account: string, refund: Refund): Refund {
  const { pending_reason: _, next_action: __, ...rest } = refund;
  const after = saveObject<Refund>(world, { ...rest, status: "succeeded" });
  unschedule(world, "refund.answer", refund.id);
  tell(world, account, after, ["refund.updated", "charge.refund.updated"]);
  return after;
}

/** Also after it had succeeded: the money is in the balance again, and the charge can be refunded again. */
export function failRefund(world: World, account: string, refund: Refund, reason: string): Refund {
  const after = comeBack(world, account, refund, { status: "failed", failure_reason: reason });
  tell(world, account, after, ["refund.updated", "refund.failed", "charge.refund.updated"]);
  return after;
}

/** Before the client did what it asks of them. */
export function cancelRefund(world: World, account: string, refund: Refund, request?: EventRequest): Refund {
  const after = comeBack(world, account, refund, { status: "canceled", failure_reason: "merchant_request" });
  tell(world, account, after, ["refund.updated", "charge.refund.updated"], request);
  return after;
}

function comeBack(
  world: World,
  account: string,
  refund: Refund,
  change: Pick<Refund, "status" | "failure_reason">,
): Refund {
  const charge = getCharge(world, account, String(refund.charge));
  const entry = insertRefundFailureEntry(world, account, refund);
  const { pending_reason: _, next_action: __, ...rest } = refund;
  const after = saveObject<Refund>(world, { ...rest, ...change, failure_balance_transaction: entry.id });
  unschedule(world, "refund.answer", refund.id);
  saveObject<Stripe.Charge>(world, {
    ...charge,
    amount_refunded: charge.amount_refunded - refund.amount,
    refunded: false,
  });
  return after;
}

/** A bank that takes the money back by a dispute does not get it a second time. */
export function failPendingRefunds(world: World, account: string, charge: Stripe.Charge): void {
  for (const refund of listOfIntent<Refund>(world, account, "refund", String(charge.payment_intent))) {
    if (refund.status !== "pending") continue;
    failRefund(world, account, refund, "charge_for_pending_refund_disputed");
  }
}

function tell(world: World, account: string, refund: Refund, events: string[], request?: EventRequest): void {
  for (const type of events) recordEvent(world, account, type, refund, request);
  world.journal.write(`stripe.refund.${refund.status}`, { refund: refund.id, charge: refund.charge });
}
