import type Stripe from "stripe";
import { transaction } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";
import { getAccount } from "../accounts.ts";
import { recordEvent } from "../events/record-event.ts";
import { getObject, saveObject } from "../objects.ts";
import { customerDetails } from "../sessions/customer-details.ts";
import { expireDueSessions } from "../sessions/expire.ts";
import { cardOfFingerprint, wrongMode } from "./cards.ts";
import { getIntent, intentOf } from "./intent.ts";
import type { Outcome } from "./outcome.ts";
import { type CardEntry, getMethod, insertPaymentMethod } from "./payment-method.ts";
import { chargeCard, declineIntent } from "./settle.ts";

type Session = Stripe.Checkout.Session;
type Intent = Stripe.PaymentIntent;

function openSession(world: World, account: string, id: string): Session | undefined {
  expireDueSessions(world);
  const session = getObject<Session>(world, account, "checkout.session", id);
  return session?.status === "open" ? session : undefined;
}

/** Who pays is noted on an open session, and its intent made if it has none yet; nothing for one that is over. */
export function beginAttempt(
  world: World,
  account: string,
  sessionId: string,
  { email, name }: { email: string; name: string },
): { session: Session; intent: Intent } | undefined {
  const before = openSession(world, account, sessionId);
  if (!before) return undefined;
  const intent = intentOf(world, account, before);
  const session = saveObject<Session>(world, {
    ...before,
    payment_intent: intent.id,
    customer_details: customerDetails(email, name),
  });
  return { session, intent };
}

/** Tries a card on an open session. Twice the same button is one payment: the second finds the session complete. */
export function tryCard(world: World, account: string, sessionId: string, entry: CardEntry): Outcome {
  return transaction(world.db, () => {
    const begun = beginAttempt(world, account, sessionId, entry);
    if (!begun) return { kind: "closed" };
    const { session, intent } = begun;
    const method = insertPaymentMethod(world, account, entry);
    const withMethod: Intent = { ...intent, payment_method: method.id, last_payment_error: null };
    const wrong = wrongMode(entry.card, getAccount(account).livemode);
    if (entry.card.authenticate && !wrong) return askBank(world, account, session, withMethod);
    return chargeCard(world, account, session, withMethod, method, wrong ?? entry.card.decline, false);
  });
}

/** The payer's answer on their bank's page. */
export function answerBank(world: World, account: string, sessionId: string, passed: boolean): Outcome {
  return transaction(world.db, () => {
    const session = openSession(world, account, sessionId);
    const intent = session?.payment_intent && getIntent(world, account, String(session.payment_intent));
    if (!session || !intent || intent.status !== "requires_action") return { kind: "closed" };
    const method = getMethod(world, account, String(intent.payment_method));
    if (!passed) return failAuthentication(world, account, intent, method);
    const decline = cardOfFingerprint(method.card?.fingerprint ?? "")?.decline ?? null;
    return chargeCard(world, account, session, { ...intent, next_action: null }, method, decline, true);
  });
}

function askBank(world: World, account: string, session: Session, intent: Intent): Outcome {
  const url = `${world.baseUrl}/c/pay/${session.id}/authenticate`;
  const waiting = saveObject<Intent>(world, {
    ...intent,
    status: "requires_action",
    next_action: { type: "redirect_to_url", redirect_to_url: { url, return_url: session.url } },
  });
  recordEvent(world, account, "payment_intent.requires_action", waiting);
  world.journal.write("stripe.payment.authentication", { session: session.id, intent: intent.id });
  return { kind: "authenticate" };
}

function failAuthentication(
  world: World,
  account: string,
  intent: Intent,
  method: Stripe.PaymentMethod,
): Outcome {
  const message =
    "We are unable to authenticate your payment method. Please choose a different payment method and try again.";
  const code = "payment_intent_authentication_failure";
  return declineIntent(world, account, intent, method, { code, message }, null);
}
