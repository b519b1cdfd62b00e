import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { unschedule } from "../due.ts";
import { type EventRequest, recordEvent } from "../events/record-event.ts";
import { saveObject } from "../objects.ts";
import { getCharge } from "../payments/charge.ts";
import { cancelIntent, getIntent } from "../payments/intent.ts";

type Why = { event: "charge.refunded" | "charge.expired"; reason: string | null; request?: EventRequest };

/** What was held goes back to the card. The charge counts as refunded; there is no Refund of it. */
export function releaseHold(
  world: World,
  account: string,
  intent: Stripe.PaymentIntent,
  { event, reason, request }: Why,
): Stripe.PaymentIntent {
  const held = getCharge(world, account, String(intent.latest_charge));
  const charge = saveObject<Stripe.Charge>(world, { ...held, amount_refunded: held.amount, refunded: true });
  unschedule(world, "hold.ends", intent.id);
  recordEvent(world, account, event, charge, request);
  world.journal.write("stripe.payment.released", { intent: intent.id, charge: charge.id, event });
  return cancelIntent(world, account, { ...intent, amount_capturable: 0 }, reason, request);
}

/** The clock's work: nobody captured it in time. */
export function endHold(world: World, account: string, intentId: string): void {
  const intent = getIntent(world, account, intentId);
  releaseHold(world, account, intent, { event: "charge.expired", reason: "automatic" });
}
