import {
  type AnyColumn,
  and,
  asc,
  eq,
  ilike,
  inArray,
  isNull,
  type SQL,
  type SQLWrapper,
  sql,
} from "drizzle-orm";
import { KIND_NAMES, POSTING_KINDS, postingLines, postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import { prepared } from "#lib/core/prepared.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import type { Cause } from "./causes.ts";
import { causeOfPosting } from "./kinds/registry.ts";
import { INCOMING, type Posting } from "./store.ts";

export type PostingState = Posting["state"];

type Told = Pick<Posting, "sourceId" | "reference" | "state" | "message" | "doneAt">;

const isIncoming = inArray(postings.kind, [...INCOMING]);

const told = {
  sourceId: postings.sourceId,
  reference: postings.reference,
  state: postings.state,
  message: postings.message,
  doneAt: postings.doneAt,
};

/** The postings that tell Xero of these captures, by capture, its parts in order. */
export async function postingsOf(db: Db, captureIds: string[]): Promise<Map<string, Told[]>> {
  if (captureIds.length === 0) return new Map();
  const rows = await db
    .select(told)
    .from(postings)
    .where(and(inArray(postings.sourceId, captureIds), isIncoming))
    .orderBy(postings.part);
  return Map.groupBy(rows, (row) => row.sourceId);
}

/** Of one capture. For the payer who made it: say no more of them than they show. */
export async function findPostings(db: Db, captureId: string): Promise<Told[]> {
  return (await postingsOf(db, [captureId])).get(captureId) ?? [];
}

export type PostingStory = Told & {
  postingId: string;
  kind: Posting["kind"];
  xeroId: string | null;
  accountId: string;
  date: string;
  /** Xero's id of the payment on each invoice, once it is there. */
  lines: { invoiceId: string; amountMinor: bigint; xeroPaymentId: string | null }[];
};

/** All that staff may know of the postings that tell Xero of this capture or surplus, its parts in order. */
export async function readPostings(db: Db, firmId: string, sourceId: string): Promise<PostingStory[]> {
  const rows = await db
    .select({
      ...told,
      postingId: postings.id,
      kind: postings.kind,
      xeroId: postings.xeroId,
      accountId: postings.accountId,
      date: postings.date,
    })
    .from(postings)
    .where(and(eq(postings.firmId, firmId), eq(postings.sourceId, sourceId), isIncoming))
    .orderBy(postings.part);
  const lines = await db
    .select({
      postingId: postingLines.postingId,
      invoiceId: postingLines.invoiceId,
      amountMinor: postingLines.amountMinor,
      xeroPaymentId: postingLines.xeroPaymentId,
    })
    .from(postingLines)
    .where(
      inArray(
        postingLines.postingId,
        rows.map(({ postingId }) => postingId),
      ),
    )
    .orderBy(postingLines.invoiceId);
  const byPosting = Map.groupBy(lines, (line) => line.postingId);
  return rows.map((row) => ({ ...row, lines: byPosting.get(row.postingId) ?? [] }));
}

/** For a query of the room above: captures of the firm whose posting is in one of these states, or has a reference like this. */
export function capturesPosted(
  firmId: string,
  by: { states: PostingState[] } | { referenceLike: string },
): SQL {
  const which =
    "states" in by ? inArray(postings.state, by.states) : ilike(postings.reference, by.referenceLike);
  return sql`(select ${postings.sourceId} from ${postings} where ${and(eq(postings.firmId, firmId), which)})`;
}

/** For a query of the room above: whether a payment was promised to Xero for this source. One look into an index each. */
export function isPosted(sourceId: AnyColumn): SQL {
  return sql`exists (select 1 from ${postings} where ${postings.kind} in ('payment', 'batch_payment') and ${postings.sourceId} = ${sourceId})`;
}

/** The postings of these sources, at one firm. */
export async function postingIdsOf(db: Db, firmId: string, sourceIds: string[]): Promise<string[]> {
  if (sourceIds.length === 0) return [];
  const rows = await db
    .select({ id: postings.id })
    .from(postings)
    // The index of sources begins with the kind.
    .where(
      and(
        eq(postings.firmId, firmId),
        inArray(postings.sourceId, sourceIds),
        inArray(postings.kind, KIND_NAMES),
      ),
    );
  return rows.map(({ id }) => id);
}

export type RefusedPosting = {
  postingId: string;
  kind: Posting["kind"];
  connectionId: string;
  /** What it is for, and what it aims at: see the table. */
  sourceId: string;
  targetId: string | null;
  reference: string;
  cause: Cause;
  message: string;
  currency: string;
  totalMinor: bigint;
  since: Date;
  invoiceIds: string[];
  /** It moves no money that was taken here: a document of an order, or who bought. */
  isOfOrder: boolean;
};

/** What Xero refused at this firm, oldest first. Throws `forbidden` to who may not see. */
export async function listRefused(db: Db, firm: FirmContext): Promise<RefusedPosting[]> {
  requireAbility(firm, "see");
  const rows = await db
    .select({
      postingId: postings.id,
      kind: postings.kind,
      connectionId: postings.connectionId,
      sourceId: postings.sourceId,
      targetId: postings.targetId,
      reference: postings.reference,
      message: postings.message,
      kept: postings.cause,
      currency: postings.currency,
      totalMinor: sql<string>`coalesce(sum(${postingLines.amountMinor}), ${postings.amountMinor})`,
      since: postings.createdAt,
      lines: sql<
        string[]
      >`coalesce(array_agg(${postingLines.invoiceId}) filter (where ${postingLines.invoiceId} is not null), '{}')`,
    })
    .from(postings)
    .leftJoin(postingLines, eq(postingLines.postingId, postings.id))
    .where(and(eq(postings.firmId, firm.firmId), eq(postings.state, "refused")))
    .groupBy(postings.id)
    .orderBy(asc(postings.createdAt));
  return rows.map(({ totalMinor, message, kept, lines, ...row }) => ({
    ...row,
    invoiceIds: row.kind === "credit_note" && row.targetId ? [row.targetId] : lines,
    cause: causeOfPosting({ kind: row.kind, message, cause: kept }),
    isOfOrder: POSTING_KINDS[row.kind] === "whole",
    message: message ?? "",
    totalMinor: BigInt(totalMinor),
  }));
}

/** Firms with documents that Xero refused: how many by cause, and since when. For letters; says nothing of their content. */
export async function refusedByFirm(
  db: Db,
): Promise<{ firmId: string; since: Date; causes: Map<Cause, number> }[]> {
  const rows = await db
    .select({
      firmId: postings.firmId,
      kind: postings.kind,
      message: postings.message,
      cause: postings.cause,
      since: postings.createdAt,
    })
    .from(postings)
    .where(eq(postings.state, "refused"))
    .orderBy(asc(postings.createdAt));
  return [...Map.groupBy(rows, (row) => row.firmId)].map(([firmId, [first, ...more]]) => {
    const causes = new Map<Cause, number>();
    for (const row of first ? [first, ...more] : []) {
      const cause = causeOfPosting(row);
      causes.set(cause, (causes.get(cause) ?? 0) + 1);
    }
    return { firmId, since: first?.since ?? new Date(0), causes };
  });
}

/** Sums of the money that is on its way to Xero, one a currency; what Xero refused waits for a person and is not. */
export async function onItsWay(db: Db, firm: FirmContext): Promise<{ currency: string; minor: bigint }[]> {
  requireAbility(firm, "see");
  const rows = await db
    .select({
      currency: postings.currency,
      minor: sql<string>`sum(coalesce(${postingLines.amountMinor}, ${postings.amountMinor}))`,
    })
    .from(postings)
    .leftJoin(postingLines, eq(postingLines.postingId, postings.id))
    .where(
      and(
        eq(postings.firmId, firm.firmId),
        inArray(postings.kind, [...INCOMING]),
        // Those there are: by those that there are not, the index would be read in whole.
        inArray(postings.state, ["ready", "sending", "unknown"]),
      ),
    )
    .groupBy(postings.currency);
  return rows.map(({ currency, minor }) => ({ currency, minor: BigInt(minor) }));
}

export type Unreflected = { connectionId: string; invoiceId: string; amountMinor: bigint; since: Date };

/** For a statement of the room above: what `listUnreflected` reads. */
export function selectUnreflected(
  db: Db,
  { connectionIds, invoiceIds }: Record<"connectionIds" | "invoiceIds", SQLWrapper>,
) {
  return db
    .select({
      connectionId: postingLines.connectionId,
      invoiceId: postingLines.invoiceId,
      amountMinor: postingLines.amountMinor,
      since: postings.createdAt,
    })
    .from(postingLines)
    .innerJoin(postings, eq(postings.id, postingLines.postingId))
    .where(
      and(
        sql`${postingLines.connectionId} = any(${connectionIds})`,
        sql`${postingLines.invoiceId} = any(${invoiceIds})`,
        isNull(postingLines.reflectedAt),
      ),
    );
}

const unreflected = prepared("unreflected-lines", (db) =>
  selectUnreflected(db, {
    connectionIds: sql.placeholder("connectionIds"),
    invoiceIds: sql.placeholder("invoiceIds"),
  }),
);

/** Lines of these invoices that the mirror does not show yet, whatever state their posting is in. */
export async function listUnreflected(
  db: Db,
  connectionId: string,
  invoiceIds: string[],
): Promise<Unreflected[]> {
  return invoiceIds.length === 0 ? [] : unreflected(db, { connectionIds: [connectionId], invoiceIds });
}
