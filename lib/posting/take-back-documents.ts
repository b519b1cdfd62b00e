import { and, eq, inArray } from "drizzle-orm";
import { postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import { createRemovalPosting } from "./kinds/removal.ts";
import type { Posting } from "./store.ts";

/** How far the documents of some sources are, together. */
export type Standing =
  /** None was ever sent, or Xero has refused those that were: none is there. */
  | { kind: "unsent" }
  /** All are in Xero. */
  | { kind: "written"; postings: Posting[] }
  /** Staff have dealt with one of them by hand. */
  | { kind: "by-hand" }
  /** One of them may arrive at any moment. */
  | { kind: "under-way" };

/** Locks the documents of these sources until the transaction ends, so that none of them leaves meanwhile. */
export async function lockDocuments(tx: Db, sourceIds: string[]): Promise<Standing> {
  const rows = await tx
    .select()
    .from(postings)
    .where(
      and(
        inArray(postings.sourceId, sourceIds),
        inArray(postings.kind, ["invoice", "purchase_order", "order_credit"]),
      ),
    )
    .orderBy(postings.id)
    .for("update");
  if (rows.every(isUnsent)) return { kind: "unsent" };
  if (rows.some(({ state }) => state === "by_hand")) return { kind: "by-hand" };
  return rows.every(({ state }) => state === "done")
    ? { kind: "written", postings: rows }
    : { kind: "under-way" };
}

const isUnsent = ({ state, sends }: Posting) => state === "refused" || (state === "ready" && sends === 0);

/** Ends the promise of documents that `lockDocuments` has found unsent, in the same transaction. */
export async function withdrawDocuments(tx: Db, sourceIds: string[]): Promise<void> {
  await tx
    .delete(postings)
    .where(
      and(
        inArray(postings.sourceId, sourceIds),
        inArray(postings.kind, ["invoice", "purchase_order", "order_credit"]),
      ),
    );
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
