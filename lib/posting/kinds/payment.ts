import type { Db } from "#lib/core/db.ts";
import { IDS_A_CALL } from "#lib/mirror/sync/refresh.ts";
import { payConnection } from "#lib/xero/organisations/pay-connections.ts";
import { documentsFor } from "../batch-rules.ts";
import { ACCOUNT, OWES_LESS } from "../causes.ts";
import { beginning, freeReference, LOOK_FIRST, type Origin } from "../reference.ts";
import { insertPosting } from "../store.ts";
import type { DocumentKind, TakenBack } from "./kind.ts";
import { payInFull } from "./pays-in-full.ts";

/** Money for one invoice: a Payment. */
export const payment: DocumentKind = {
  words: "Payment",
  refusals: [
    { cause: "settled", says: OWES_LESS },
    { cause: "till_account", says: ACCOUNT, target: true },
  ],
  send: (xero, posting, key) => xero.createPayment(posting, key),
  together: {
    // Their invoices are read again in one call.
    most: IDS_A_CALL,
    atFirst: 1,
    fitting: payInFull,
    send: (xero, postings, key) => xero.createPayments(postings, key),
    // All that was owed when it was sent; but the invoice may be raised before it comes.
    isTakenOnce: () => false,
  },
  find: (xero, posting) => xero.findPayments(posting.reference, posting.currency),
};

export const paymentTakenBack: TakenBack = {
  takeBack: (xero, xeroId, key) => xero.deletePayment({ xeroId, isBatch: false }, key),
  isThere: (xero, xeroId) => xero.isPaymentThere({ xeroId, isBatch: false }),
};

export type PaymentToPost = {
  firmId: string;
  connectionId: string;
  /** The capture, or the surplus of one that this invoice takes. */
  sourceId: string;
  origin: Origin;
  /** Test money in real books: Xero's reference says so. */
  isTest: boolean;
  accountId: string;
  currency: string;
  /** The day the money came, where the organisation is. */
  date: string;
  lines: { invoiceId: string; amountMinor: bigint }[];
  /** Whoever remakes a posting can't know what became of the one before. */
  mayBeThere?: boolean;
  /** Why it waits: it goes only once what is taken off for the same source is off. */
  message?: string;
};

/**
 * Promises that this money will be in Xero once: call it in the transaction that records the capture. One invoice
 * becomes a Payment, several become one BatchPayment or as many documents as Xero needs: see `documentsFor`. Money that a
 * restored database hears of anew may be in Xero already: then it is looked up before it is sent. Returns the reference of
 * the first.
 */
export async function createPaymentPosting(
  tx: Db,
  { origin, isTest, lines, mayBeThere, ...payment }: PaymentToPost,
): Promise<string> {
  const begins = mayBeThere ? LOOK_FIRST : await beginning(tx, origin);
  const connection = await payConnection(tx, payment.connectionId);
  const documents = documentsFor(lines, { isBase: connection?.baseCurrency === payment.currency });
  const references: string[] = [];
  for (const [part, ofIt] of documents.entries()) {
    // The same in a restored copy of this database, whatever else was paid with it.
    const seed = documents.length === 1 ? origin.id : `${origin.id} ${ofIt[0]?.invoiceId}`;
    const reference = await freeReference(tx, seed, isTest);
    const kind = ofIt.length === 1 ? "payment" : "batch_payment";
    await insertPosting(tx, { ...payment, ...begins, kind, part, reference }, ofIt);
    references.push(reference);
  }
  const [first] = references;
  if (!first) throw new RangeError("A payment without invoices");
  return first;
}
