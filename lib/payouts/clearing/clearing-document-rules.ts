import { sumOf } from "#lib/core/money/money.ts";
import type { ClearingDocument } from "#lib/posting/read-clearing.ts";
import { idsOf, isLeft, netOf } from "../rules.ts";
import type { PayoutEntry } from "../store.ts";
import type { Books, Line } from "./clearing-facts.ts";
import { Free } from "./clearing-free-rules.ts";
import type { Cause } from "./clearing-words.ts";

export type Written = {
  lines: Line[];
  /** What each document means to the account: as it was promised, or, in another currency, as Xero counts it. */
  means: Map<string, bigint>;
  /** Documents that should stand there and don't. */
  missing: Set<string>;
};

/** Payments that reached the bank by a payout that is not written here, with that payout: what they left is from before. */
export function paidBefore(books: Pick<Books, "payouts" | "payoutEntries">): Map<string, string> {
  const left = idsOf(books.payouts, isLeft);
  return new Map(
    books.payoutEntries
      .filter(({ payoutId, kind }) => kind === "charge" && left.has(payoutId))
      .flatMap(({ captureId, payoutId }) => (captureId ? [[captureId, payoutId] as const] : [])),
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
  const carriedBy = new Map<string, bigint>();
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
    const leftBy = one.captureId && isPayment(one) ? before.get(one.captureId) : undefined;
    if (leftBy) {
      carried += has;
      carriedBy.set(leftBy, (carriedBy.get(leftBy) ?? 0n) + has);
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
    if (payout.currency !== baseCurrency || fees.every(({ captureId }) => captureId === null)) continue;
    const ours = fees.filter(({ captureId }) => captureId !== null);
    const whole = free.takeSums([-payout.amountMinor, -feesIn(fees)], payout);
    // Where others' money was in it too, the person may have entered this firm's share alone.
    carried += whole !== 0n ? whole : free.takeSums([-netOf(ours), -feesIn(ours)], payout);
  }
  carried += free.takeExchanged(
    books.payouts.filter((one) => isLeft(one) && one.currency !== baseCurrency && one.arrivesOn >= startsOn),
    (payout) => (carriedBy.get(payout.id) ?? 0n) - refundedBy(books, entriesOf.get(payout.id) ?? []),
  );
  let undone = 0n;
  for (const payout of books.payouts.filter(({ id }) => undoneByHand.has(id)))
    undone += free.takeSums([payout.amountMinor, -payout.amountMinor], payout);
  written.lines.push({ cause: "by_hand", minor: undone, about: { kind: "account" } });
  const paidOut = new Set(
    books.payouts.filter(({ told }) => told === "written").map(({ amountMinor }) => -amountMinor),
  );
  for (const { minor, date, reference } of free.rest()) {
    if (date < startsOn) carried += minor;
    else {
      const cause = paidOut.has(minor) ? "coded_by_hand" : "not_ours";
      written.lines.push({ cause, minor, about: { kind: "entry", date, reference } });
    }
  }
  written.lines.push({ cause: "before", minor: carried, about: { kind: "account" } });
  return written;
}

/** What refunds in a payout took back, as Xero counts them. */
function refundedBy({ money }: Books, entries: PayoutEntry[]): bigint {
  const ids = new Set(
    entries.flatMap(({ kind, refundId }) => (kind === "refund" && refundId ? [refundId] : [])),
  );
  return sumOf(
    money.refunds
      .filter(({ id, state }) => ids.has(id) && state === "succeeded")
      .map(({ amountMinor }) => amountMinor),
  );
}

const feesIn = (entries: Pick<PayoutEntry, "feeMinor">[]) => sumOf(entries.map(({ feeMinor }) => feeMinor));

export const isPayment = ({ kind }: ClearingDocument) =>
  kind === "payment" || kind === "batch_payment" || kind === "overpayment";

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
