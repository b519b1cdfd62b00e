import { atMost, shares, sumOf } from "#lib/core/money/money.ts";
import type { Share } from "../refunds/refund-rules.ts";

/** What the books have of a payment by one document; `invoiceId` is null for an overpayment. */
export type Cell<P> = { posting: P; invoiceId: string | null; amountMinor: bigint };

type Ranked = { kind: string; state: string };

/**
 * What goes first: what Xero refused and so never had, then overpayments, which no invoice needs, then payments, and last
 * what a person entered and must take off.
 */
function rankOf({ kind, state }: Ranked): number {
  if (state === "refused") return 0;
  if (state === "by_hand") return 3;
  return kind === "overpayment" ? 1 : 2;
}

/** Which of these are taken, and how much of each: within a rank in proportion. What is more than all of them is left out. */
export function takenFrom<P extends Ranked>(cells: Cell<P>[], minor: bigint): Cell<P>[] {
  const taken: Cell<P>[] = [];
  let left = minor;
  const byRank = [...Map.groupBy(cells, ({ posting }) => rankOf(posting))].sort(([a], [b]) => a - b);
  for (const [, of] of byRank) {
    const room = sumOf(of.map(({ amountMinor }) => amountMinor));
    const now = atMost(left, room);
    if (now <= 0n) continue;
    const parts = shares(
      now,
      of.map(({ amountMinor }) => amountMinor),
    );
    taken.push(...of.map((cell, at) => ({ ...cell, amountMinor: parts[at] ?? 0n })));
    left -= now;
  }
  return taken.filter(({ amountMinor }) => amountMinor > 0n);
}

/** One share an invoice; what comes to nothing is left out, and so are overpayments. */
export function byInvoice(cells: { invoiceId: string | null; amountMinor: bigint }[]): Share[] {
  const named = cells.flatMap(({ invoiceId, amountMinor }) =>
    invoiceId === null ? [] : [{ invoiceId, amountMinor }],
  );
  return [...Map.groupBy(named, ({ invoiceId }) => invoiceId)]
    .map(([invoiceId, rows]) => ({ invoiceId, amountMinor: sumOf(rows.map((row) => row.amountMinor)) }))
    .filter(({ amountMinor }) => amountMinor !== 0n);
}

/** What of them is no invoice's. */
export const overOf = (cells: { invoiceId: string | null; amountMinor: bigint }[]): bigint =>
  sumOf(cells.filter(({ invoiceId }) => invoiceId === null).map(({ amountMinor }) => amountMinor));
