import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { type Account, getAccount } from "../accounts.ts";
import { convert } from "../fees.ts";
import { insertEntry } from "./entry.ts";

/** For each dispute, in the account's own minor units. */
const FEE: Record<Account["country"], number> = { AU: 2500, GB: 2000, US: 1500 };

/** What a dispute takes; so much of its own currency. `fee` is of the first time alone. */
export function insertWithdrawalEntry(
  world: World,
  accountId: string,
  dispute: Stripe.Dispute,
  { amount: taken, fee }: { amount: number; fee: boolean },
): Stripe.BalanceTransaction {
  const account = getAccount(accountId);
  const { amount, rate } = convert(account, taken, dispute.currency);
  return insertEntry(world, accountId, {
    ...{ type: "adjustment", category: "dispute", source: dispute.id, amount: -amount },
    ...(fee && { fee: { amount: FEE[account.country], description: "Dispute fee" } }),
    description: `Chargeback withdrawal for ${dispute.charge}`,
    exchangeRate: rate,
  });
}

/** What comes back of it, at the rate of the withdrawal and without the fee. */
export function insertReinstatementEntry(
  world: World,
  accountId: string,
  dispute: Stripe.Dispute,
  back: number,
): Stripe.BalanceTransaction {
  const { amount, rate } = convert(getAccount(accountId), back, dispute.currency);
  return insertEntry(world, accountId, {
    ...{ type: "adjustment", category: "dispute_reversal", source: dispute.id, amount },
    description: `Chargeback reversal for ${dispute.charge}`,
    exchangeRate: rate,
  });
}
