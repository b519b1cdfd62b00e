import { z } from "zod";
import type { Db } from "#lib/core/db.ts";
import { OWES_LESS } from "../causes.ts";
import { beginning, freeReference, isTestReference, type Origin } from "../reference.ts";
import { insertPosting, type Posting } from "../store.ts";
import { aimed, type DocumentKind } from "./kind.ts";

/** Pays a credit out of the clearing account: the credit note of a refund, or an overpayment. */
export const creditRefund: DocumentKind = {
  words: "Refund out of the clearing account",
  refusals: [{ cause: "used", says: OWES_LESS }],
  send(xero, posting, key) {
    const { targetId: id, ...refund } = aimed(posting);
    const of = refundBody.parse(refund.body)?.of === "overpayment" ? "overpayment" : "credit_note";
    return xero.createCreditRefund({ ...refund, credit: { of, id } }, key);
  },
  find: (xero, posting) => xero.findCreditRefunds(posting.reference),
};

/** What is paid out where it is not the credit note of a refund: an overpayment, or the credit note of an order. */
const refundBody = z.strictObject({ of: z.enum(["overpayment", "order"]) }).nullable();

export type OverpaymentToRefund = {
  firmId: string;
  connectionId: string;
  origin: Origin;
  isTest: boolean;
  /** Where the money went back from. */
  accountId: string;
  currency: string;
  date: string;
  amountMinor: bigint;
  /** The refund, or the dispute's step. */
  sourceId: string;
  /** Where one source pays several out: which of them, from 0. */
  part?: number;
  overpaymentId: string;
};

/** Promises that what goes back of an overpayment will be paid out of it in Xero once: it needs no credit note. */
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
