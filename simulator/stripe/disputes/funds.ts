import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { insertReinstatementEntry, insertWithdrawalEntry } from "../balance/dispute-entry.ts";
import { recordEvent } from "../events/record-event.ts";
import { saveObject } from "../objects.ts";

type Dispute = Stripe.Dispute;

/** What the dispute has taken and not given back, in its own currency. */
export function outstanding({ balance_transactions: entries }: Dispute): number {
  const sum = entries.reduce((total, { amount, exchange_rate: rate }) => total - amount / (rate ?? 1), 0);
  return Math.round(sum);
}

/** Takes this much out of the balance; the first time with the fee. */
export function withdraw(world: World, account: string, dispute: Dispute, amount: number): Dispute {
  const fee = dispute.balance_transactions.length === 0 && dispute.status !== "prevented";
  const entry = insertWithdrawalEntry(world, account, dispute, { amount, fee });
  const after = withEntry(world, dispute, entry);
  recordEvent(world, account, "charge.dispute.funds_withdrawn", after);
  return after;
}

/** Gives this much back. */
export function reinstate(world: World, account: string, dispute: Dispute, amount: number): Dispute {
  const entry = insertReinstatementEntry(world, account, dispute, amount);
  const after = withEntry(world, dispute, entry);
  recordEvent(world, account, "charge.dispute.funds_reinstated", after);
  return after;
}

function withEntry(world: World, dispute: Dispute, entry: Stripe.BalanceTransaction): Dispute {
  const balance_transactions = [...dispute.balance_transactions, entry];
  return saveObject<Dispute>(world, { ...dispute, balance_transactions });
}
