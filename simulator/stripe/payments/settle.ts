import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { insertChargeEntry } from "../balance/charge-entry.ts";
import { holdCard, isManual } from "../captures/hold.ts";
import { disputeAsTestCard } from "../disputes/test-cards.ts";
import { recordEvent } from "../events/record-event.ts";
import { saveObject } from "../objects.ts";
import { closeSession } from "../sessions/details.ts";
import type { Decline } from "./cards.ts";
import { type ChargeState, insertCharge } from "./charge.ts";
import type { Outcome } from "./outcome.ts";

type Session = Stripe.Checkout.Session;
type Intent = Stripe.PaymentIntent;

/** One charge, and all that follows when it is taken or refused. */
export function chargeCard(
  world: World,
  account: string,
  session: Session,
  intent: Intent,
  method: Stripe.PaymentMethod,
  refusal: Decline | null,
  authenticated: boolean,
): Outcome {
  if (!refusal && isManual(intent)) return holdCard(world, account, session, intent, method, authenticated);
  const state: ChargeState = refusal
    ? { kind: "refused", decline: refusal, authenticated }
    : { kind: "taken", captured: true, authenticated };
  const charged = insertCharge(world, account, intent, method, state);
  if (refusal) {
    recordEvent(world, account, "charge.failed", charged);
    return declineIntent(
      world,
      account,
      { ...intent, latest_charge: charged.id },
      method,
      refusal,
      charged.id,
    );
  }
  const paid = saveObject<Intent>(world, {
    ...intent,
    status: "succeeded",
    amount_received: intent.amount,
    latest_charge: charged.id,
  });
  const complete = saveObject<Session>(world, {
    ...session,
    status: "complete",
    payment_status: "paid",
    url: null,
  });
  closeSession(world, session.id);
  recordEvent(world, account, "charge.succeeded", charged);
  recordEvent(world, account, "payment_intent.succeeded", paid);
  recordEvent(world, account, "checkout.session.completed", complete);
  const balance = insertChargeEntry(world, account, charged);
  const settled = saveObject<Stripe.Charge>(world, { ...charged, balance_transaction: balance.id });
  recordEvent(world, account, "charge.updated", settled);
  world.journal.write("stripe.payment.succeeded", {
    session: session.id,
    intent: intent.id,
    charge: charged.id,
    amount: charged.amount,
    currency: charged.currency,
    fee: balance.fee,
    card: `${method.card?.brand} ${method.card?.last4}`,
  });
  disputeAsTestCard(world, account, settled);
  return { kind: "paid" };
}

/** The session stays open for another card. */
export function declineIntent(
  world: World,
  account: string,
  intent: Intent,
  method: Stripe.PaymentMethod,
  refusal: Decline,
  chargeId: string | null,
): Outcome {
  const refused = saveObject<Intent>(world, {
    ...intent,
    status: "requires_payment_method",
    next_action: null,
    payment_method: null,
    last_payment_error: {
      ...(chargeId && { charge: chargeId }),
      code: refusal.code,
      ...(refusal.decline_code && { decline_code: refusal.decline_code }),
      doc_url: `https://stripe.com/docs/error-codes/${refusal.code.replaceAll("_", "-")}`,
      message: refusal.message,
      payment_method: method,
      type: chargeId ? "card_error" : "invalid_request_error",
    },
  });
  recordEvent(world, account, "payment_intent.payment_failed", refused);
  world.journal.write("stripe.payment.declined", {
    intent: intent.id,
    code: refusal.code,
    declineCode: refusal.decline_code ?? null,
    card: `${method.card?.brand} ${method.card?.last4}`,
  });
  return { kind: "declined", message: refusal.message };
}
