type Entry = { amount: number; exchange_rate: number | null; created: number };
type Withdrawn = { amount: number; balance_transactions: Entry[] };

/** A rate has few digits: what differs by so little from a whole amount is that amount. */
const ROUNDED = 0.01;

/**
 * What a dispute has taken and not given back, in units of its own currency as Stripe counts them, of which `step` is the
 * least. Its balance transactions are in the account's currency, each at its own rate; a dispute fee is no part of them.
 */
export function withdrawnOf({ amount, balance_transactions: entries }: Withdrawn, step: number): number {
  let out = 0;
  for (const entry of inOrder(entries)) {
    out += entry.amount < 0 ? sizeOf(entry, amount - out, step) : -sizeOf(entry, out, step);
  }
  return Math.max(out, 0);
}

/** Whether the last that moved was a withdrawal: what a won dispute took is still to come back. */
export function isToComeBack(dispute: Withdrawn): boolean {
  const last = inOrder(dispute.balance_transactions).at(-1);
  return last !== undefined && last.amount < 0 && withdrawnOf(dispute, 1) > 0;
}

const inOrder = (entries: Entry[]) => entries.toSorted((a, b) => a.created - b.created);

function sizeOf({ amount, exchange_rate: rate }: Entry, whole: number, step: number): number {
  if (rate === null) return Math.abs(amount);
  const size = Math.abs(amount) / rate;
  return Math.abs(size - whole) <= Math.max(1, whole * ROUNDED) ? whole : Math.round(size / step) * step;
}
