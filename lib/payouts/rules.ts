import { sumOf } from "#lib/core/money/money.ts";
import type { Known } from "#lib/payments/money-facts.ts";
import type { XeroTransfer } from "#lib/xero/api/types.ts";
import type { Payout, PayoutEntry, PayoutSettings } from "./store.ts";

type Counted = { grossMinor: bigint; feeMinor: bigint };

/** What entries bring to the bank together. */
export function netOf(entries: Counted[]): bigint {
  return sumOf(entries.map(({ grossMinor, feeMinor }) => grossMinor - feeMinor));
}

export type FeeToWrite = {
  sourceId: string;
  origin: string;
  amountMinor: bigint;
  /** So much of it carries tax, that tax included. */
  taxedMinor: bigint;
  description: string;
  at: Date | null;
};

/** The fees of a payout as the firm wants them in its books: one line, or one for each payment. */
export function feesOf(
  payout: { id: string; objectRef: string },
  entries: PayoutEntry[],
  feesPer: PayoutSettings["feesPer"],
): FeeToWrite[] {
  // Tax that is billed by itself is on the fees that are billed by themselves.
  const isBilled = entries.some(({ kind }) => kind === "tax");
  const taxedOf = ({ kind, feeMinor, taxedFeeMinor }: PayoutEntry) =>
    kind === "tax" || (kind === "fee" && isBilled) ? feeMinor : taxedFeeMinor;
  const together = {
    sourceId: payout.id,
    origin: payout.objectRef,
    amountMinor: sumOf(entries.map(({ feeMinor }) => feeMinor)),
    taxedMinor: sumOf(entries.map(taxedOf)),
    description: `Processor fees in payout ${payout.objectRef}`,
    at: null,
  };
  const each = entries.map((entry) => ({
    sourceId: entry.id,
    origin: entry.objectRef,
    amountMinor: entry.feeMinor,
    taxedMinor: taxedOf(entry),
    description: `Processor fee: ${entry.kind} ${entry.sourceRef ?? entry.objectRef}`,
    at: entry.madeAt,
  }));
  return (feesPer === "payout" ? [together] : each).filter(
    ({ amountMinor, taxedMinor }) => amountMinor !== 0n || taxedMinor !== 0n,
  );
}

type Named = Pick<PayoutEntry, "sourceRef" | "paymentRef">;

/** All names that the processor gives to what entries are about. */
export function namesIn(entries: Named[]): string[] {
  return entries
    .flatMap(({ sourceRef, paymentRef }) => [sourceRef, paymentRef])
    .filter((name) => name !== null);
}

/** Which of our records an entry is about, as far as they are known. */
export function linksOf(
  { kind, sourceRef, paymentRef }: Named & { kind: string },
  known: Known,
): Pick<PayoutEntry, "captureId" | "refundId" | "disputeId"> {
  const captureId = known.payments.get(paymentRef ?? "") ?? null;
  const of = (its: string, ids: Map<string, string>) =>
    captureId !== null && kind === its ? (ids.get(sourceRef ?? "") ?? null) : null;
  return { captureId, refundId: of("refund", known.refunds), disputeId: of("dispute", known.disputes) };
}

type Whose = Pick<PayoutEntry, "kind" | "captureId">;

const isOfClient = ({ kind }: Whose) => kind === "charge" || kind === "refund" || kind === "dispute";

/** Money of clients, and none of it by this desk. Fees and corrections alone are the account's, and so the firm's. */
export function isOfOthers(entries: Whose[]): boolean {
  const ofClients = entries.filter(isOfClient);
  return ofClients.length > 0 && ofClients.every(({ captureId }) => captureId === null);
}

/**
 * Of a payout of an account that several firms use: whether all of it is this one's. A client's money that is not, and a
 * payout of fees and corrections alone, may be another firm's, and the bank has one line for both.
 */
export function isAllOurs(entries: Whose[]): boolean {
  const ofClients = entries.filter(isOfClient);
  return ofClients.length > 0 && ofClients.every(({ captureId }) => captureId !== null);
}

/** Of a transfer off the clearing account (`minor` below zero) or back: a bank line is matched with its other end. */
export function isMatchedAtBank({ isMatched }: XeroTransfer, { minor }: { minor: bigint }): boolean {
  return isMatched[minor < 0n ? "to" : "from"];
}

export const isTold = ({ told }: Payout) => told === "written" || told === "fees_only";
export const isLeft = ({ told }: Payout) => told === "left";
export const isSettled = ({ settledAt }: Payout) => settledAt !== null;
/** Its money is not at the bank: it came back, or never arrived. */
export const cameBack = ({ told, undoneAt }: Payout) => told === "fees_only" || undoneAt !== null;
export const idsOf = (payouts: Payout[], which: (payout: Payout) => boolean) =>
  new Set(payouts.filter(which).map(({ id }) => id));
