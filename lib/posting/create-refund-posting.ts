import type { Db } from "#lib/core/db.ts";
import { beginning, freeReference, isTestReference, type Origin } from "./reference.ts";
import { insertPosting, type Posting } from "./store.ts";

export type RefundToPost = {
  firmId: string;
  connectionId: string;
  refundLineId: string;
  origin: Origin;
  isTest: boolean;
  /** Where the money went back from. */
  accountId: string;
  currency: string;
  date: string;
  invoiceId: string;
  amountMinor: bigint;
};

/**
 * Promises that this share of a refund will be in Xero once: a credit note with the invoice's lines and tax in
 * proportion, and then its payment out of the account. Call it in the transaction that records the refund.
 */
export async function createRefundPosting(
  tx: Db,
  { refundLineId, origin, isTest, invoiceId, ...refund }: RefundToPost,
): Promise<void> {
  const reference = await freeReference(tx, `${origin.id} credit`, isTest);
  const begins = await beginning(tx, origin);
  await insertPosting(
    tx,
    { ...refund, ...begins, kind: "credit_note", sourceId: refundLineId, targetId: invoiceId, reference },
    [],
  );
}

export type OverpaymentToRefund = Omit<RefundToPost, "refundLineId" | "invoiceId"> & {
  /** The refund, or the dispute's step. */
  sourceId: string;
  /** Where one source pays several out: which of them, from 0. */
  part?: number;
  overpaymentId: string;
};

/** The same for what goes back of an overpayment: it is paid out, and needs no credit note. */
export async function createOverpaymentRefund(
  tx: Db,
  { origin, isTest, overpaymentId, ...refund }: OverpaymentToRefund,
): Promise<void> {
  const reference = await freeReference(tx, `${origin.id} overpayment`, isTest);
  await insertPosting(
    tx,
    {
      ...refund,
      ...(await beginning(tx, origin)),
      kind: "credit_refund",
      targetId: overpaymentId,
      body: { of: "overpayment" },
      reference,
    },
    [],
  );
}

/**
 * The credit note is in Xero: its payment follows. Call it in the transaction that says so. `looked` when a former life of
 * this database may have paid it out already.
 */
export async function createCreditRefund(
  tx: Db,
  creditNote: Posting,
  { creditNoteId, date, looked }: { creditNoteId: string; date: string; looked: boolean },
): Promise<void> {
  const { firmId, connectionId, sourceId, accountId, currency, amountMinor, reference } = creditNote;
  await insertPosting(
    tx,
    {
      ...{ firmId, connectionId, sourceId, accountId, currency, date, amountMinor },
      ...(looked ? { state: "unknown", sends: 1 } : {}),
      kind: "credit_refund",
      targetId: creditNoteId,
      reference: await freeReference(tx, `${reference} refund`, isTestReference(reference)),
    },
    [],
  );
}
