import { stepOf } from "#lib/core/currencies.ts";
import { shares, sumOf } from "#lib/core/money.ts";

export type Share = { invoiceId: string; amountMinor: bigint };

const ORDER = ["asked", "pending", "succeeded", "failed"] as const;

/** A refund goes one way; what was heard before it went there may come after. */
export function isNews(before: (typeof ORDER)[number], heard: (typeof ORDER)[number]): boolean {
  return ORDER.indexOf(heard) > ORDER.indexOf(before);
}

/** What of each invoice's share has not gone back yet. */
export function leftOf(allocated: Share[], refunded: Share[]): Share[] {
  return allocated.map(({ invoiceId, amountMinor }) => ({
    invoiceId,
    amountMinor:
      amountMinor -
      sumOf(refunded.filter((row) => row.invoiceId === invoiceId).map((row) => row.amountMinor)),
  }));
}

export function atMost(amountMinor: bigint, most: bigint): bigint {
  return amountMinor < most ? amountMinor : most;
}

/** A refund over the invoices that it takes from, in proportion to what is left of each. Throws RangeError for more than is left. */
export function splitRefund(amountMinor: bigint, left: Share[], currency: string): Share[] {
  const open = left.filter((row) => row.amountMinor > 0n);
  if (open.length === 0) return [];
  if (amountMinor > sumOf(open.map((row) => row.amountMinor))) throw new RangeError("More than is left");
  const parts = shares(
    amountMinor,
    open.map((row) => row.amountMinor),
    stepOf(currency),
  );
  return open
    .map(({ invoiceId }, at) => ({ invoiceId, amountMinor: parts[at] ?? 0n }))
    .filter((row) => row.amountMinor > 0n);
}
