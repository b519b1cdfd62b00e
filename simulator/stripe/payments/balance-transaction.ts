import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { type Account, getAccount } from "../accounts.ts";
import { settle } from "../fees.ts";
import { newId } from "../ids.ts";
import { insertObject } from "../objects.ts";

/** Days until the money can be paid out. */
const SETTLING_DAYS: Record<Account["country"], number> = { AU: 2, GB: 3, US: 2 };

export function insertBalanceTransaction(
  world: World,
  accountId: string,
  charge: Stripe.Charge,
): Stripe.BalanceTransaction {
  const account = getAccount(accountId);
  const { amount, fee, net, currency, exchangeRate } = settle(account, charge.amount, charge.currency);
  return insertObject<Stripe.BalanceTransaction>(world, accountId, {
    id: newId("txn_3"),
    object: "balance_transaction",
    amount,
    available_on: charge.created + SETTLING_DAYS[account.country] * 86_400,
    balance_type: "payments",
    created: charge.created,
    currency,
    description: charge.description,
    exchange_rate: exchangeRate,
    fee,
    fee_details: [
      { amount: fee, application: null, currency, description: "Stripe processing fees", type: "stripe_fee" },
    ],
    net,
    reporting_category: "charge",
    source: charge.id,
    status: "pending",
    type: "charge",
  });
}
