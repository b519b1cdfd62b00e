import type { Account } from "./accounts.ts";
import { exchangeRate } from "./currencies.ts";
import type { DebitType } from "./debits/types.ts";

export type Method = "card" | DebitType;

type Rate = { share: number; fixed: number; least?: number; most?: number };

/** The card rates Stripe publishes for domestic cards, in the account's own minor units. */
const CARD_RATES: Record<Account["country"], Rate> = {
  AU: { share: 0.017, fixed: 30 },
  GB: { share: 0.015, fixed: 20 },
  US: { share: 0.029, fixed: 30 },
};

/** Bank debits are cheap, and capped. */
const DEBIT_RATES: Record<DebitType, Rate> = {
  au_becs_debit: { share: 0.01, fixed: 30, most: 350 },
  bacs_debit: { share: 0.01, fixed: 0, least: 20, most: 400 },
  sepa_debit: { share: 0.008, fixed: 30, most: 600 },
  us_bank_account: { share: 0.008, fixed: 0, most: 500 },
};

/** Added when a payment is converted into the account's currency. */
const CONVERSION_SHARE = 0.02;

/** What reaches the account's balance from a charge, in the account's currency. */
export function settle(account: Account, amount: number, currency: string, method: Method) {
  const { amount: settled, rate } = convert(account, amount, currency);
  const {
    share,
    fixed,
    least = 0,
    most = Number.POSITIVE_INFINITY,
  } = method === "card" ? CARD_RATES[account.country] : DEBIT_RATES[method];
  const conversion = rate === null ? 0 : CONVERSION_SHARE;
  const extra = Math.round(settled * conversion);
  const whole = Math.round(settled * (share + conversion)) + fixed;
  const fee = Math.min(Math.max(whole, least + extra), most + extra);
  return { amount: settled, fee, exchangeRate: rate };
}

/** An amount in the account's currency; `rate` is null when it is that already. */
export function convert(account: Account, amount: number, currency: string) {
  const rate = exchangeRate(currency, account.currency);
  return { amount: rate === null ? amount : Math.round(amount * rate), rate };
}
