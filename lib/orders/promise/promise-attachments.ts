import { and, eq, isNotNull } from "drizzle-orm";
import { orderAttachments } from "#db/schema/orders.ts";
import type { Db } from "#lib/core/db.ts";
import type { AttachmentBody } from "#lib/posting/order-kinds/attachment.ts";
import { createWithInvoice } from "#lib/posting/order-kinds/with-invoice.ts";
import { PDF } from "./attachment-rules.ts";

type Attachment = typeof orderAttachments.$inferSelect;

/** The files of an order whose content the desk still has, which is not let go until the transaction ends. */
export async function filesOf(tx: Db, orderId: string): Promise<Attachment[]> {
  return tx
    .select()
    .from(orderAttachments)
    .where(and(eq(orderAttachments.orderId, orderId), isNotNull(orderAttachments.fileId)))
    .for("share");
}

/** Promises that these files go on an order's invoice. `invoice`: the order's document, and the revision that it says. */
export async function promiseAttachments(
  tx: Db,
  invoice: { id: string; revision: number },
  files: Attachment[],
): Promise<void> {
  for (const { id, orderId, fileId, fileName, bytes, receivedAt } of files) {
    if (fileId === null) continue;
    const body: AttachmentBody = { fileId, fileName, bytes, mediaType: PDF };
    await createWithInvoice(tx, invoice.id, {
      ...{ kind: "attachment", sourceId: id, part: invoice.revision, body },
      origin: { id: `${orderId} ${fileName}`, at: receivedAt },
    });
  }
}
