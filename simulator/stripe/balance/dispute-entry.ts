import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { type Account, getAccount } from "../accounts.ts";
import { convert } from "../fees.ts";
import { insertEntry } from "./entry.ts";

/** For each dispute, in the account's own minor units. */
const FEE: Record<Account["country"], number> = { AU: 2500, GB: 2000, US: 1500 };

/** What a dispute takes, with its fee, as soon as it is there. */
export function insertWithdrawalEntry(
  world: World,
  accountId: string,
  dispute: Stripe.Dispute,
): Stripe.BalanceTransaction {
  const account = getAccount(accountId);
  const { amount, rate } = convert(account, dispute.amount, dispute.currency);
  return insertEntry(world, accountId, {
    ...{ type: "adjustment", category: "dispute", source: dispute.id, amount: -amount },
    fee: { amount: FEE[account.country], description: "Dispute fee" },
    description: `Chargeback withdrawal for ${dispute.charge}`,
    exchangeRate: rate,
  });
}

/** What a won dispute brings back: the amount that was taken, without the fee. */
export function insertReinstatementEntry(
  world: World,
  accountId: string,
  dispute: Stripe.Dispute,
): Stripe.BalanceTransaction {
  const [withdrawn] = dispute.balance_transactions;
  return insertEntry(world, accountId, {
    ...{ type: "adjustment", category: "dispute_reversal", source: dispute.id },
    amount: -(withdrawn?.amount ?? 0),
    description: `Chargeback reversal for ${dispute.charge}`,
    exchangeRate: withdrawn?.exchange_rate ?? null,
  });
}
