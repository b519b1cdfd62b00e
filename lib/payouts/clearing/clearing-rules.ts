import { sumOf } from "#lib/core/money/money.ts";
import { cameBack, idsOf, isLeft, isSettled, isTold } from "../rules.ts";
import { withCounterparts } from "./clearing-counterpart-rules.ts";
import { compare } from "./clearing-document-rules.ts";
import type { Books, Line } from "./clearing-facts.ts";
import { ofPayment, ofPayouts } from "./clearing-money-rules.ts";

/**
 * What an account holds, cause by cause. Three sides are held against each other, each document and each movement at the
 * processor once: what the desk promised to Xero, what Xero has, and what the processor has paid out. A cent that none of
 * them explains is `unexplained`.
 */
export function explain(all: Books): Line[] {
  const elsewhere = paidOutElsewhere(all);
  const books = { ...all, payouts: all.payouts.filter(({ id }) => !elsewhere.has(id)) };
  const written = compare(books);
  const around = Map.groupBy(books.payoutEntries, ({ captureId }) => captureId);
  const documents = Map.groupBy(books.documents, ({ captureId }) => captureId);
  const refunds = Map.groupBy(books.money.refunds, ({ captureId }) => captureId);
  const disputes = Map.groupBy(books.money.disputes, ({ captureId }) => captureId);
  const told = idsOf(books.payouts, isTold);
  const left = idsOf(books.payouts, isLeft);
  const held = idsOf(books.payouts, ({ told, problem }) => told === null && problem !== null);
  const lines = withCounterparts(
    [
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
    ].filter(({ minor }) => minor !== 0n),
  );
  const rest = balanceOf(books) - sumOf(lines.map(({ minor }) => minor));
  return rest === 0n ? lines : [...lines, { cause: "unexplained", minor: rest, about: { kind: "account" } }];
}

/** Payouts whose fees and transfer are on another account than this one: they took nothing from here. */
function paidOutElsewhere({ accountId, documents, payoutEntries }: Books): Set<string> {
  const payoutOf = new Map(payoutEntries.map(({ id, payoutId }) => [id, payoutId]));
  const others = documents.filter((one) => one.captureId === null && one.accountId !== accountId);
  return new Set(others.map(({ sourceId }) => payoutOf.get(sourceId) ?? sourceId));
}

/**
 * What is on the account: the entries, and what the payouts that are set aside leave there. They took all that is in them,
 * also of payments that are not set aside and of payouts that came back; the rest came there by payments that are. And what
 * came back of themselves is there again.
 */
export function balanceOf({ entries, payouts, payoutEntries }: Books): bigint {
  const settled = payouts.filter((one) => isSettled(one) && isTold(one));
  const ids = new Set(settled.map(({ id }) => id));
  const taken = payoutEntries.filter(({ payoutId }) => ids.has(payoutId));
  return (
    sumOf(entries.map(({ minor }) => minor)) -
    sumOf(taken.map(({ grossMinor }) => grossMinor)) +
    sumOf(settled.filter(cameBack).map(({ amountMinor }) => amountMinor))
  );
}
