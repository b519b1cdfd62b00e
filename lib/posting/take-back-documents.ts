import { and, eq, inArray, notInArray, sql } from "drizzle-orm";
import { postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import { createRemovalPosting } from "./kinds/removal.ts";
import { withdrawWithInvoices } from "./order-kinds/with-invoice.ts";
import type { Posting } from "./store.ts";

/** How far the documents of some sources are. */
export type Standing =
  /** Each is in Xero, or surely not: never sent, or refused there. */
  | { kind: "settled"; unsent: Posting[]; written: Posting[] }
  /** Staff have dealt with one of them by hand. */
  | { kind: "by-hand" }
  /** One of them may arrive at any moment. */
  | { kind: "under-way" };

/** Locks the documents of these sources until the transaction ends, so that none of them leaves meanwhile. */
export async function lockDocuments(tx: Db, sourceIds: string[]): Promise<Standing> {
  const rows = await tx
    .select()
    .from(postings)
    .where(and(inArray(postings.sourceId, sourceIds), inArray(postings.kind, ORDER_KINDS)))
    .orderBy(postings.id)
    .for("update");
  if (rows.some(({ state }) => state === "by_hand")) return { kind: "by-hand" };
  const unsent = rows.filter(isUnsent);
  const written = rows.filter(({ state }) => state === "done");
  return unsent.length + written.length === rows.length
    ? { kind: "settled", unsent, written }
    : { kind: "under-way" };
}

/** True while nothing of them is in Xero, nor may be. */
export function isAllUnsent(standing: Standing): boolean {
  return standing.kind === "settled" && standing.written.length === 0;
}

const ORDER_KINDS = ["invoice", "purchase_order", "order_credit"] as const;

const isUnsent = ({ state, sends }: Posting) => state === "refused" || (state === "ready" && sends === 0);

/** Ends the promise of documents that `lockDocuments` has found unsent, in the same transaction. */
export async function withdrawDocuments(tx: Db, sourceIds: string[]): Promise<void> {
  await withdrawWithInvoices(tx, sourceIds);
  await tx
    .delete(postings)
    .where(and(inArray(postings.sourceId, sourceIds), inArray(postings.kind, ORDER_KINDS)));
}

/** Promises that a document that is in Xero will be voided or deleted there. */
export async function removeDocument(tx: Db, posting: Posting): Promise<void> {
  const { id, sourceId, createdAt } = posting;
  await createRemovalPosting(tx, { posting, sourceId, origin: { id, at: createdAt } });
}

/** True while something that was paid with this document, or paid back, is promised. */
export async function hasPayments(tx: Db, sourceId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: postings.id })
    .from(postings)
    .where(
      and(
        eq(postings.sourceId, sourceId),
        inArray(postings.kind, ["payment", "credit_refund", "allocation"]),
      ),
    );
  return rows.length > 0;
}

/** What credit notes of these sources set against their invoices and Xero has not done yet, in hundredths. */
export async function allocationsUnderWay(tx: Db, sourceIds: string[]): Promise<bigint> {
  if (sourceIds.length === 0) return 0n;
  const [row] = await tx
    .select({
      minor: sql<string>`coalesce(sum(case ${postings.kind} when 'allocation' then ${postings.amountMinor}
        else (${postings.body} #>> '{allocate,amountMinor}')::bigint end), 0)`,
    })
    .from(postings)
    .where(
      and(
        inArray(postings.sourceId, sourceIds),
        inArray(postings.kind, ["order_credit", "allocation"]),
        notInArray(postings.state, ["done", "by_hand"]),
      ),
    );
  return BigInt(row?.minor ?? 0);
}
