import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { insertChargeEntry } from "../balance/charge-entry.ts";
import { schedule, unschedule } from "../due.ts";
import { recordEvent } from "../events/record-event.ts";
import { saveObject } from "../objects.ts";
import { insertCharge } from "../payments/charge.ts";
import { bankOf } from "./debit-method.ts";

type Intent = Stripe.PaymentIntent;

/** Three business days, simplified. */
const BANK_ANSWERS_AFTER = 3 * 86_400;

/** The bank is asked for the money. */
export function debitNow(
  world: World,
  account: string,
  intent: Intent,
  method: Stripe.PaymentMethod,
): Intent {
  const charged = insertCharge(world, account, intent, method, { kind: "pending" });
  const announced = insertChargeEntry(world, account, charged);
  const charge = saveObject<Stripe.Charge>(world, { ...charged, balance_transaction: announced.id });
  const processing = saveObject<Intent>(world, {
    ...intent,
    status: "processing",
    next_action: null,
    latest_charge: charge.id,
  });
  recordEvent(world, account, "charge.pending", charge);
  recordEvent(world, account, "payment_intent.processing", processing);
  if (bankOf(method).answer === "silent") unschedule(world, "balance.available", announced.id);
  else schedule(world, "debit.answer", intent.id, charge.created + BANK_ANSWERS_AFTER);
  world.journal.write("stripe.debit.submitted", {
    ...{ intent: intent.id, charge: charge.id, type: method.type },
    ...{ amount: charge.amount, currency: charge.currency },
  });
  return processing;
}
