import { majorRate, SUPPORTED } from "./exchange-rates.ts";
import { invalid } from "./wire/errors.ts";

/** DOC currencies, Zero-decimal currencies; without UGX, whose special case wins over its place in that list. */
const ZERO_DECIMAL = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" "));
/** DOC currencies, as of 2022: the last digit must be 0. */
const THREE_DECIMAL = new Set("bhd jod kwd omr tnd".split(" "));
/** DOC currencies, Special cases: written with two decimals, which must be 00. */
const WHOLE_ONLY = new Set(["isk", "ugx"]);

function decimalsOf(currency: string): number {
  if (ZERO_DECIMAL.has(currency)) return 0;
  return THREE_DECIMAL.has(currency) ? 3 : 2;
}

export function formatMinor(amount: number, currency: string): string {
  const decimals = decimalsOf(currency);
  return new Intl.NumberFormat("en", {
    style: "currency",
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(amount / 10 ** decimals);
}

export function checkCurrency(code: string, param: string): string {
  const currency = code.toLowerCase();
  if (SUPPORTED.includes(currency)) return currency;
  throw invalid(
    `Invalid currency: ${code}. Stripe currently supports these currencies: ${SUPPORTED.join(", ")}`,
    undefined,
    param,
  );
}

/** Refuses digits that the currency has on paper and Stripe does not charge. */
export function checkLastDigits(amount: number, currency: string): void {
  const code = currency.toUpperCase();
  if (THREE_DECIMAL.has(currency) && amount % 10 !== 0) {
    throw invalid(`Amounts in ${code} must end in 0: its last decimal is not used.`, "amount_invalid");
  }
  if (WHOLE_ONLY.has(currency) && amount % 100 !== 0) {
    throw invalid(`Amounts in ${code} must end in 00: it has no fractions.`, "amount_invalid");
  }
}

/** Between minor units; null when both are the same. */
export function exchangeRate(from: string, to: string): number | null {
  if (from === to) return null;
  const rate = majorRate(from, to) * 10 ** (decimalsOf(to) - decimalsOf(from));
  return Number(rate < 0.01 ? rate.toPrecision(6) : rate.toFixed(6));
}
