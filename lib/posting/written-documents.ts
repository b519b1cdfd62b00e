import { and, asc, eq, gt, inArray, isNotNull, min, type SQL, sql } from "drizzle-orm";
import { postingLines, postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import type { PostedPayment } from "#lib/xero/api/types.ts";
import { XeroFault } from "#lib/xero/api/xero-fault.ts";
import { withXero } from "#lib/xero/call.ts";
import { findDocuments } from "./kinds/registry.ts";
import { createRemovalPosting } from "./kinds/removal.ts";
import type { Posting } from "./store.ts";

/** A document that is in Xero as far as we know, with each payment that it is there. */
export type Written = Pick<
  Posting,
  "id" | "kind" | "sourceId" | "reference" | "accountId" | "currency" | "doneAt"
> & {
  xeroId: string;
  payments: { paymentId: string; invoiceId: string | null; amountMinor: bigint }[];
};

/** Which documents: all; those that were written since an instant; or those that have one of these ids in Xero. */
export type WhichWritten = "all" | { since: Date } | { xeroIds: string[] };

/** Documents of a connection that are done and that nothing of ours took off again, a page by id after the given one. */
export async function writtenDocuments(
  db: Db,
  connectionId: string,
  { which, after, limit }: { which: WhichWritten; after: string; limit: number },
): Promise<{ rows: Written[]; after: string | null }> {
  const found = await db
    .select()
    .from(postings)
    .where(
      and(
        eq(postings.connectionId, connectionId),
        eq(postings.state, "done"),
        gt(postings.id, after),
        isOf(connectionId, which),
        inArray(postings.kind, ["payment", "batch_payment", "credit_note", "credit_refund", "overpayment"]),
        sql`not exists (select 1 from postings removal where removal.kind = 'removal' and removal.target_id = ${postings.xeroId})`,
      ),
    )
    .orderBy(asc(postings.id))
    .limit(limit);
  const lines = await linesOf(
    db,
    found.map(({ id }) => id),
  );
  const rows = found.map(({ xeroId, ...row }) => ({
    ...row,
    xeroId: xeroId ?? "",
    payments:
      row.kind === "credit_refund"
        ? [{ paymentId: xeroId ?? "", invoiceId: null, amountMinor: row.amountMinor ?? 0n }]
        : lines.filter(({ postingId }) => postingId === row.id),
  }));
  return { rows, after: found.length === limit ? (found.at(-1)?.id ?? null) : null };
}

function isOf(connectionId: string, which: WhichWritten): SQL | undefined {
  if (which === "all") return undefined;
  if ("since" in which) return gt(postings.doneAt, which.since);
  const ids = which.xeroIds;
  if (ids.length === 0) return sql`false`;
  const paid = sql`select ${postingLines.postingId} from ${postingLines} where ${and(eq(postingLines.connectionId, connectionId), inArray(postingLines.xeroPaymentId, ids))}`;
  const named = sql`select named.id from postings named where named.connection_id = ${connectionId} and named.xero_id in ${ids}`;
  return sql`${postings.id} in (${paid} union ${named})`;
}

async function linesOf(db: Db, postingIds: string[]) {
  if (postingIds.length === 0) return [];
  const rows = await db
    .select({
      postingId: postingLines.postingId,
      paymentId: postingLines.xeroPaymentId,
      invoiceId: postingLines.invoiceId,
      amountMinor: postingLines.amountMinor,
    })
    .from(postingLines)
    .where(and(inArray(postingLines.postingId, postingIds), isNotNull(postingLines.xeroPaymentId)));
  return rows.map(({ paymentId, ...row }) => ({ ...row, paymentId: paymentId ?? "" }));
}

/** What is on record under these references, at whichever firm and connection, by reference; with what it comes to. */
export async function postingsNamed(
  db: Db,
  references: string[],
): Promise<Map<string, Posting & { amountMinor: bigint }>> {
  if (references.length === 0) return new Map();
  const lines = sql<string>`coalesce((select sum(${postingLines.amountMinor}) from ${postingLines} where ${postingLines.postingId} = ${postings.id}), ${postings.amountMinor}, 0)`;
  const rows = await db
    .select({ posting: postings, sum: lines })
    .from(postings)
    .where(inArray(postings.reference, references));
  return new Map(
    rows.map(({ posting, sum }) => [posting.reference, { ...posting, amountMinor: BigInt(sum) }]),
  );
}

/** Since when this firm writes to Xero from here: what is older may be another desk's. */
export async function writesSince(db: Db, firmId: string): Promise<Date | null> {
  const [row] = await db
    .select({ at: min(postings.createdAt) })
    .from(postings)
    .where(eq(postings.firmId, firmId));
  return row?.at ?? null;
}

/** False once Xero no longer has it. Throws XeroFault when Xero can't say. */
export async function isThere(
  db: Db,
  connectionId: string,
  { xeroId, kind }: Pick<Written, "xeroId" | "kind">,
): Promise<boolean> {
  try {
    const document = { xeroId, isBatch: kind === "batch_payment" };
    return await withXero(db, connectionId, "sync", (xero) => xero.isPaymentThere(document));
  } catch (error) {
    if (error instanceof XeroFault && error.fault.kind === "not_found") return false;
    throw error;
  }
}

/**
 * Promises that a second document under a posting's reference will be taken off, once Xero shows both at this moment, and
 * both alike: one that a person entered and gave our reference is theirs. False when it does not, or when that is
 * promised already. Throws XeroFault when Xero can't say.
 */
export async function takeDoubleOff(
  db: Db,
  {
    reference,
    double,
    sourceId,
    since,
  }: { reference: string; double: string; sourceId: string; since: Date },
): Promise<boolean> {
  const posting = (await postingsNamed(db, [reference])).get(reference);
  if (posting?.state !== "done" || (await isPromised(db, sourceId))) return false;
  const there = await withXero(db, posting.connectionId, "sync", (xero) => findDocuments(xero, posting));
  const [ours, late] = [posting.xeroId, double].map((id) => there.find(({ xeroId }) => xeroId === id));
  if (!ours || !late || sharesOf(ours) !== sharesOf(late)) return false;
  return db.transaction(async (tx) => {
    await tx.select({ id: postings.id }).from(postings).where(eq(postings.id, posting.id)).for("update");
    if (await isPromised(tx, sourceId)) return false;
    await createRemovalPosting(tx, {
      posting,
      xeroId: double,
      sourceId,
      origin: { id: double, at: since },
    });
    return true;
  });
}

/** What it pays, in a text to compare. */
const sharesOf = ({ lines }: PostedPayment) =>
  lines
    .map(({ invoiceId, amountMinor }) => `${invoiceId} ${amountMinor}`)
    .sort()
    .join();

async function isPromised(db: Db, sourceId: string): Promise<boolean> {
  const rows = await db
    .select({ id: postings.id })
    .from(postings)
    .where(and(eq(postings.kind, "removal"), eq(postings.sourceId, sourceId)));
  return rows.length > 0;
}
