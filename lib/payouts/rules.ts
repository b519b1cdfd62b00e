import { sumOf } from "#lib/core/money.ts";
import type { Known } from "#lib/payments/for-payouts.ts";
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
  description: string;
  at: Date | null;
};

/** The fees of a payout as the firm wants them in its books: one line, or one for each payment. */
export function feesOf(
  payout: { id: string; objectRef: string },
  entries: PayoutEntry[],
  feesPer: PayoutSettings["feesPer"],
): FeeToWrite[] {
  const together = {
    sourceId: payout.id,
    origin: payout.objectRef,
    amountMinor: sumOf(entries.map(({ feeMinor }) => feeMinor)),
    description: `Processor fees in payout ${payout.objectRef}`,
    at: null,
  };
  const each = entries.map(({ id, objectRef, feeMinor, kind, sourceRef, madeAt }) => ({
    sourceId: id,
    origin: objectRef,
    amountMinor: feeMinor,
    description: `Processor fee: ${kind} ${sourceRef ?? objectRef}`,
    at: madeAt,
  }));
  return (feesPer === "payout" ? [together] : each).filter(({ amountMinor }) => amountMinor !== 0n);
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

export const isTold = ({ told }: Payout) => told === "written" || told === "fees_only";
export const isLeft = ({ told }: Payout) => told === "left";
export const idsOf = (payouts: Payout[], which: (payout: Payout) => boolean) =>
  new Set(payouts.filter(which).map(({ id }) => id));
