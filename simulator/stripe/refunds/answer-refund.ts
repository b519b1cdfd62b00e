import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { insertRefundFailureEntry } from "../balance/refund-entry.ts";
import { unschedule } from "../due.ts";
import { recordEvent } from "../events/record-event.ts";
import { getObject, saveObject } from "../objects.ts";
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

/** Only while it is pending. */
export function succeedRefund(world: World, account: string, refund: Refund): Refund {
  const { pending_reason: _, ...rest } = refund;
  const after = saveObject<Refund>(world, { ...rest, status: "succeeded" });
  unschedule(world, "refund.answer", refund.id);
  tell(world, account, after, ["refund.updated", "charge.refund.updated"]);
  return after;
}

/** Also after it had succeeded: the money is in the balance again, and the charge can be refunded again. */
export function failRefund(world: World, account: string, refund: Refund, reason: string): Refund {
  const charge = getCharge(world, account, String(refund.charge));
  const entry = insertRefundFailureEntry(world, account, refund);
  const { pending_reason: _, ...rest } = refund;
  const after = saveObject<Refund>(world, {
    ...rest,
    status: "failed",
    failure_reason: reason,
    failure_balance_transaction: entry.id,
  });
  unschedule(world, "refund.answer", refund.id);
  saveObject<Stripe.Charge>(world, {
    ...charge,
    amount_refunded: charge.amount_refunded - refund.amount,
    refunded: false,
  });
  tell(world, account, after, ["refund.updated", "refund.failed", "charge.refund.updated"]);
  return after;
}

function tell(world: World, account: string, refund: Refund, events: string[]): void {
  for (const type of events) recordEvent(world, account, type, refund);
  world.journal.write(`stripe.refund.${refund.status}`, { refund: refund.id, charge: refund.charge });
}
