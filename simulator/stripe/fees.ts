import type { Account } from "./accounts.ts";
import { exchangeRate } from "./currencies.ts";

/** The card rates Stripe publishes for domestic cards, in the account's own minor units. */
const CARD_RATES: Record<Account["country"], { share: number; fixed: number }> = {
  AU: { share: 0.017, fixed: 30 },
  GB: { share: 0.015, fixed: 20 },
  US: { share: 0.029, fixed: 30 },
};

/** Added when a payment is converted into the account's currency. */
const CONVERSION_SHARE = 0.02;

/** What reaches the account's balance from a charge, in the account's currency. */
export function settle(account: Account, amount: number, currency: string) {
  const rate = exchangeRate(currency, account.currency);
  const settled = rate === null ? amount : Math.round(amount * rate);
  const { share, fixed } = CARD_RATES[account.country];
  const fee = Math.round(settled * (share + (rate === null ? 0 : CONVERSION_SHARE))) + fixed;
  return { amount: settled, fee, net: settled - fee, exchangeRate: rate, currency: account.currency };
}
