import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { stripeSeconds } from "../clock.ts";
import { schedule, unschedule } from "../due.ts";
import { recordEvent } from "../events/record-event.ts";
import { listOfIntent, saveObject } from "../objects.ts";
import { getIntent } from "../payments/intent.ts";
import { getMethod } from "../payments/payment-method.ts";
import { debitNow } from "./debit-now.ts";

type Intent = Stripe.PaymentIntent;

const DAY = 86_400;
const LAND_AFTER = 2 * DAY;
/** DOC ach-direct-debit/accept-a-payment, Microdeposits: unverified after ten days, the payment needs another method. */
const VERIFY_WITHIN = 10 * DAY;

/** The codes are of TYPES, LastPaymentError.Code. */
const FAILURES = {
  payment_method_microdeposit_failed: "Microdeposit transfers failed. Please check the account numbers.",
  payment_method_microdeposit_verification_attempts_exceeded:
    "You have exceeded the number of allowed verification attempts.",
  payment_method_microdeposit_verification_timeout:
    "Microdeposit verification timed out. The customer did not verify their account within 10 days.",
} as const;

export type MicrodepositFailure = keyof typeof FAILURES;

export const MICRODEPOSIT_FAILURES = Object.keys(FAILURES) as MicrodepositFailure[];

/** What the two deposits were, and the code on the statement: Stripe's own for test mode (DOC, Test microdeposit amounts). */
export const AMOUNTS = [32, 45];
export const DESCRIPTOR_CODE = "SM11AA";

/**
 * The payer typed the account by hand: two small deposits go there, and until the payer says what they were the intent
 * asks for action and nothing is debited.
 */
export function awaitMicrodeposits(world: World, account: string, intent: Intent): void {
  const now = stripeSeconds(world);
  const waiting = saveObject<Intent>(world, {
    ...intent,
    status: "requires_action",
    next_action: {
      type: "verify_with_microdeposits",
      verify_with_microdeposits: {
        arrival_date: now + LAND_AFTER,
        hosted_verification_url: `${world.baseUrl}/payment/microdeposit/${intent.id}`,
        microdeposit_type: "descriptor_code",
      },
    },
  });
  schedule(world, "microdeposits.timeout", intent.id, now + VERIFY_WITHIN);
  recordEvent(world, account, "payment_intent.requires_action", waiting);
  world.journal.write("stripe.microdeposits.sent", { intent: intent.id });
}

export const awaitsMicrodeposits = ({ status, next_action }: Intent): boolean =>
  status === "requires_action" && next_action?.type === "verify_with_microdeposits";

/** The payer named what arrived: the debit goes on as any other. */
export function verifyMicrodeposits(world: World, account: string, intent: Intent): Intent {
  unschedule(world, "microdeposits.timeout", intent.id);
  return debitNow(world, account, intent, getMethod(world, account, String(intent.payment_method)));
}

/** Nothing was debited, and nothing will be; paying takes a new session. */
export function failMicrodeposits(
  world: World,
  account: string,
  intent: Intent,
  code: MicrodepositFailure,
): Intent {
  unschedule(world, "microdeposits.timeout", intent.id);
  const failed = saveObject<Intent>(world, {
    ...intent,
    status: "requires_payment_method",
    next_action: null,
    payment_method: null,
    last_payment_error: {
      code,
      doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}`,
      message: FAILURES[code],
      payment_method: getMethod(world, account, String(intent.payment_method)),
      type: "invalid_request_error",
    },
  });
  recordEvent(world, account, "payment_intent.payment_failed", failed);
  const [session] = listOfIntent<Stripe.Checkout.Session>(world, account, "checkout.session", intent.id);
  if (session) recordEvent(world, account, "checkout.session.async_payment_failed", session);
  world.journal.write("stripe.microdeposits.failed", { intent: intent.id, code });
  return failed;
}

/** The clock's work. */
export function endMicrodeposits(world: World, account: string, intentId: string): void {
  const intent = getIntent(world, account, intentId);
  if (!awaitsMicrodeposits(intent)) return;
  failMicrodeposits(world, account, intent, "payment_method_microdeposit_verification_timeout");
}
