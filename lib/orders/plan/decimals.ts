/** "12.5" is 1250n. The shape of an order lets no more than two places through. */
export function hundredths(decimal: string): bigint {
  const [, sign, whole = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? [];
  const minor = BigInt(whole + fraction.padEnd(2, "0"));
  return sign ? -minor : minor;
}

export function differsBy(one: bigint, other: bigint): bigint {
  return one > other ? one - other : other - one;
}
