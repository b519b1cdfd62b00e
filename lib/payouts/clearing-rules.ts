import { sumOf } from "#lib/core/money.ts";
import type { MoneyFacts } from "#lib/payments/for-payouts.ts";
import type { ClearingDocument } from "#lib/posting/read-clearing.ts";
import type { XeroBankEntry } from "#lib/xero/types.ts";
import type { Cause } from "./clearing-words.ts";
import { netOf } from "./rules.ts";
import type { Payout, PayoutEntry } from "./store.ts";

/** A part of what the clearing account holds, and why. All of them together are its balance. */
export type Line = { cause: Cause; minor: bigint; about: About };
export type About =
  | { kind: "payment"; captureId: string }
  | { kind: "payout"; objectRef: string }
  | { kind: "document"; reference: string }
  | { kind: "entry"; date: string; reference: string | null }
  | { kind: "account" };

export type Books = {
  accountId: string;
  baseCurrency: string;
  /** What is dated before is from before. */
  startsOn: string;
  /** What Xero has on the account; sides of transfers carry the transfer's id. */
  entries: (XeroBankEntry & { transferId: string | null })[];
  documents: ClearingDocument[];
  money: MoneyFacts;
  payouts: Payout[];
  payoutEntries: PayoutEntry[];
};

/**
 * What an account holds, cause by cause. Three sides are held against each other, each document and each movement at the
 * processor once: what the desk promised to Xero, what Xero has, and what the processor has paid out. A cent that none of
 * them explains is `unexplained`.
 */
export function explain(books: Books): Line[] {
  const balance = sumOf(books.entries.map(({ minor }) => minor));
  const written = compare(books);
  const around = Map.groupBy(books.payoutEntries, ({ captureId }) => captureId);
  const documents = Map.groupBy(books.documents, ({ captureId }) => captureId);
  const refunds = Map.groupBy(books.money.refunds, ({ captureId }) => captureId);
  const disputes = Map.groupBy(books.money.disputes, ({ captureId }) => captureId);
  const told = idsOf(books, isTold);
  const left = idsOf(books, isLeft);
  const held = idsOf(books, ({ told, problem }) => told === null && problem !== null);
  const lines = [
    ...written.lines,
    ...books.money.captures.flatMap((capture) =>
      ofPayment(books, written, {
        ...{ capture, told, left, held },
        entries: around.get(capture.id) ?? [],
        documents: documents.get(capture.id) ?? [],
        refunds: refunds.get(capture.id) ?? [],
        disputes: disputes.get(capture.id) ?? [],
      }),
    ),
    ...ofPayouts(books),
  ].filter(({ minor }) => minor !== 0n);
  const rest = balance - sumOf(lines.map(({ minor }) => minor));
  return rest === 0n ? lines : [...lines, { cause: "unexplained", minor: rest, about: { kind: "account" } }];
}

type Written = {
  lines: Line[];
  /** What each document means to the account: as it was promised, or, in another currency, as Xero counts it. */
  means: Map<string, bigint>;
  /** Documents that should stand there and don't. */
  missing: Set<string>;
};

const isTold = ({ told }: Payout) => told === "written" || told === "fees_only";
const isLeft = ({ told }: Payout) => told === "left";
const idsOf = ({ payouts }: Books, which: (payout: Payout) => boolean) =>
  new Set(payouts.filter(which).map(({ id }) => id));

/** Payments that reached the bank before payouts were written here: what they left is from before. */
function paidBefore(books: Books): Set<string> {
  const left = idsOf(books, isLeft);
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
function compare(books: Books): Written {
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
    carried += free.takeSums([-payout.amountMinor, -sumOf(fees.map(({ feeMinor }) => feeMinor))]);
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

const isPayment = ({ kind }: ClearingDocument) =>
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

type Around = {
  /** Payouts that are written, those that were not ours to write, and those that a person must see to. */
  told: Set<string>;
  left: Set<string>;
  held: Set<string>;
  capture: MoneyFacts["captures"][number];
  entries: PayoutEntry[];
  documents: ClearingDocument[];
  refunds: MoneyFacts["refunds"];
  disputes: MoneyFacts["disputes"];
};

/** What a payment, its refunds and its disputes leave in clearing: what the processor has not paid out of it. */
function ofPayment(books: Books, written: Written, around: Around): Line[] {
  const { baseCurrency, accountId } = books;
  const { told, left, held, capture, entries: all, documents: docs, refunds, disputes } = around;
  const about = { kind: "payment" as const, captureId: capture.id };
  const mine = all.filter(({ payoutId }) => told.has(payoutId));
  const gross = (rows: PayoutEntry[]) => sumOf(rows.map(({ grossMinor }) => grossMinor));
  if (docs.some((one) => isPayment(one) && one.accountId !== accountId))
    return [{ cause: "former_account", minor: -gross(mine), about }];
  const isBefore = all.some(({ kind, payoutId }) => kind === "charge" && left.has(payoutId));
  const inBooks = sumOf(docs.map(({ postingId }) => written.means.get(postingId) ?? 0n));
  const charges = mine.filter(({ kind }) => kind === "charge");
  const parts = all.filter(({ kind }) => kind === "charge");
  const isHeld = parts.some(({ payoutId }) => held.has(payoutId));
  const waiting: Cause = isHeld ? "payout_waits" : parts.length > 0 ? "in_transit" : "waiting";

  if (capture.currency !== baseCurrency) {
    if (isBefore) return [{ cause: "exchange", minor: inBooks - gross(mine), about }];
    const isMissing = docs.some(({ postingId }) => written.missing.has(postingId));
    const paid: Cause = isMissing ? "removed" : "exchange";
    return [{ cause: charges.length > 0 ? paid : waiting, minor: inBooks - gross(mine), about }];
  }

  const lines: Line[] = [];
  let facts = 0n;
  if (!isBefore) {
    facts += capture.amountMinor;
    lines.push(
      charges.length > 0
        ? { cause: "exchange", minor: capture.amountMinor - gross(charges), about }
        : { cause: waiting, minor: capture.amountMinor, about },
    );
  }
  for (const { id, state, amountMinor } of refunds) {
    const rows = all.filter(({ refundId, kind }) => refundId === id && kind === "refund");
    if (rows.some(({ payoutId }) => left.has(payoutId)) && state === "succeeded") {
      facts -= amountMinor;
      lines.push({ cause: "before", minor: -amountMinor, about });
      continue;
    }
    const netted = gross(rows.filter(({ payoutId }) => told.has(payoutId)));
    const gone = state === "succeeded" ? -amountMinor : 0n;
    facts += gone;
    lines.push({ cause: "refund_waiting", minor: gone - netted, about });
  }
  for (const { id, state, amountMinor } of disputes) {
    const taken = gross(mine.filter(({ disputeId, kind }) => disputeId === id && kind === "dispute"));
    const gone = state === "lost" ? -amountMinor : 0n;
    facts += gone;
    lines.push({ cause: state === "lost" ? "refund_waiting" : "dispute_held", minor: gone - taken, about });
  }
  const unknown = mine.filter(
    ({ kind, refundId, disputeId }) =>
      (kind === "refund" && refundId === null) || (kind === "dispute" && disputeId === null),
  );
  lines.push({ cause: "dispute_held", minor: -gross(unknown), about });
  const others = mine.filter(({ kind }) => kind === "adjustment" || kind === "payout_back");
  lines.push({ cause: "adjustment", minor: -gross(others), about });
  const untold =
    refunds.some(({ state, toldAt }) => state === "succeeded" && !toldAt) ||
    disputes.some(({ state, toldAt }) => state === "lost" && !toldAt);
  const byHand = docs.some(({ state }) => state === "by_hand");
  lines.push({
    cause: untold ? "on_its_way" : byHand ? "by_hand" : "unwritten",
    minor: inBooks - facts,
    about,
  });
  return lines;
}

/** What stays in clearing of payouts: parts that no payment of this desk explains, and money that came back. */
function ofPayouts({ payouts, payoutEntries }: Books): Line[] {
  const told = payouts.filter(isTold);
  const ids = new Set(told.map(({ id }) => id));
  const counted = payoutEntries.filter(({ payoutId }) => ids.has(payoutId));
  const about = (objectRef: string): About => ({ kind: "payout", objectRef });
  const refOf = new Map(payouts.map(({ id, objectRef }) => [id, objectRef]));
  const entriesOf = Map.groupBy(counted, ({ payoutId }) => payoutId);
  const back = new Set<string>();
  const lines: Line[] = [];
  for (const { captureId, kind, grossMinor, sourceRef, payoutId } of counted) {
    if (captureId !== null) continue;
    const isOurs = kind === "payout_back" && told.some(({ objectRef }) => objectRef === sourceRef);
    if (isOurs && sourceRef) back.add(sourceRef);
    else {
      const cause = kind === "adjustment" || kind === "payout_back" ? "adjustment" : "not_this_desk";
      lines.push({ cause, minor: -grossMinor, about: about(refOf.get(payoutId) ?? "") });
    }
  }
  for (const { id, objectRef, amountMinor, told: what, undoneAt } of told) {
    const rows = entriesOf.get(id) ?? [];
    const cameBack = what === "fees_only" || undoneAt !== null;
    const waits = (cameBack ? amountMinor : 0n) - (back.has(objectRef) ? amountMinor : 0n);
    lines.push(
      { cause: "came_back", minor: waits, about: about(objectRef) },
      { cause: "at_processor", minor: netOf(rows) - amountMinor, about: about(objectRef) },
    );
  }
  return lines;
}
