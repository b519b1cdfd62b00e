import { sumOf } from "#lib/core/money/money.ts";

/** What Xero makes of a document's lines (xero-documents 2.2), in hundredths. */
export type LineAmounts = {
  /** Its price times its quantity, less its discount. With its tax in it where amounts are inclusive. */
  lineMinor: bigint;
  taxMinor: bigint;
};

type Priced = { quantity: string; unitPrice: string; discountPercent: string | null };

export type Amounts = "exclusive" | "inclusive" | "none";

/** `percent`: of the line's tax rate, a decimal. Each rounds to the hundredth, halves away from zero. */
export function lineAmounts(
  { quantity, unitPrice, discountPercent }: Priced,
  { amounts, percent }: { amounts: Amounts; percent: string },
): LineAmounts {
  const q = scaled(quantity);
  const p = scaled(unitPrice);
  const kept = 100n * SCALE - scaled(discountPercent ?? "0");
  const lineMinor = divided(q * p * kept * 100n, SCALE * SCALE * SCALE * 100n);
  const rate = scaled(percent);
  switch (amounts) {
    case "none":
      return { lineMinor, taxMinor: 0n };
    case "exclusive":
      return { lineMinor, taxMinor: divided(lineMinor * rate, 100n * SCALE) };
    case "inclusive":
      return { lineMinor, taxMinor: lineMinor - divided(lineMinor * 100n * SCALE, 100n * SCALE + rate) };
  }
}

export type Totals = { netMinor: bigint; taxMinor: bigint; totalMinor: bigint };

export function totalsOf(lines: LineAmounts[], amounts: Amounts): Totals {
  const lineMinor = sumOf(lines.map((line) => line.lineMinor));
  const taxMinor = sumOf(lines.map((line) => line.taxMinor));
  const netMinor = amounts === "inclusive" ? lineMinor - taxMinor : lineMinor;
  return { netMinor, taxMinor, totalMinor: netMinor + taxMinor };
}

/** The most by which a sender's total may differ from its lines: a hundredth a line, five in all. */
export function toleranceOf(lines: number): bigint {
  return BigInt(Math.min(lines, 5));
}

/** Decimals are counted in ten-thousandths: no quantity, price or percentage has more places. */
const SCALE = 10_000n;

function scaled(decimal: string): bigint {
  const [, sign, whole = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? [];
  const value = BigInt(whole + fraction.slice(0, 4).padEnd(4, "0"));
  return sign ? -value : value;
}

/** Rounded, a half away from zero. */
function divided(numerator: bigint, denominator: bigint): bigint {
  const magnitude = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * magnitude + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}
