/** Money is integer minor units inside; Xero's accounting API prints two decimals for every currency. */

/** n / d to the nearest whole, halves away from zero (xero-platform.md 3.13). */
export function divideRounded(n: bigint, d: bigint): bigint {
  const sign = n < 0n === d < 0n ? 1n : -1n;
  const [top, bottom] = [n < 0n ? -n : n, d < 0n ? -d : d];
  return (sign * (top * 2n + bottom)) / (bottom * 2n);
}

/** A decimal as a whole number of 10^-places, rounded on its decimal digits and not on its binary ones. */
export function toUnits(value: number | string, places: number): number {
  const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?\s*$/.exec(String(value));
  if (!match || (!match[2] && !match[3])) return Number.NaN;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  const shift = places + Number(exponent) - fraction.length;
  const digits = BigInt(`${whole}${fraction}`);
  if (Math.abs(shift) > 400) return Number.NaN;
  const units = shift >= 0 ? digits * 10n ** BigInt(shift) : divideRounded(digits, 10n ** BigInt(-shift));
  return Number(sign === "-" ? -units : units);
}

export const toMinor = (value: number | string) => toUnits(value, 2);

/** Whole units as a decimal: (2415, 2) is "24.15". */
export function fromUnits(units: number, places: number): string {
  const digits = String(Math.abs(units)).padStart(places + 1, "0");
  const sign = units < 0 ? "-" : "";
  return places === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** A share of an amount: (1000, 15, 100) is 150. */
export function portion(amount: number, numerator: number, denominator: number): number {
  return Number(divideRounded(BigInt(amount) * BigInt(numerator), BigInt(denominator)));
}
