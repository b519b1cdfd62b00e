import { exponentOf, formatMoney, fromDecimal } from "#lib/core/money.ts";

/** An amount as somebody typed it, "1400.04", "A$1,400.04" or "1 400", in minor units; null when it is none of this currency. */
export function amountTyped(text: string, currency: string): bigint | null {
  const [, code = "", sign = "", whole, fraction = ""] =
    /^([A-Z]{0,3})\s*([$€£¥]?)\s*(\d{1,13}|\d{1,3}(?:[ ,]\d{3}){1,4})(?:\.(\d{1,3}))?$/i.exec(text.trim()) ??
    [];
  if (!whole || fraction.length > exponentOf(currency)) return null;
  // "A$" is short for AUD, and "US$" is not.
  if (!currency.startsWith(code.toUpperCase())) return null;
  if (!formatMoney({ minor: 0n, currency }).includes(sign)) return null;
  return fromDecimal(`${whole.replace(/[ ,]/g, "")}${fraction && `.${fraction}`}`, currency);
}
