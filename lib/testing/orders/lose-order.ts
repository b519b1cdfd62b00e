import { eq, inArray } from "drizzle-orm";
import { orderAttachments, orderDocuments, orderRevisions, orders } from "#db/schema/orders.ts";
import { postingLines, postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";

/** Test only: the database is as before this order came, as one that was restored from a backup; Xero has what it became. */
export async function loseOrder(db: Db, orderId: string): Promise<void> {
  const documents = await db.select().from(orderDocuments).where(eq(orderDocuments.orderId, orderId));
  const files = await db.select().from(orderAttachments).where(eq(orderAttachments.orderId, orderId));
  const sources = [...documents, ...files].map(({ id }) => id);
  const lost = await db.select().from(postings).where(inArray(postings.sourceId, sources));
  const ids = lost.map(({ id }) => id);
  await db.delete(postingLines).where(inArray(postingLines.postingId, ids));
  await db.update(postings).set({ afterId: null }).where(inArray(postings.id, ids));
  await db.delete(postings).where(inArray(postings.id, ids));
  await db.delete(orderAttachments).where(eq(orderAttachments.orderId, orderId));
  await db.delete(orderDocuments).where(eq(orderDocuments.orderId, orderId));
  await db.delete(orderRevisions).where(eq(orderRevisions.orderId, orderId));
  await db.delete(orders).where(eq(orders.id, orderId));
}
