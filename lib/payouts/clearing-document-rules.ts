import { sumOf } from "#lib/core/money.ts";
import type { ClearingDocument } from "#lib/posting/read-clearing.ts";
import type { Books, Line } from "./clearing-facts.ts";
import type { Cause } from "./clearing-words.ts";
import { idsOf, isLeft, netOf } from "./rules.ts";
import type { PayoutEntry } from "./store.ts";

export type Written = {
  lines: Line[];
  /** What each document means to the account: as it was promised, or, in another currency, as Xero counts it. */
  means: Map<string, bigint>;
  /** Documents that should stand there and don't. */
  missing: Set<string>;
};

/** Payments that reached the bank before payouts were written here: what they left is from before. */
function paidBefore(books: Books): Set<string> {
  const left = idsOf(books.payouts, isLeft);
  return new Set(
    books.payoutEntries
      .filter(({ payoutId, kind }) => kind === "charge" && left.has(payoutId))
      .flatMap(({ captureId }) => captureId ?? []),
  );
}

/** Payouts that came back, whose transfer a person had entered, or that never was in Xero: no document tells of them. */
function transfersUndoneByHand({ payouts, documents }: Books): Set<string> {
  const back = new Set(
    payouts.filter(({ state, undoneAt }) => state === "failed" && undoneAt).map(({ id }) => id),
  );
  return new Set(
    documents
      .filter(({ kind, state, sourceId }) => kind === "transfer" && state === "by_hand" && back.has(sourceId))
      .map(({ sourceId }) => sourceId),
  );
}

/** Holds the desk's documents against what stands on the account. */
export function compare(books: Books): Written {
  const { baseCurrency, accountId, startsOn } = books;
  const undoneByHand = transfersUndoneByHand(books);
  // What is known by its amount alone comes last: it must not take what another document names.
  const documents = books.documents
    .filter(
      (one) => one.accountId === accountId && !(one.kind === "transfer" && undoneByHand.has(one.sourceId)),
    )
    .toSorted((a, b) => Number(a.state === "by_hand") - Number(b.state === "by_hand"));
  const before = paidBefore(books);
  const free = new Free(books.entries);
  const removed = new Set(
    documents.filter(({ kind, state }) => kind === "removal" && state === "done").map((one) => one.targetId),
  );
  const written: Written = { lines: [], means: new Map(), missing: new Set() };
  let carried = 0n;
  for (const one of documents) {
    const isRemoved = one.kind === "removal" || removed.has(one.xeroId);
    const found = isRemoved ? [] : free.take(one);
    const has = isRemoved
      ? one.state === "done"
        ? one.minor
        : 0n
      : sumOf(found.map((entry) => entry.minor));
    const isForeign = one.currency !== baseCurrency && one.kind !== "removal";
    // What a person was to enter and has not counts as not meant: the payment itself then says what is missing.
    const isLeftOut = one.state === "by_hand" && found.length === 0 && one.captureId !== null;
    const means = isForeign || isLeftOut ? has : one.minor;
    if (one.captureId && before.has(one.captureId) && isPayment(one)) {
      carried += has;
      continue;
    }
    written.means.set(one.postingId, means);
    if (one.state === "done" && !isRemoved && found.length === 0) written.missing.add(one.postingId);
    written.lines.push({
      cause: whyNot(one, found.length > 0),
      minor: has - means,
      about: one.captureId
        ? { kind: "payment", captureId: one.captureId }
        : { kind: "document", reference: one.reference },
    });
  }
  const entriesOf = Map.groupBy(books.payoutEntries, ({ payoutId }) => payoutId);
  for (const payout of books.payouts.filter((one) => isLeft(one) && one.arrivesOn >= startsOn)) {
    const fees = entriesOf.get(payout.id) ?? [];
    if (fees.every(({ captureId }) => captureId === null)) continue;
    const ours = fees.filter(({ captureId }) => captureId !== null);
    const whole = free.takeSums([-payout.amountMinor, -feesIn(fees)]);
    // Where others' money was in it too, the person may have entered this firm's share alone.
    carried += whole !== 0n ? whole : free.takeSums([-netOf(ours), -feesIn(ours)]);
  }
  let undone = 0n;
  for (const { id, amountMinor } of books.payouts)
    if (undoneByHand.has(id)) undone += free.takeSums([amountMinor, -amountMinor]);
  written.lines.push({ cause: "by_hand", minor: undone, about: { kind: "account" } });
  for (const { minor, date, reference } of free.rest()) {
    if (date < startsOn) carried += minor;
    else {
      const twice = books.payouts.some(
        ({ told, amountMinor }) => told === "written" && amountMinor === -minor,
      );
      const cause = twice ? "coded_by_hand" : "not_ours";
      written.lines.push({ cause, minor, about: { kind: "entry", date, reference } });
    }
  }
  written.lines.push({ cause: "before", minor: carried, about: { kind: "account" } });
  return written;
}

const feesIn = (entries: Pick<PayoutEntry, "feeMinor">[]) => sumOf(entries.map(({ feeMinor }) => feeMinor));

export const isPayment = ({ kind }: ClearingDocument) =>
  kind === "payment" || kind === "batch_payment" || kind === "overpayment";

type Entry = Books["entries"][number];

/** What stands on the account and is nobody's yet. */
class Free {
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

  /** By Xero's id or our reference; what a person entered for us, by its amount alone. */
  take({ xeroIds, xeroId, state, reference, minor }: ClearingDocument): Entry[] {
    const named = [
      ...xeroIds.map((id) => this.#left.get(id)),
      xeroId === null ? undefined : this.#byTransfer.get(xeroId),
      ...(state === "done" ? [] : (this.#byReference.get(reference) ?? [])),
    ];
    const likely = state === "by_hand" ? (this.#byAmount.get(minor) ?? []) : [];
    const isFree = (entry: Entry | undefined) => entry !== undefined && this.#left.has(entry.entryId);
    const found = named.filter((entry) => entry !== undefined).filter(isFree);
    const taken = new Set(found.length > 0 ? found : likely.filter(isFree).slice(0, 1));
    for (const { entryId } of taken) this.#left.delete(entryId);
    return [...taken];
  }

  /** Of these amounts, the sum of those that stand there: what a person entered and named in no way. */
  takeSums(amounts: bigint[]): bigint {
    const found = amounts.flatMap((minor) => {
      const entry = this.#byAmount.get(minor)?.find(({ entryId }) => this.#left.has(entryId));
      if (entry) this.#left.delete(entry.entryId);
      return entry ?? [];
    });
    return sumOf(found.map(({ minor }) => minor));
  }

  rest(): Iterable<Entry> {
    return this.#left.values();
  }
}

function whyNot({ state }: ClearingDocument, isThere: boolean): Cause {
  switch (state) {
    case "done":
      return isThere ? "changed" : "removed";
    case "refused":
      return "refused";
    case "by_hand":
      return "by_hand";
    default:
      return "on_its_way";
  }
}
