import { and, eq, inArray, ne, type SQL, sql } from "drizzle-orm";
import { alias, union } from "drizzle-orm/pg-core";
import { postingLines, postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import type { Posting } from "./store.ts";

/** A document that moves money on a clearing account: in is positive. */
export type ClearingDocument = Pick<
  Posting,
  "kind" | "sourceId" | "accountId" | "date" | "state" | "reference" | "currency" | "xeroId" | "targetId"
> & {
  postingId: string;
  minor: bigint;
  /** The payments or the bank transaction that it is in Xero. */
  xeroIds: string[];
  /** The payment that it belongs to; null for payouts and fees. */
  captureId: string | null;
};

/**
 * What each kind does to the account. A credit note moves nothing itself: it stands for its refund until that exists; once
 * it has one, taking it off moves nothing either. Nor does what only a person can do, or a double that is taken off.
 */
const SIGN: Record<Exclude<Posting["kind"], "removal">, bigint> = {
  payment: 1n,
  batch_payment: 1n,
  credit_note: -1n,
  credit_refund: -1n,
  overpayment: 1n,
  chore: 0n,
  fee: -1n,
  transfer: -1n,
  transfer_back: 1n,
  // What an order becomes moves no account of ours; its payments speak for themselves.
  invoice: 0n,
  purchase_order: 0n,
  order_credit: 0n,
  contact: 0n,
  allocation: 0n,
  attachment: 0n,
  invoice_email: 0n,
};

const removed = alias(postings, "removed");

/**
 * Everything that the desk promised to write to an organisation's clearing accounts, or what it promised for these sources
 * and took off of that. `captureOf` names the capture of a source.
 */
export async function clearingDocuments(
  db: Db,
  connectionId: string,
  { captureOf, sources }: { captureOf: Map<string, string>; sources?: string[] },
): Promise<ClearingDocument[]> {
  const rows = await db
    .select({
      postingId: postings.id,
      kind: postings.kind,
      sourceId: postings.sourceId,
      accountId: postings.accountId,
      date: postings.date,
      state: postings.state,
      reference: postings.reference,
      currency: postings.currency,
      xeroId: postings.xeroId,
      targetId: postings.targetId,
      minor: sql<string>`coalesce(sum(${postingLines.amountMinor}), ${postings.amountMinor}, 0)`,
      paymentIds: sql<
        string[]
      >`coalesce(array_agg(${postingLines.xeroPaymentId}) filter (where ${postingLines.xeroPaymentId} is not null), '{}')`,
      removedKind: removed.kind,
      removedSource: removed.sourceId,
    })
    .from(postings)
    .leftJoin(postingLines, eq(postingLines.postingId, postings.id))
    .leftJoin(
      removed,
      and(
        eq(postings.kind, "removal"),
        eq(removed.connectionId, postings.connectionId),
        eq(removed.xeroId, postings.targetId),
        ne(removed.kind, "removal"),
      ),
    )
    .where(
      and(
        eq(postings.connectionId, connectionId),
        ne(postings.accountId, ""),
        // Done, its refund exists and speaks for itself.
        sql`not (${postings.kind} = 'credit_note' and ${postings.state} = 'done')`,
        sources && isFor(connectionId, sources),
      ),
    )
    .groupBy(postings.id, removed.id)
    .orderBy(postings.date, postings.id);
  return rows.map(({ minor, paymentIds, removedKind, removedSource, ...row }) => ({
    ...row,
    minor: BigInt(minor) * signOf(row.kind, removedKind),
    xeroIds: [...paymentIds, ...(row.xeroId ? [row.xeroId] : [])],
    captureId: captureOf.get(row.sourceId) ?? captureOf.get(removedSource ?? "") ?? null,
  }));
}

function isFor(connectionId: string, sources: string[]): SQL {
  const these = sql`any(${sql.param(sources)}::uuid[])`;
  return sql`${postings.id} in (
    select id from postings where connection_id = ${connectionId} and source_id = ${these}
    union select removal.id from postings named join postings removal on removal.kind = 'removal'
      and removal.connection_id = named.connection_id and removal.target_id = named.xero_id
    where named.connection_id = ${connectionId} and named.source_id = ${these})`;
}

/** Which of these ids in Xero are of documents that the desk wrote there. */
export async function writtenHere(db: Db, connectionId: string, xeroIds: string[]): Promise<Set<string>> {
  const rows = await union(
    db
      .select({ id: postings.xeroId })
      .from(postings)
      .where(and(eq(postings.connectionId, connectionId), inArray(postings.xeroId, xeroIds))),
    db
      .select({ id: postingLines.xeroPaymentId })
      .from(postingLines)
      .where(and(eq(postingLines.connectionId, connectionId), inArray(postingLines.xeroPaymentId, xeroIds))),
  );
  return new Set(rows.flatMap(({ id }) => id ?? []));
}

function signOf(kind: Posting["kind"], removedKind: Posting["kind"] | null): bigint {
  if (kind !== "removal") return SIGN[kind];
  if (removedKind === null || removedKind === "removal" || removedKind === "credit_note") return 0n;
  return -SIGN[removedKind];
}
