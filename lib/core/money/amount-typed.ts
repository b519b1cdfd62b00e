import { digitsOf, stepOf } from "#lib/core/money/currencies.ts";
import { formatMoney, fromDecimal } from "#lib/core/money/money.ts";

/**
 * An amount as somebody typed it, "1400.04", "A$1,400.04" or "1 400", in hundredths; null when it is none of this currency, or
 * none that can be charged or given back: a half yen, thousandths of a dinar.
 */
export function amountTyped(text: string, currency: string): bigint | null {
  const [, code = "", sign = "", whole, fraction = ""] =
    /^([A-Z]{0,3})\s*([$€£¥]?)\s*(\d{1,13}|\d{1,3}(?:[ ,]\d{3}){1,4})(?:\.(\d{1,3}))?$/i.exec(text.trim()) ??
    [];
  if (!whole || fraction.length > digitsOf(currency) || /[1-9]/.test(fraction.slice(2))) return null;
  // "A$" is short for AUD, and "US$" is not.
  if (!currency.startsWith(code.toUpperCase())) return null;
  if (!formatMoney({ minor: 0n, currency }).includes(sign)) return null;
  const minor = fromDecimal(`${whole.replace(/[ ,]/g, "")}${fraction && `.${fraction}`}`, currency);
  return minor % stepOf(currency) === 0n ? minor : null;
}

/** " in steps of ¥1" where a currency is not charged to the last digit that it is shown with; else nothing. */
export function stepInWords(currency: string): string {
  const isPlain = digitsOf(currency) === 2 && stepOf(currency) === 1n;
  return isPlain ? "" : ` in steps of ${formatMoney({ minor: stepOf(currency), currency })}`;
}
