import { eq } from "drizzle-orm";
import { orderAttachments } from "#db/schema/orders.ts";
import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { hashOf } from "#lib/core/ids.ts";
import { inTransaction } from "#lib/core/in-transaction.ts";
import { keepFile } from "#lib/posting/order-kinds/attachment.ts";
import { wentWith } from "#lib/posting/read-documents.ts";
import type { Sender } from "../accept/accept-orders.ts";
import { lockById } from "../store.ts";
import { liveDocuments } from "../take-back/take-back.ts";
import { fileFault, MOST_FILES } from "./attachment-rules.ts";
import { promiseAttachments } from "./promise-attachments.ts";

export type Attached =
  /** Kept: on the invoice as soon as may be. `same`: it was here already. */
  | { kind: "taken"; outcome: "new" | "same" }
  /** What keeps it from going on an invoice, in a sentence. */
  | { kind: "refused"; detail: string }
  /** The order has another file of this name. */
  | { kind: "conflict" }
  | { kind: "cancelled" }
  | { kind: "unknown-order" };

/**
 * Keeps a file that came with an order, once by its name, and promises that it goes on the order's invoice, and on one that takes
 * that one's place. Capital and small letters of a name are alike, as they are to Xero. Nothing was kept unless it is taken.
 */
export async function attachFile(
  db: Db,
  sender: Sender,
  { orderId, fileName, content }: { orderId: string; fileName: string; content: Buffer },
): Promise<Attached> {
  const detail = fileFault(fileName, content);
  if (detail) return { kind: "refused", detail };
  const contentHash = hashOf(content);
  return inTransaction(db, async (tx) => {
    const order = await lockById(tx, sender, orderId);
    if (!order) return { kind: "unknown-order" };
    const kept = await tx.select().from(orderAttachments).where(eq(orderAttachments.orderId, orderId));
    const alike = kept.find((one) => one.fileName.toLowerCase() === fileName.toLowerCase());
    if (alike && alike.contentHash !== contentHash) return { kind: "conflict" };
    const invoice = (await liveDocuments(tx, orderId)).find(({ kind }) => kind === "invoice");
    const isThere = alike && (alike.fileId !== null || !invoice || (await goesWith(tx, alike.id, invoice)));
    if (isThere) return { kind: "taken", outcome: "same" };
    if (order.cancelledAt) return { kind: "cancelled" };
    if (!alike && kept.length >= MOST_FILES)
      return { kind: "refused", detail: `It has ${MOST_FILES} files already, as many as an invoice takes.` };
    const { firmId, actor } = sender;
    const fileId = await keepFile(tx, firmId, content);
    const row = { orderId, firmId, fileName, contentHash, bytes: content.byteLength, fileId };
    // The desk has let its copy go, and another invoice stands in the place of the one that has the file.
    const [made] = alike
      ? await tx.update(orderAttachments).set({ fileId }).where(eq(orderAttachments.id, alike.id)).returning()
      : await tx.insert(orderAttachments).values(row).returning();
    if (invoice && made) await promiseAttachments(tx, invoice, [made]);
    await record(tx, {
      ...{ firmId, actor, subject: `order:${orderId}`, action: "order.file-attached" },
      detail: { source: order.source, number: order.number, file: fileName },
    });
    return { kind: "taken", outcome: "new" };
  });
}

/** Whether a file is on this invoice, or on its way there. */
async function goesWith(tx: Db, id: string, { revision }: { revision: number }): Promise<boolean> {
  return (await wentWith(tx, "attachment", [id])).get(id)?.part === revision;
}
