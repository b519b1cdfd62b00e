import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { insertRefundEntry } from "../balance/refund-entry.ts";
import { stripeSeconds } from "../clock.ts";
import { isDebit } from "../debits/types.ts";
import { disputesOf } from "../disputes/of-charge.ts";
import { schedule } from "../due.ts";
import { type EventRequest, recordEvent } from "../events/record-event.ts";
import { insertObject, saveObject } from "../objects.ts";
import { cardOfFingerprint } from "../payments/cards.ts";
import { newId } from "../wire/ids.ts";
import { checkRefund, refundable } from "./check-refund.ts";

type Refund = Stripe.Refund;

export type Wish = {
  amount: number | null;
  reason: string | null;
  metadata: Record<string, string>;
  /** The client must name a bank account first, as for some payment methods; a lever's alone. */
  requiresAction?: boolean;
};

/** A bank takes its time with a debit's refund; cards answer at once, but for two test cards. */
const BANK_ANSWERS_AFTER = 3 * 86_400;

/** All that is left when no amount is named. Money leaves the balance at once, also while a bank is asked. */
export function insertRefund(
  world: World,
  account: string,
  charge: Stripe.Charge,
  wish: Wish,
  request?: EventRequest,
): Refund {
  const disputes = disputesOf(world, account, charge);
  checkRefund(charge, disputes, wish.amount);
  const amount = wish.amount ?? refundable(charge);
  const details = charge.payment_method_details;
  const debit = isDebit(details?.type ?? "");
  const testCard = cardOfFingerprint(details?.card?.fingerprint ?? "");
  const asks = wish.requiresAction === true;
  const pending = !asks && (debit || testCard?.refund === "slow");
  const created = stripeSeconds(world);
  const refund: Refund = {
    id: newId(debit ? "pyr_1" : "re_3"),
    object: "refund",
    amount,
    balance_transaction: null,
    charge: charge.id,
    created,
    currency: charge.currency,
    customer: null,
    customer_account: null,
    ...(!debit && {
      destination_details: {
        type: "card",
        card: { reference_status: "pending", reference_type: "acquirer_reference_number", type: "refund" },
      },
    }),
    metadata: wish.metadata,
    ...(asks && { next_action: askingTheClient(charge, created) }),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    ...(pending && { pending_reason: "processing" as const }),
    reason: wish.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: asks ? "requires_action" : pending ? "pending" : "succeeded",
    transfer_reversal: null,
  };
  const entry = insertRefundEntry(world, account, charge, refund);
  const inserted = insertObject<Refund>(world, account, { ...refund, balance_transaction: entry.id });
  if (!asks && (pending || testCard?.refund))
    schedule(world, "refund.answer", inserted.id, created + BANK_ANSWERS_AFTER);
  const amount_refunded = charge.amount_refunded + amount;
  const refunded = amount_refunded === charge.amount;
  const after = saveObject<Stripe.Charge>(world, { ...charge, amount_refunded, refunded });
  recordEvent(world, account, "refund.created", inserted, request);
  recordEvent(world, account, "charge.refunded", after, request);
  world.journal.write("stripe.refund.created", {
    ...{ refund: inserted.id, charge: charge.id, intent: charge.payment_intent },
    ...{ amount, currency: charge.currency, status: inserted.status },
  });
  return inserted;
}

/** DOC refunds, for payment methods without a way back: an e-mail asks the client for a bank account, for 45 days. */
function askingTheClient(charge: Stripe.Charge, created: number): Stripe.Refund.NextAction {
  return {
    type: "display_details",
    display_details: {
      email_sent: { email_sent_at: created, email_sent_to: charge.billing_details.email ?? "" },
      expires_at: created + 45 * 86_400,
    },
  };
}
