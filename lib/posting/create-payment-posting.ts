import type { Db } from "#lib/core/db.ts";
import { referenceOf } from "#lib/core/ids.ts";
import { isBeforeGap } from "#lib/core/memory-gap.ts";
import { insertPosting, isReferenceTaken } from "./store.ts";

export type PaymentToPost = {
  firmId: string;
  connectionId: string;
  captureId: string;
  /** What the money is known by for ever, also in a restored copy of this database, and since when. */
  origin: { id: string; at: Date };
  accountId: string;
  currency: string;
  /** The day the money came, where the organisation is. */
  date: string;
  lines: { invoiceId: string; amountMinor: bigint }[];
};

/**
 * Promises that this money will be in Xero once: call it in the transaction that records the capture. One invoice
 * becomes a Payment, several become one BatchPayment, so that the bank shows one line. Money that a restored database
 * hears of anew may be in Xero already: then it is looked up before it is sent. Returns the reference.
 */
export async function createPaymentPosting(
  tx: Db,
  { captureId, origin, lines, ...payment }: PaymentToPost,
): Promise<string> {
  const reference = await freeReference(tx, origin.id);
  const kind = lines.length === 1 ? "payment" : "batch_payment";
  const looked = (await isBeforeGap(tx, origin.at)) ? ({ state: "unknown", sends: 1 } as const) : {};
  await insertPosting(tx, { ...payment, ...looked, kind, sourceId: captureId, reference }, lines);
  return reference;
}

/** Two hashes of 50 bits may meet; the later one takes the next. */
async function freeReference(tx: Db, seed: string): Promise<string> {
  for (let round = 0; ; round += 1) {
    const reference = referenceOf(round === 0 ? seed : `${seed} ${round}`);
    if (!(await isReferenceTaken(tx, reference))) return reference;
  }
}
