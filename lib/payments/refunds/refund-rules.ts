import { stepOf } from "#lib/core/money/currencies.ts";
import { shares, sumOf } from "#lib/core/money/money.ts";
import type { RefundState } from "#lib/processor/types.ts";

export type Share = { invoiceId: string; amountMinor: bigint };

type State = "asked" | RefundState["state"];
type Row = {
  /** How far it is: a refund goes one way, and what was heard before it went there may come after. */
  step: number;
  /** The processor has nothing more to say of it, but that it came back. */
  isSettled: boolean;
  /** Xero is to have it as a credit note and its payment; where it is not, what Xero has of it is taken off. */
  isInBooks: boolean;
  /** Who gets an e-mail. */
  tells: "payer" | "staff" | null;
};

/** What each state of a refund means here. Stripe's `requires_action` is pending and its `canceled` failed (stripe/refunds.ts). */
export const REFUNDS: Record<State, Row> = {
  asked: { step: 0, isSettled: false, isInBooks: false, tells: null },
  pending: { step: 1, isSettled: false, isInBooks: false, tells: null },
  succeeded: { step: 2, isSettled: true, isInBooks: true, tells: "payer" },
  failed: { step: 3, isSettled: true, isInBooks: false, tells: "staff" },
};

export function isNews(before: State, heard: State): boolean {
  return REFUNDS[heard].step > REFUNDS[before].step;
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
