import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { schedule } from "../due.ts";
import { recordEvent } from "../events/record-event.ts";
import { saveObject } from "../objects.ts";
import { HELD_FOR, insertCharge } from "../payments/charge.ts";
import type { Outcome } from "../payments/outcome.ts";
import { closeSession } from "../sessions/details.ts";

/** Asked for the whole intent, or for cards alone. */
export const isManual = ({ capture_method, payment_method_options }: Stripe.PaymentIntent): boolean =>
  capture_method === "manual" || payment_method_options?.card?.capture_method === "manual";

/** The bank sets the money aside and nobody has it yet: the session is complete and not paid. */
export function holdCard(
  world: World,
  account: string,
  session: Stripe.Checkout.Session,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  authenticated: boolean,
): Outcome {
  const charge = insertCharge(world, account, intent, method, {
    kind: "taken",
    captured: false,
    authenticated,
  });
  const held = saveObject<Stripe.PaymentIntent>(world, {
    ...intent,
    status: "requires_capture",
    amount_capturable: intent.amount,
    latest_charge: charge.id,
  });
  const complete = saveObject<Stripe.Checkout.Session>(world, { ...session, status: "complete", url: null });
  closeSession(world, session.id);
  schedule(world, "hold.ends", intent.id, charge.created + HELD_FOR);
  recordEvent(world, account, "charge.succeeded", charge);
  recordEvent(world, account, "payment_intent.amount_capturable_updated", held);
  recordEvent(world, account, "checkout.session.completed", complete);
  world.journal.write("stripe.payment.authorized", {
    ...{ session: session.id, intent: intent.id, charge: charge.id },
    ...{ amount: charge.amount, currency: charge.currency },
  });
  return { kind: "authorized" };
}
