import { daysAfter } from "#lib/core/clock.ts";
import { sumOf } from "#lib/core/money/money.ts";
import type { ClearingDocument } from "#lib/posting/read-clearing.ts";
import type { Payout } from "../store.ts";
import type { Entry } from "./clearing-facts.ts";

/** A document may be dated days before what it is about. */
export const MARGIN_DAYS = 7;

/** What stands on the account and is nobody's yet. */
export class Free {
  readonly #left: Map<string, Entry>;
  readonly #byTransfer: Map<string | null, Entry>;
  readonly #byReference: Map<string | null, Entry[]>;
  readonly #byAmount: Map<bigint, Entry[]>;

  constructor(entries: Entry[]) {
    this.#left = new Map(entries.map((entry) => [entry.entryId, entry]));
    this.#byTransfer = new Map(entries.map((entry) => [entry.transferId, entry]));
    this.#byReference = Map.groupBy(entries, ({ reference }) => reference);
    this.#byAmount = Map.groupBy(entries, ({ minor }) => minor);
  }

  /** By Xero's id or our reference; what a person entered for us, by its amount alone, and no earlier than it may be dated. */
  take({ xeroIds, xeroId, state, reference, minor, date }: ClearingDocument): Entry[] {
    const named = [
      ...xeroIds.map((id) => this.#left.get(id)),
      xeroId === null ? undefined : this.#byTransfer.get(xeroId),
      ...(state === "done" ? [] : (this.#byReference.get(reference) ?? [])),
    ];
    const isFree = (entry: Entry | undefined) => entry !== undefined && this.#left.has(entry.entryId);
    const found = named.filter((entry) => entry !== undefined).filter(isFree);
    const likely = state === "by_hand" && found.length === 0 ? this.#like(minor, date) : undefined;
    const taken = new Set(likely ? [likely] : found);
    for (const { entryId } of taken) this.#left.delete(entryId);
    return [...taken];
  }

  /** What a person entered for what is of this day, if it is there: it may be dated some days before. */
  #like(minor: bigint, day: string): Entry | undefined {
    const from = daysAfter(day, -MARGIN_DAYS);
    return this.#byAmount.get(minor)?.find(({ entryId, date }) => date >= from && this.#left.has(entryId));
  }

  /** Of these amounts, the sum of those that stand there: what a person entered for a payout, and named in no way. */
  takeSums(amounts: bigint[], { arrivesOn }: Payout): bigint {
    const found = amounts.flatMap((minor) => {
      const entry = this.#like(minor, arrivesOn);
      if (entry) this.#left.delete(entry.entryId);
      return entry ?? [];
    });
    return sumOf(found.map(({ minor }) => minor));
  }

  /**
   * What a person entered for payouts in another currency: transfer, fees, exchange difference, at rates that only the bank
   * knows. Known by what they come to, which is what the payments in it left here: of each payout, or of all together.
   */
  takeExchanged(payouts: Payout[], leftBy: (payout: Payout) => bigint): bigint {
    const open = payouts.filter((payout) => leftBy(payout) !== 0n);
    const unmatched = open.filter((payout) => {
      const near = [...this.#left.values()].filter(({ date }) => isNear(date, payout.arrivesOn));
      const found = comingTo(-leftBy(payout), near.slice(-MOST_CANDIDATES));
      for (const { entryId } of found ?? []) this.#left.delete(entryId);
      return !found;
    });
    const settled = sumOf(open.filter((payout) => !unmatched.includes(payout)).map(leftBy));
    const rest = unmatched.map(({ arrivesOn }) => arrivesOn).sort()[0];
    const since = [...this.#left.values()].filter(
      ({ date }) => rest !== undefined && date >= daysAfter(rest, -MARGIN_DAYS),
    );
    if (since.length === 0 || sumOf(since.map(({ minor }) => minor)) !== -sumOf(unmatched.map(leftBy)))
      return -settled;
    for (const { entryId } of since) this.#left.delete(entryId);
    return -settled - sumOf(unmatched.map(leftBy));
  }

  rest(): Iterable<Entry> {
    return this.#left.values();
  }
}

/** So many entries around a payout are tried together, four at a time. */
const MOST_CANDIDATES = 30;
const MOST_TOGETHER = 4;

/** A bank line may be dated days before; the difference is posted by the end of the next month. */
const isNear = (date: string, arrivesOn: string) =>
  date >= daysAfter(arrivesOn, -MARGIN_DAYS) && date <= daysAfter(arrivesOn, 62);

/** The fewest of these entries that come to exactly this, or undefined. */
function comingTo(sum: bigint, entries: Entry[]): Entry[] | undefined {
  for (let count = 1; count <= MOST_TOGETHER; count += 1) {
    const found = pick(sum, entries, count);
    if (found) return found;
  }
  return undefined;
}

function pick(sum: bigint, entries: Entry[], count: number): Entry[] | undefined {
  if (count === 0) return sum === 0n ? [] : undefined;
  for (const [at, entry] of entries.entries()) {
    const others = pick(sum - entry.minor, entries.slice(at + 1), count - 1);
    if (others) return [entry, ...others];
  }
  return undefined;
}
