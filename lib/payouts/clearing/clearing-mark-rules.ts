import { daysAfter } from "#lib/core/clock.ts";
import { sumOf } from "#lib/core/money/money.ts";
import { DISPUTES, untoldOf } from "#lib/payments/disputes/dispute-rules.ts";
import type { ClearingDocument } from "#lib/posting/read-clearing.ts";
import type { XeroTransfer } from "#lib/xero/api/types.ts";
import { cameBack, idsOf, isLeft, isMatchedAtBank, isSettled, isTold } from "../rules.ts";
import type { Payout, PayoutEntry } from "../store.ts";
import { isPayment, paidBefore } from "./clearing-document-rules.ts";
import type { Books, Entry, Line } from "./clearing-facts.ts";
import { MARGIN_DAYS } from "./clearing-free-rules.ts";
import type { About } from "./clearing-words.ts";

/** What arrived so many days ago may be set aside; what is dated since is always read. */
export const OPEN_DAYS = 60;

/**
 * Payouts that nobody needs to look at again: written, at the bank by a day and matched there, or back by then; nothing is
 * told of them, nor of any payment in them, and nothing of those is under way; and their fees and transfers take exactly what
 * is in them, on which balanceOf counts. Also those that arrived before the first day, once all that Xero has of their
 * payments was read.
 */
export function toSettle(
  books: Books,
  { lines, transfers, arrivedBy }: { lines: Line[]; transfers: XeroTransfer[]; arrivedBy: string },
): Set<string> {
  const { baseCurrency } = books;
  const told = new Set(lines.map(({ about }) => nameOf(about)));
  const undone = new Set(
    books.documents
      .filter((one) => !isDone(books, one))
      .map(({ captureId, sourceId }) => captureId ?? sourceId),
  );
  const mayMove = new Set(
    [
      ...books.money.refunds.filter(({ state }) => state === "asked" || state === "pending"),
      ...books.money.disputes.filter((one) => !DISPUTES[one.state].isDecided || untoldOf(one) !== 0n),
    ].map(({ captureId }) => captureId),
  );
  const isClean = ({ id, currency }: Books["money"]["captures"][number]) =>
    currency === baseCurrency && !told.has(id) && !undone.has(id) && !mayMove.has(id);
  const clean = new Set(books.money.captures.filter(isClean).map(({ id }) => id));
  const transferOf = new Map(transfers.map((one) => [one.transferId, one]));
  const isMatched = (one: ClearingDocument) => {
    if (one.kind !== "transfer" && one.kind !== "transfer_back") return true;
    const transfer = transferOf.get(one.xeroId ?? "");
    return transfer !== undefined && isMatchedAtBank(transfer, one);
  };
  const standing = new Map(books.entries.flatMap((entry) => idsIn(entry).map((id) => [id, entry] as const)));
  const missing = new Set(
    books.documents
      .filter(({ minor, xeroIds }) => minor !== 0n && !xeroIds.some((id) => standing.has(id)))
      .map(({ captureId }) => captureId),
  );
  const around = aroundPayouts(books);
  const isRight = (payout: Payout) => {
    const { entries, documents } = around(payout);
    const ids = entries.flatMap(({ captureId }) => captureId ?? []);
    if (told.has(payout.objectRef) || !ids.every((id) => clean.has(id))) return false;
    if (isLeft(payout)) return ids.every((id) => !missing.has(id));
    const gross = sumOf(entries.map(({ grossMinor }) => grossMinor));
    const stand = new Set(documents.flatMap((one) => one.xeroIds.flatMap((id) => standing.get(id) ?? [])));
    return (
      documents.every((one) => isDone(books, one) && !told.has(one.reference) && isMatched(one)) &&
      minorOf([...stand]) === (cameBack(payout) ? payout.amountMinor : 0n) - gross
    );
  };
  const isOver = (one: Payout) =>
    one.state === (cameBack(one) ? "failed" : "paid") && one.arrivesOn <= arrivedBy;
  const isOurs = (one: Payout) => isTold(one) || isFromBefore(books, one);
  return idsOf(
    books.payouts,
    (one) => !isSettled(one) && isOurs(one) && isOver(one) && one.currency === baseCurrency && isRight(one),
  );
}

/** Of this organisation alone, and not ours to write, for it arrived before the first day: what its payments left is from before. */
const isFromBefore = ({ startsOn }: Books, payout: Payout) =>
  isLeft(payout) && payout.connectionId !== null && payout.arrivesOn < startsOn;

/** What a line names, where it names one thing of ours. */
function nameOf(about: About): string | null {
  if (about.kind === "payment") return about.captureId;
  if (about.kind === "payout") return about.objectRef;
  return about.kind === "document" ? about.reference : null;
}

const isDone = ({ accountId }: Books, one: ClearingDocument) =>
  one.minor === 0n || (one.state === "done" && one.accountId === accountId);

/** By what a document may be known to be it. */
export const idsIn = ({ entryId, transferId }: Entry) =>
  transferId === null ? [entryId] : [entryId, transferId];

const minorOf = (entries: Entry[]) => sumOf(entries.map(({ minor }) => minor));

/** What is in a payout, and the documents that are about the payout itself. */
function aroundPayouts({ payoutEntries, documents }: Books) {
  const entriesOf = Map.groupBy(payoutEntries, ({ payoutId }) => payoutId);
  const documentsFor = Map.groupBy(documents, ({ sourceId }) => sourceId);
  return ({ id }: Pick<Payout, "id">): { entries: PayoutEntry[]; documents: ClearingDocument[] } => {
    const entries = entriesOf.get(id) ?? [];
    const sources = [id, ...entries.map((entry) => entry.id)];
    return { entries, documents: sources.flatMap((source) => documentsFor.get(source) ?? []) };
  };
}

/** The same books once these payouts are set aside, but for the entries. */
export function withoutSettled(books: Books, settled: Set<string>): Books {
  const payouts = books.payouts.map((one) => (settled.has(one.id) ? { ...one, settledAt: new Date() } : one));
  const aside = idsOf(payouts, isSettled);
  const open = new Set(
    books.payoutEntries.filter(({ payoutId }) => !aside.has(payoutId)).map(({ captureId }) => captureId),
  );
  const known = new Set(books.payoutEntries.map(({ captureId }) => captureId));
  const isOpen = (captureId: string) => open.has(captureId) || !known.has(captureId);
  const around = aroundPayouts(books);
  const gone = new Set([...settled].flatMap((id) => around({ id }).documents));
  const documents = books.documents.filter(
    (one) => !gone.has(one) && (one.captureId === null || isOpen(one.captureId)),
  );
  return {
    ...books,
    payouts,
    documents: withoutPaidBefore({ ...books, payouts, documents }),
    money: { ...books.money, captures: books.money.captures.filter(({ id }) => isOpen(id)) },
  };
}

/** But for payments that payouts of before took to the bank, once those are set aside: the one sum has what they left. */
export function withoutPaidBefore({
  documents,
  payouts,
  payoutEntries,
}: Pick<Books, "documents" | "payouts" | "payoutEntries">): ClearingDocument[] {
  const before = paidBefore({ payouts: payouts.filter(isSettled), payoutEntries });
  return documents.filter((one) => !(isPayment(one) && before.has(one.captureId ?? "")));
}

/** The day from which Xero must be read to find all that is open, and what came since. */
export function readFrom({ documents, money }: Pick<Books, "documents" | "money">, today: string): string {
  const paid = money.captures.map(({ capturedAt }) => capturedAt.toISOString().slice(0, 10));
  const dates = [daysAfter(today, -OPEN_DAYS), ...documents.map(({ date }) => date), ...paid];
  return daysAfter(earliest(dates), -MARGIN_DAYS);
}

/** A day before all others. */
export const NEVER = "0001-01-01";

export const latest = (a: string, b: string) => (a > b ? a : b);

/** Of days, of which there must be one. */
export function earliest(days: string[]): string {
  return days.toSorted()[0] ?? "";
}

/** A fee of a payment may be dated long before the payout that it is taken off, and so be read before it. */
const mayBeOurs = ({ reference }: Entry) => reference?.startsWith("CF-") === true;

export type Carried = { beforeMinor: bigint; entries: Entry[] };

/**
 * Of what stood on the account, what is dated before `since` and of nothing that is set aside: it is not read again. What is
 * from before the first day, and older than what is open (`sumBefore`), is one sum; so is what payments left there that are
 * set aside and reached the bank by payouts of before.
 */
export function toCarry(
  books: Books,
  { open, since, sumBefore }: { open: Books; since: string; sumBefore: string },
): Carried {
  const named = (documents: ClearingDocument[]) => new Set(documents.flatMap(({ xeroIds }) => xeroIds));
  const isNamedIn = (ids: Set<string>) => (entry: Entry) => idsIn(entry).some((id) => ids.has(id));
  const before = paidBefore(books);
  const isStillOpen = isNamedIn(named(open.documents));
  const isKnown = isNamedIn(named(books.documents));
  const isOfBefore = isNamedIn(
    named(books.documents.filter((one) => isPayment(one) && before.has(one.captureId ?? ""))),
  );
  const isOld = (entry: Entry) =>
    [since, sumBefore, books.startsOn].every((day) => entry.date < day) && !mayBeOurs(entry);
  const isInSum = (entry: Entry) =>
    !isStillOpen(entry) && (isKnown(entry) ? isOfBefore(entry) : isOld(entry));
  return {
    beforeMinor: minorOf(books.entries.filter(isInSum)),
    entries: books.entries.filter(
      (entry) => entry.date < since && !isInSum(entry) && (isStillOpen(entry) || !isKnown(entry)),
    ),
  };
}
