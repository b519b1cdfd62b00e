import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { getAccount } from "../accounts.ts";
import { convert } from "../fees.ts";
import { getEntry, insertEntry } from "./entry.ts";

/** What a refund takes; the fee stays with Stripe. It never counts before the charge's own money does. */
export function insertRefundEntry(
  world: World,
  accountId: string,
  charge: Stripe.Charge,
  refund: Stripe.Refund,
): Stripe.BalanceTransaction {
  const brought = getEntry(world, accountId, String(charge.balance_transaction));
  const { amount, rate } = convert(getAccount(accountId), refund.amount, refund.currency);
  return insertEntry(world, accountId, {
    type: brought.type === "payment" ? "payment_refund" : "refund",
    category: "refund",
    source: refund.id,
    amount: -amount,
    description: `REFUND FOR ${brought.type === "payment" ? "PAYMENT" : "CHARGE"}${charge.description ? ` (${charge.description})` : ""}`,
    availableOn: brought.available_on,
    exchangeRate: rate,
  });
}

/** What a failed refund gives back: exactly what it took. */
export function insertRefundFailureEntry(
  world: World,
  accountId: string,
  refund: Stripe.Refund,
): Stripe.BalanceTransaction {
  const taken = getEntry(world, accountId, String(refund.balance_transaction));
  return insertEntry(world, accountId, {
    type: "refund_failure",
    category: "refund_failure",
    source: refund.id,
    amount: -taken.amount,
    description: taken.description?.replace(/^REFUND/, "REFUND FAILURE") ?? null,
    availableOn: taken.available_on,
    exchangeRate: taken.exchange_rate,
  });
}
