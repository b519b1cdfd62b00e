import { and, asc, eq, gt, inArray, isNull, not, sql } from "drizzle-orm";
import { isWhole, postingLines, postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import { mayBeTried } from "#lib/core/failures/failures.ts";

/** A payment that is in Xero, and of which the invoice's History does not tell yet. */
export type Unnoted = {
  postingId: string;
  connectionId: string;
  firmId: string;
  /** The capture, or its surplus that this invoice took. */
  sourceId: string;
  reference: string;
  invoiceId: string;
};

/** What failures of noting are kept under; the item is `noteItem`. */
export const NOTE = "note";
export const noteItem = ({ postingId, invoiceId }: Unnoted) => `${postingId} ${invoiceId}`;
const ITEM = sql`(${postingLines.postingId} || ' ' || ${postingLines.invoiceId})`;

/** What is older than this is left without a note. */
const DAYS = 3;

/** The oldest first; `limit` of each connection, so that none keeps another waiting. */
export async function listUnnoted(db: Db, limit: number): Promise<Unnoted[]> {
  const ranked = db
    .select({
      postingId: postingLines.postingId,
      connectionId: postings.connectionId,
      firmId: postings.firmId,
      sourceId: postings.sourceId,
      reference: postings.reference,
      invoiceId: postingLines.invoiceId,
      doneAt: postings.doneAt,
      rank: sql<number>`row_number() over (partition by ${postings.connectionId} order by ${postings.doneAt})`.as(
        "rank",
      ),
    })
    .from(postings)
    .innerJoin(postingLines, eq(postingLines.postingId, postings.id))
    .where(
      and(
        eq(postings.state, "done"),
        inArray(postings.kind, ["payment", "batch_payment"]),
        gt(postings.doneAt, sql`now() - make_interval(days => ${DAYS})`),
        isNull(postingLines.notedAt),
        mayBeTried(NOTE, ITEM),
      ),
    )
    .as("ranked");
  const rows = await db
    .select()
    .from(ranked)
    .where(sql`${ranked.rank} <= ${limit}`)
    .orderBy(asc(ranked.doneAt));
  return rows.map(({ doneAt: _, rank: __, ...row }) => row);
}

/** True while anything that is paid waits to be written to this connection; orders may wait for long, for their contact. */
export async function hasPostingsWaiting(db: Db, connectionId: string): Promise<boolean> {
  const rows = await db
    .select({ id: postings.id })
    .from(postings)
    .where(
      and(
        eq(postings.connectionId, connectionId),
        inArray(postings.state, ["ready", "sending", "unknown"]),
        not(isWhole(postings.kind)),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** The invoice's History tells of it, or never will. */
export async function markNoted(db: Db, { postingId, invoiceId }: Unnoted): Promise<void> {
  await db
    .update(postingLines)
    .set({ notedAt: sql`now()` })
    .where(and(eq(postingLines.postingId, postingId), eq(postingLines.invoiceId, invoiceId)));
}
