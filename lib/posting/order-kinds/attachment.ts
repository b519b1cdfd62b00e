import { eq } from "drizzle-orm";
import { z } from "zod";
import { attachmentFiles } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import { XeroFault } from "#lib/xero/api/xero-fault.ts";
import type { DocumentKind } from "../kinds/kind.ts";
import type { Posting } from "../store.ts";

/** What a file on an invoice is; its content stands in a row of its own. */
const attachmentBody = z.strictObject({
  invoiceId: z.string(),
  fileId: z.uuid(),
  fileName: z.string().min(1),
  mediaType: z.string().min(1),
  bytes: z.int().positive(),
});
export type AttachmentBody = Omit<z.infer<typeof attachmentBody>, "invoiceId">;

/** A file that came with an order, on its invoice: a second of one name takes the first one's place (xero-documents 11). */
export const attachment: DocumentKind = {
  words: "File on the invoice of an order",
  // What is known of Xero's words: too large, no kind of file that it takes, ten on the invoice (xero-documents 11).
  refusals: [{ cause: "attachment", says: /^/ }],
  async send(xero, posting, key, db) {
    const { fileId, bytes: _, ...file } = bodyOf(posting);
    const content = await contentOf(db, fileId);
    const { reference } = posting;
    return { ...(await xero.attachToInvoice({ ...file, content }, key)), reference };
  },
  find: (xero, posting) => {
    const { invoiceId, fileName, bytes } = bodyOf(posting);
    return xero.findAttachments(invoiceId, { fileName, bytes });
  },
};

const bodyOf = ({ body }: Posting) => attachmentBody.parse(body);

async function contentOf(db: Db, fileId: string): Promise<Buffer> {
  const [file] = await db
    .select({ content: attachmentFiles.content })
    .from(attachmentFiles)
    .where(eq(attachmentFiles.id, fileId));
  if (!file) throw new XeroFault({ kind: "refused", messages: ["The desk has the file no longer."] });
  return file.content;
}

/** Keeps a file until it is let go; its id. */
export async function keepFile(tx: Db, firmId: string, content: Buffer): Promise<string> {
  const [file] = await tx
    .insert(attachmentFiles)
    .values({ firmId, content })
    .returning({ id: attachmentFiles.id });
  if (!file) throw new Error("A file was not kept");
  return file.id;
}
