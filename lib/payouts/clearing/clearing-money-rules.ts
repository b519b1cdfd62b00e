import { sumOf } from "#lib/core/money/money.ts";
import { DISPUTES, goneBy, heldOf, untoldOf } from "#lib/payments/disputes/dispute-rules.ts";
import type { MoneyFacts } from "#lib/payments/money-facts.ts";
import type { ClearingDocument } from "#lib/posting/read-clearing.ts";
import { cameBack, isSettled, isTold, netOf } from "../rules.ts";
import type { PayoutEntry } from "../store.ts";
import { isPayment, type Written } from "./clearing-document-rules.ts";
import type { Books, Line } from "./clearing-facts.ts";
import type { About, Cause } from "./clearing-words.ts";

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
export function ofPayment(books: Books, written: Written, around: Around): Line[] {
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

  const takenBy = ({ id }: { id: string }) =>
    gross(mine.filter(({ disputeId, kind }) => disputeId === id && kind === "dispute"));

  if (capture.currency !== baseCurrency) {
    const minor = inBooks - gross(mine);
    if (isBefore) return [{ cause: "exchange", minor, about }];
    const isMissing = docs.some(({ postingId }) => written.missing.has(postingId));
    const paid: Cause = isMissing ? "removed" : "exchange";
    // What a bank holds is in the books still, at Xero's own rate: no more of it is known in this currency.
    const held = -sumOf(disputes.filter((one) => heldOf(one) > 0n).map(takenBy));
    return [
      { cause: "dispute_held", minor: held, about },
      { cause: charges.length > 0 ? paid : waiting, minor: minor - held, about },
    ];
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
  for (const dispute of disputes) {
    const gone = -goneBy(dispute);
    const minor = gone - takenBy(dispute);
    facts += gone;
    const cause: Cause = minor > 0n ? "dispute_back" : "refund_waiting";
    lines.push({ cause: DISPUTES[dispute.state].isDecided ? cause : "dispute_held", minor, about });
  }
  const unknown = mine.filter(
    ({ kind, refundId, disputeId }) =>
      (kind === "refund" && refundId === null) || (kind === "dispute" && disputeId === null),
  );
  lines.push({ cause: "dispute_held", minor: -gross(unknown), about });
  const reserved = mine.filter(({ kind }) => kind === "reserve");
  lines.push({ cause: "reserve", minor: -gross(reserved), about });
  const others = mine.filter(({ kind }) => kind === "adjustment" || kind === "payout_back");
  lines.push({ cause: "adjustment", minor: -gross(others), about });
  const untold =
    refunds.some(({ state, toldAt }) => state === "succeeded" && !toldAt) ||
    disputes.some((dispute) => untoldOf(dispute) !== 0n);
  const byHand = docs.some(({ state }) => state === "by_hand");
  lines.push({
    cause: untold ? "on_its_way" : byHand ? "by_hand" : "unwritten",
    minor: inBooks - facts,
    about,
  });
  return lines;
}

function causeOf(kind: PayoutEntry["kind"]): Cause {
  if (kind === "reserve") return "reserve";
  return kind === "adjustment" || kind === "payout_back" ? "adjustment" : "not_this_desk";
}

/** What stays in clearing of payouts that are not set aside: parts that no payment of this desk explains, and money that came back. */
export function ofPayouts({ payouts, payoutEntries }: Books): Line[] {
  const told = payouts.filter(isTold);
  const open = told.filter((one) => !isSettled(one));
  const openIds = new Set(open.map(({ id }) => id));
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
    else if (openIds.has(payoutId)) {
      lines.push({ cause: causeOf(kind), minor: -grossMinor, about: about(refOf.get(payoutId) ?? "") });
    }
  }
  for (const payout of open) {
    const { id, objectRef, amountMinor } = payout;
    const rows = entriesOf.get(id) ?? [];
    const waits = (cameBack(payout) ? amountMinor : 0n) - (back.has(objectRef) ? amountMinor : 0n);
    lines.push(
      { cause: "came_back", minor: waits, about: about(objectRef) },
      { cause: "at_processor", minor: netOf(rows) - amountMinor, about: about(objectRef) },
    );
  }
  return lines;
}
