import type { Db } from "#lib/core/db.ts";
import { newReference } from "#lib/core/ids.ts";
import { insertPosting } from "./store.ts";

export type PaymentToPost = {
  firmId: string;
  connectionId: string;
  captureId: string;
  accountId: string;
  currency: string;
  /** The day the money came, where the organisation is. */
  date: string;
  lines: { invoiceId: string; amountMinor: bigint }[];
};

/**
 * Promises that this money will be in Xero once: call it in the transaction that records the capture. One invoice
 * becomes a Payment, several become one BatchPayment, so that the bank shows one line. Returns the reference.
 */
export async function createPaymentPosting(
  tx: Db,
  { captureId, lines, ...payment }: PaymentToPost,
): Promise<string> {
  const reference = newReference();
  const kind = lines.length === 1 ? "payment" : "batch_payment";
  await insertPosting(tx, { ...payment, kind, sourceId: captureId, reference }, lines);
  return reference;
}
