import "server-only";
import type { Attachment } from "xero-node/dist/gen/model/accounting/attachment.js";
import { isId } from "../rows/row-parts.ts";
import { complete } from "../rows/write-answers.ts";
import type { Send } from "./sdk.ts";
import type { PostedPayment } from "./types.ts";
import type { XeroApi } from "./xero-api.ts";

type AttachmentCalls = Pick<
  XeroApi,
  "attachToInvoice" | "findAttachments" | "emailInvoice" | "isInvoiceSent"
>;

/** What goes with an invoice: files (xero-documents 11), and its e-mail to the contact (xero-documents 2.1). */
export function attachmentCalls(tenantId: string, send: Send): AttachmentCalls {
  return {
    async attachToInvoice({ invoiceId, fileName, mediaType, content }, idempotencyKey) {
      const includeOnline = true;
      // The SDK sends every file as a form's fields unless it is told what it is.
      const options = { headers: { "Content-Type": mediaType } };
      const answer = await send("accounting.attachments", "Attachments", (api) =>
        api.createInvoiceAttachmentByFileName(
          ...[tenantId, invoiceId, fileName, content, includeOnline, idempotencyKey, options],
        ),
      );
      return answer.only((row) => complete(readAttachment(row)));
    },

    async findAttachments(invoiceId, { fileName, bytes }) {
      const answer = await send("accounting.attachments.read", "Attachments", (api) =>
        api.getInvoiceAttachments(tenantId, invoiceId),
      );
      return answer
        .all((row) =>
          row.fileName?.toLowerCase() === fileName.toLowerCase() && row.contentLength === bytes
            ? complete(readAttachment(row))
            : null,
        )
        .filter((one) => one !== null);
    },

    async emailInvoice(invoiceId, idempotencyKey) {
      await send("accounting.invoices", "Nothing", (api) =>
        api.emailInvoice(tenantId, invoiceId, {}, idempotencyKey),
      );
    },

    async isInvoiceSent(invoiceId) {
      const answer = await send("accounting.invoices.read", "Invoices", (api) =>
        api.getInvoice(tenantId, invoiceId),
      );
      return answer.one(invoiceId, ({ sentToContact }) => sentToContact === true);
    },
  };
}

function readAttachment({ attachmentID }: Attachment): PostedPayment | undefined {
  return isId(attachmentID) ? { xeroId: attachmentID, reference: "", lines: [] } : undefined;
}
