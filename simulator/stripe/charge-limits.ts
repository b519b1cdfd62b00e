import type { Account } from "./accounts.ts";
import { checkLastDigits, formatMinor } from "./currencies.ts";
import { convert } from "./fees.ts";
import { invalid } from "./wire/errors.ts";

/** DOC currencies, Minimum charge amount by currency (2026), in minor units: of charges in the account's own currency. */
const LEAST: Record<string, number> = {
  ...{
    usd: 50,
    aed: 200,
    ars: 50,
    aud: 50,
    brl: 50,
    cad: 50,
    chf: 50,
    cop: 50,
    czk: 1500,
    dkk: 250,
    eur: 50,
  },
  ...{ gbp: 30, hkd: 400, huf: 17_500, idr: 50, ils: 50, inr: 50, jpy: 50, krw: 50, mxn: 1000, myr: 200 },
  ...{ nok: 300, nzd: 50, php: 50, pln: 200, ron: 200, rub: 50, sek: 300, sgd: 50, thb: 1000, zar: 50 },
};

/**
 * By digits: "up to eight" (TYPES, PaymentIntent.amount), with the exceptions of DOC currencies, Maximum charge amounts.
 * That page lets most cards go to twelve digits; Checkout's own limit is nowhere written, so that the stricter one stands.
 */
const MOST: Record<string, number> = { idr: 999_999_999_999, cop: 9_999_999_999, inr: 999_999_999 };
const MOST_OF_ALL_OTHERS = 99_999_999;

const SMALL_COINS: Record<Account["country"], string> = { AU: "cents", GB: "pence", US: "cents" };

/** Refuses a total that Stripe would not charge. The words are Stripe's, from public logs. */
export function checkTotal(account: Account, amount: number, currency: string): void {
  if (amount === 0) {
    throw invalid(
      "The Checkout Session's total amount due cannot be zero in `payment` mode",
      "amount_too_small",
    );
  }
  if (currency === account.currency) checkLeast(amount, currency);
  else checkLeastConverted(account, amount, currency);
  const most = MOST[currency] ?? MOST_OF_ALL_OTHERS;
  if (amount > most) {
    throw invalid(
      `The Checkout Session's total amount due must be no more than ${formatMinor(most, currency)} ${currency}`,
      "amount_too_large",
    );
  }
  checkLastDigits(amount, currency);
}

function checkLeast(amount: number, currency: string): void {
  const least = LEAST[currency] ?? 1;
  if (amount >= least) return;
  throw invalid(
    `The Checkout Session's total amount due must add up to at least ${formatMinor(least, currency)} ${currency}`,
    "amount_too_small",
  );
}

/** DOC currencies: what is converted "must meet the equivalent minimum of the settlement currency". */
function checkLeastConverted(account: Account, amount: number, currency: string): void {
  const least = LEAST[account.currency] ?? 1;
  const converted = convert(account, amount, currency).amount;
  if (converted >= least) return;
  throw invalid(
    `The Checkout Session's total amount must convert to at least ${least} ${SMALL_COINS[account.country]}. ${formatMinor(amount, currency)} converts to approximately ${formatMinor(converted, account.currency)}.`,
    "amount_too_small",
  );
}
