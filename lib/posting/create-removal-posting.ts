import type { Db } from "#lib/core/db.ts";
import { beginning, freeReference, type Origin } from "./reference.ts";
import { insertPosting, type Posting } from "./store.ts";

export type Removal = {
  payment: Posting;
  /** Which document of it is taken off: its own, or a double that came late. */
  xeroId: string | null;
  /** What it is taken off for: the dispute, or the break. */
  sourceId: string;
  origin: Origin;
  amountMinor: bigint;
  /** What is owed again without it. */
  invoiceIds: string[];
};

/** Promises that this payment will be taken off in Xero: its invoices are owed again. */
export async function createRemovalPosting(
  tx: Db,
  { payment, xeroId, sourceId, origin, amountMinor, invoiceIds }: Removal,
): Promise<void> {
  const { firmId, connectionId, accountId, currency, date, kind } = payment;
  await insertPosting(
    tx,
    {
      ...{ firmId, connectionId, accountId, currency, date, amountMinor },
      ...(await beginning(tx, origin)),
      kind: "removal",
      sourceId,
      targetId: xeroId,
      body: { isBatch: kind === "batch_payment", invoiceIds },
      reference: await freeReference(tx, `${origin.id} removal`),
    },
    [],
  );
}
