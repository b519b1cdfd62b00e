/** Exchange: a rate says how many units of the document's currency one unit of the base currency buys. */
import { portion } from "./money.ts";
import { currencies } from "./store/books.ts";
import type { Scope } from "./store/rows.ts";

const precision = 10_000_000_000;

/** Numerator and denominator that turn an amount of the document's currency into the base currency. */
export function currencyFactor(rate: number): [numerator: number, denominator: number] {
  return [precision, Math.round(rate * precision)];
}

export const toBase = (minor: number, rate: number) => portion(minor, ...currencyFactor(rate));

export const fromBase = (minor: number, rate: number) => {
  const [numerator, denominator] = currencyFactor(rate);
  return portion(minor, denominator, numerator);
};

/** The rate a document takes when its currency is set: the given one, its own while that stays, or the day's. */
export function documentRate(
  before: { currency: string; rate: number },
  currency: string,
  { today, given }: { today: number; given: number | undefined },
): number {
  if (given) return given / precision;
  return currency === before.currency && before.rate !== 1 ? before.rate : today;
}

/** Xero's day rate (XE's, in truth); undefined when the organisation is not subscribed to the currency. */
export function dayRate(scope: Scope, currency: string, baseCurrency: string): number | undefined {
  if (currency === baseCurrency) return 1;
  return currencies.named(scope, currency)[0]?.dayRate;
}
