import { and, eq, sql } from "drizzle-orm";
import { postingLines, postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import type { Posting } from "./store.ts";

/** A document that moves money on a clearing account: in is positive. */
export type ClearingDocument = Pick<
  Posting,
  "kind" | "sourceId" | "accountId" | "state" | "reference" | "currency" | "xeroId" | "targetId"
> & {
  postingId: string;
  minor: bigint;
  /** The payments or the bank transaction that it is in Xero. */
  xeroIds: string[];
  /** The payment that it belongs to; null for payouts and fees. */
  captureId: string | null;
};

/** What each kind does to the account. A credit note moves nothing itself: it stands for its refund until that exists. */
const SIGN: Record<Posting["kind"], bigint> = {
  payment: 1n,
  batch_payment: 1n,
  credit_note: -1n,
  credit_refund: -1n,
  removal: -1n,
  fee: -1n,
  transfer: -1n,
  transfer_back: 1n,
};

/** Everything that the desk promised to write to an organisation's clearing accounts. `captureOf` names the capture of a source. */
export async function clearingDocuments(
  db: Db,
  connectionId: string,
  captureOf: (sourceId: string) => string | null,
): Promise<ClearingDocument[]> {
  const rows = await db
    .select({
      postingId: postings.id,
      kind: postings.kind,
      sourceId: postings.sourceId,
      accountId: postings.accountId,
      state: postings.state,
      reference: postings.reference,
      currency: postings.currency,
      xeroId: postings.xeroId,
      targetId: postings.targetId,
      minor: sql<string>`coalesce(sum(${postingLines.amountMinor}), ${postings.amountMinor}, 0)`,
      paymentIds: sql<
        string[]
      >`coalesce(array_agg(${postingLines.xeroPaymentId}) filter (where ${postingLines.xeroPaymentId} is not null), '{}')`,
    })
    .from(postings)
    .leftJoin(postingLines, eq(postingLines.postingId, postings.id))
    .where(
      and(
        eq(postings.connectionId, connectionId),
        // Done, its refund exists and speaks for itself.
        sql`not (${postings.kind} = 'credit_note' and ${postings.state} = 'done')`,
      ),
    )
    .groupBy(postings.id);
  return rows.map(({ minor, paymentIds, ...row }) => ({
    ...row,
    minor: BigInt(minor) * SIGN[row.kind],
    xeroIds: [...paymentIds, ...(row.xeroId ? [row.xeroId] : [])],
    captureId: captureOf(row.sourceId),
  }));
}
