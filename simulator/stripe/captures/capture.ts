import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { insertChargeEntry } from "../balance/charge-entry.ts";
import { disputeAsTestCard } from "../disputes/test-cards.ts";
import { unschedule } from "../due.ts";
import { type EventRequest, recordEvent } from "../events/record-event.ts";
import { listOfIntent, saveObject } from "../objects.ts";
import type { Decline } from "../payments/cards.ts";
import { getCharge } from "../payments/charge.ts";
import { getMethod } from "../payments/payment-method.ts";
import { declineIntent } from "../payments/settle.ts";

type Intent = Stripe.PaymentIntent;
type Session = Stripe.Checkout.Session;

/** Takes this much of what is held. The rest goes back to the card, and counts as refunded on the charge. */
export function captureIntent(
  world: World,
  account: string,
  intent: Intent,
  amount: number,
  request: EventRequest,
): Intent {
  const held = getCharge(world, account, String(intent.latest_charge));
  const taken = { ...held, captured: true, amount_captured: amount, amount_refunded: held.amount - amount };
  const entry = insertChargeEntry(world, account, taken);
  const charge = saveObject<Stripe.Charge>(world, { ...taken, balance_transaction: entry.id });
  const after = saveObject<Intent>(world, {
    ...intent,
    ...{ status: "succeeded", amount_capturable: 0, amount_received: amount },
  });
  const [session] = listOfIntent<Session>(world, account, "checkout.session", intent.id);
  if (session) saveObject<Session>(world, { ...session, payment_status: "paid" });
  unschedule(world, "hold.ends", intent.id);
  recordEvent(world, account, "charge.captured", charge, request);
  recordEvent(world, account, "payment_intent.succeeded", after, request);
  world.journal.write("stripe.payment.captured", {
    ...{ intent: intent.id, charge: charge.id, amount, released: held.amount - amount, fee: entry.fee },
  });
  disputeAsTestCard(world, account, charge);
  return after;
}

/** The bank thinks better of it: what was held is gone, and the session stays complete and unpaid. */
export function refuseCapture(world: World, account: string, intent: Intent, decline: Decline): void {
  const held = getCharge(world, account, String(intent.latest_charge));
  const charge = saveObject<Stripe.Charge>(world, {
    ...held,
    ...{ status: "failed", paid: false, failure_code: decline.code, failure_message: decline.message },
  });
  unschedule(world, "hold.ends", intent.id);
  recordEvent(world, account, "charge.failed", charge);
  const method = getMethod(world, account, String(intent.payment_method));
  declineIntent(world, account, { ...intent, amount_capturable: 0 }, method, decline, charge.id);
}
