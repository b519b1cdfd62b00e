import { and, eq, type SQL } from "drizzle-orm";
import { postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import { beginning, freeReference, type Origin } from "./reference.ts";
import { insertPosting, type Posting } from "./store.ts";

export type Removal = {
  payment: Posting & { xeroId: string };
  disputeId: string;
  origin: Origin;
  amountMinor: bigint;
  /** What is owed again without it. */
  invoiceIds: string[];
};

/** Promises that this payment will be taken off in Xero: its invoices are owed again. */
export async function createRemovalPosting(
  tx: Db,
  { payment, disputeId, origin, amountMinor, invoiceIds }: Removal,
): Promise<void> {
  const { firmId, connectionId, accountId, currency, date, kind } = payment;
  await insertPosting(
    tx,
    {
      ...{ firmId, connectionId, accountId, currency, date, amountMinor },
      ...(await beginning(tx, origin)),
      kind: "removal",
      sourceId: disputeId,
      targetId: payment.xeroId,
      body: { isBatch: kind === "batch_payment", invoiceIds },
      reference: await freeReference(tx, `${origin.id} removal`),
    },
    [],
  );
}

/** The payment of a capture, once it is in Xero. */
export async function paymentInXero(
  db: Db,
  captureId: string,
): Promise<(Posting & { xeroId: string }) | undefined> {
  const [row] = await db
    .select()
    .from(postings)
    .where(and(eq(postings.sourceId, captureId), eq(postings.state, "done")));
  return row?.xeroId ? { ...row, xeroId: row.xeroId } : undefined;
}

/** Whether a dispute's removal has been promised: for a query of its own. */
export function removalOf(db: Db, disputeId: SQL) {
  return db
    .select({ id: postings.id })
    .from(postings)
    .where(and(eq(postings.kind, "removal"), eq(postings.sourceId, disputeId)));
}
