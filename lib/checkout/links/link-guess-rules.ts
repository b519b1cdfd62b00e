import type { Link } from "./link-rules.ts";

/** Wrong tries at one invoice in a day, of one caller or of all, that are no oversight any more. */
export const AT_INVOICE = 5;
/** Wrong tries of one caller at one firm within ten minutes. */
export const OF_CALLER = 20;
/** Wrong tries at one firm within ten minutes, after which each caller has one. */
export const AT_FIRM = 2_000;

/** Wrong tries that other questions than this one were, by the limits above. */
export type Counts = {
  /** This question is counted; false when there are too many of its caller's to count more. */
  isCounted: boolean;
  callerAtInvoice: number;
  ofCaller: number;
  atFirm: number;
  atInvoice: number;
};

/**
 * What a right answer may show. `closed`: nothing; this caller has guessed too often. `narrow`: the asked invoice alone,
 * for it has been guessed at. What others do closes no link to a caller who has not missed, nor to one who can't be told
 * from others, since any stranger could be them.
 */
export type Standing = "open" | "narrow" | "closed";

export function standingOf(counts: Counts, isKnown: boolean): Standing {
  const { isCounted, callerAtInvoice, ofCaller, atFirm, atInvoice } = counts;
  const isClosed =
    !isCounted ||
    callerAtInvoice >= AT_INVOICE ||
    ofCaller >= OF_CALLER ||
    (atFirm >= AT_FIRM && ofCaller > 0);
  if (isKnown && isClosed) return "closed";
  return atInvoice >= AT_INVOICE || isClosed ? "narrow" : "open";
}

/**
 * The invoice that a link means, whatever stands around its number: one key for all readings that the look-up knows, and
 * for numbers that don't exist as for those that do. Different invoices may share one; it only counts.
 */
export function invoiceKey({ numbers: [number = ""] }: Link): string {
  const plain = [1, 2, 3].reduce(unescaped, number).normalize("NFKC").toLowerCase();
  return (/^[^&#]*/.exec(plain)?.[0] ?? "").replace(/[\s+]/g, "").replaceAll("\0", "");
}

/** All that a link asks, without the amount's decorations: the same question again tells nobody more. */
export function questionOf({ numbers, amount, currency, shortCode }: Link): string {
  const plain = (amount ?? "")
    .replace(/^0+(?=\d)/, "")
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "");
  return JSON.stringify([numbers, plain, currency, shortCode]);
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
