import * as currencies from "dinero.js/bigint/currencies";

/** Money is whole minor units (bigint) with its ISO 4217 code; decimals exist only at Xero's door and on the page. */
export type Money = { minor: bigint; currency: string };

const EXPONENTS = new Map(
  Object.values(currencies).map((currency) => [currency.code, Number(currency.exponent)]),
);

/** How many decimals a currency has: AUD 2, JPY 0, KWD 3. Throws for a code that is not in ISO 4217. */
export function exponentOf(currency: string): number {
  const exponent = EXPONENTS.get(currency);
  if (exponent === undefined) throw new RangeError(`Not a currency: ${currency}`);
  return exponent;
}

export function isCurrency(code: string): boolean {
  return EXPONENTS.has(code);
}

/** "2200.00" for 220000 AUD: plain, a dot, no grouping. What Xero takes. */
export function toDecimal({ minor, currency }: Money): string {
  const exponent = exponentOf(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  const sign = minor < 0n ? "-" : "";
  return exponent === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-exponent)}`;
}

/**
 * Reads a decimal that Xero sent. xero-node hands out JavaScript numbers, whose shortest text is exact to 15 digits;
 * zeros beyond the currency's decimals are dropped (Xero writes 2 decimals for JPY), anything else there throws.
 */
export function fromDecimal(value: number | string, currency: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value));
  if (!match) throw new RangeError(`Not an amount: ${value}`);
  const [, sign, whole = "", fraction = ""] = match;
  const exponent = exponentOf(currency);
  if (/[1-9]/.test(fraction.slice(exponent)))
    throw new RangeError(`Too many decimals for ${currency}: ${value}`);
  const minor = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, "0"));
  return sign ? -minor : minor;
}

export function sumOf(amounts: Iterable<bigint>): bigint {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}

/**
 * Splits a total in proportion to weights, to the minor unit: the largest remainders get one more, earlier ones first.
 * Weights may be negative (a discount). Throws RangeError when they don't come to more than zero.
 */
export function shares(total: bigint, weights: bigint[]): bigint[] {
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
export function formatMoney({ minor, currency }: Money): string {
  return formatOf(moneyFormats, currency, { style: "currency", currency }).format(
    literal({ minor, currency }),
  );
}

/** The figure alone, for columns whose currency is said once: "2,200.00". */
export function formatFigure({ minor, currency }: Money): string {
  const digits = exponentOf(currency);
  return formatOf(figureFormats, currency, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(literal({ minor, currency }));
}

const moneyFormats = new Map<string, Intl.NumberFormat>();
const figureFormats = new Map<string, Intl.NumberFormat>();

/** Kept: making one takes forty times as long as using it. */
function formatOf(kept: Map<string, Intl.NumberFormat>, currency: string, options: Intl.NumberFormatOptions) {
  const format = kept.get(currency) ?? new Intl.NumberFormat("en", options);
  kept.set(currency, format);
  return format;
}

/** Intl formats a decimal string exactly, where a number would round past 15 digits. */
function literal(money: Money): Intl.StringNumericLiteral {
  return toDecimal(money) as Intl.StringNumericLiteral;
}
