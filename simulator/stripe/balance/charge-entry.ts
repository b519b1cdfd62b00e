import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { type Account, getAccount } from "../accounts.ts";
import { stripeSeconds } from "../clock.ts";
import { isDebit } from "../debits/types.ts";
import { type Method, settle } from "../fees.ts";
import { cardOfFingerprint } from "../payments/cards.ts";
import { getEntry, insertEntry } from "./entry.ts";

/** Days until the money can be paid out. */
const SETTLING_DAYS: Record<Account["country"], number> = { AU: 2, GB: 3, US: 2 };

/** A debit's money is counted from the day its bank should have answered. */
const ANSWERING_DAYS = 3;

const isAvailableNow = ({ payment_method_details: paidWith }: Stripe.Charge) =>
  cardOfFingerprint(paidWith?.card?.fingerprint ?? "")?.availableNow === true;

const methodOf = (charge: Stripe.Charge) => (charge.payment_method_details?.type ?? "card") as Method;

/** What a charge brings, when it is captured: cards make a "charge", everything else a "payment". */
export function insertChargeEntry(
  world: World,
  accountId: string,
  charge: Stripe.Charge,
): Stripe.BalanceTransaction {
  const account = getAccount(accountId);
  const method = methodOf(charge);
  const { amount, fee, exchangeRate } = settle(account, charge.amount_captured, charge.currency, method);
  const debit = isDebit(method);
  const days = isAvailableNow(charge) ? 0 : SETTLING_DAYS[account.country] + (debit ? ANSWERING_DAYS : 0);
  return insertEntry(world, accountId, {
    type: debit ? "payment" : "charge",
    category: "charge",
    source: charge.id,
    amount,
    fee: { amount: fee, description: "Stripe processing fees" },
    description: charge.description,
    availableOn: stripeSeconds(world) + days * 86_400,
    exchangeRate,
  });
}

/** A debit that failed while it was under way takes back what it announced, fee and all, on the same day. */
export function insertFailedPaymentEntry(
  world: World,
  accountId: string,
  charge: Stripe.Charge,
): Stripe.BalanceTransaction {
  const announced = getEntry(world, accountId, String(charge.balance_transaction));
  return insertEntry(world, accountId, {
    type: "payment_failure_refund",
    category: "charge_failure",
    source: charge.id,
    amount: -announced.amount,
    feeDetails: announced.fee_details.map((one) => ({ ...one, amount: -one.amount })),
    description: charge.description,
    availableOn: announced.available_on,
    exchangeRate: announced.exchange_rate,
  });
}
