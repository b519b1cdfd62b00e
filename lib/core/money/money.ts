import { digitsOf } from "./currencies.ts";
import { figureFormat, moneyFormat } from "./money-format.ts";

/**
 * Money is whole hundredths of the currency's unit (bigint) with its ISO 4217 code, whichever the currency: 1234n is AUD 12.34,
 * JPY 12.34 and KWD 12.340. Xero keeps nothing finer, and all that Stripe charges comes to whole hundredths (currencies.ts), so
 * what is shown, charged and posted is one number. Decimals exist only at Xero's door and on the page.
 */
export type Money = { minor: bigint; currency: string };

/**
 * "2200.00" for 220000n of AUD: plain, a dot, no grouping, exact. As many decimals as ISO 4217 has, and two where a yen invoice
 * holds a half.
 */
export function toDecimal({ minor, currency }: Money): string {
  const digits = digitsShown({ minor, currency });
  const hundredths = (minor < 0n ? -minor : minor).toString().padStart(3, "0");
  const whole = (minor < 0n ? "-" : "") + hundredths.slice(0, -2);
  return digits === 0 ? whole : `${whole}.${hundredths.slice(-2).padEnd(digits, "0")}`;
}

/**
 * Reads a decimal that Xero sent. xero-node hands out JavaScript numbers, whose shortest text is exact to 15 digits; anything
 * but zeros beyond the hundredths throws.
 */
export function fromDecimal(value: number | string, currency: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value));
  if (!match) throw new RangeError(`Not an amount: ${value}`);
  const [, sign, whole = "", fraction = ""] = match;
  if (/[1-9]/.test(fraction.slice(2)))
    throw new RangeError(`Finer than a hundredth of ${currency}: ${value}`);
  const minor = BigInt(whole + fraction.slice(0, 2).padEnd(2, "0"));
  return sign ? -minor : minor;
}

/** How many decimals an amount is shown with: ISO 4217's, or two where those would not show all of it. */
function digitsShown({ minor, currency }: Money): number {
  const digits = digitsOf(currency);
  return digits === 0 && minor % 100n !== 0n ? 2 : digits;
}

export function sumOf(amounts: Iterable<bigint>): bigint {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}

/**
 * Splits a total in proportion to weights: the largest remainders get one more, earlier ones first. In whole steps where the
 * total and each weight are whole steps (whole yen stay whole), else to the hundredth. Weights may be negative (a discount).
 * Throws RangeError when they don't come to more than zero.
 */
export function shares(total: bigint, weights: bigint[], step = 1n): bigint[] {
  if (step > 1n && [total, ...weights].every((amount) => amount % step === 0n))
    return shares(total / step, weights).map((part) => part * step);
  const sum = sumOf(weights);
  if (sum <= 0n) throw new RangeError("Nothing to share by");
  const exact = weights.map((weight, at) => ({ at, numerator: total * weight }));
  const rest = (numerator: bigint) => ((numerator % sum) + sum) % sum;
  const parts = exact.map(({ numerator }) => (numerator - rest(numerator)) / sum);
  const left = Number(total - sumOf(parts));
  const largestFirst = exact.toSorted((a, b) => Number(rest(b.numerator) - rest(a.numerator)));
  for (const { at } of largestFirst.slice(0, left)) parts[at] = (parts[at] ?? 0n) + 1n;
  return parts;
}

/** "A$2,200.00": the symbol always tells one dollar from another. */
export function formatMoney(money: Money): string {
  return moneyFormat(money.currency, digitsShown(money)).format(literal(money));
}

/** The figure alone, for columns whose currency is said once: "2,200.00". */
export function formatFigure(money: Money): string {
  return figureFormat(digitsShown(money)).format(literal(money));
}

/** Intl formats a decimal string exactly, where a number would round past 15 digits. */
function literal(money: Money): Intl.StringNumericLiteral {
  return toDecimal(money) as Intl.StringNumericLiteral;
}

/** The smaller of an amount and its limit. */
export function atMost(amountMinor: bigint, most: bigint): bigint {
  return amountMinor < most ? amountMinor : most;
}
