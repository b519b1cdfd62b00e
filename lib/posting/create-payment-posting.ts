import type { Db } from "#lib/core/db.ts";
import { beginning, freeReference, LOOK_FIRST, type Origin } from "./reference.ts";
import { insertPosting } from "./store.ts";

export type PaymentToPost = {
  firmId: string;
  connectionId: string;
  /** The capture, or the surplus of one that this invoice takes. */
  sourceId: string;
  origin: Origin;
  accountId: string;
  currency: string;
  /** The day the money came, where the organisation is. */
  date: string;
  lines: { invoiceId: string; amountMinor: bigint }[];
  /** Whoever remakes a posting can't know what became of the one before. */
  mayBeThere?: boolean;
};

/**
 * Promises that this money will be in Xero once: call it in the transaction that records the capture. One invoice
 * becomes a Payment, several become one BatchPayment, so that the bank shows one line. Money that a restored database
 * hears of anew may be in Xero already: then it is looked up before it is sent. Returns the reference.
 */
export async function createPaymentPosting(
  tx: Db,
  { origin, lines, mayBeThere, ...payment }: PaymentToPost,
): Promise<string> {
  const reference = await freeReference(tx, origin.id);
  const kind = lines.length === 1 ? "payment" : "batch_payment";
  const begins = mayBeThere ? LOOK_FIRST : await beginning(tx, origin);
  await insertPosting(tx, { ...payment, ...begins, kind, reference }, lines);
  return reference;
}
