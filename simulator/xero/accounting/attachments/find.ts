import { attachments } from "../../store/books.ts";
import type { Attachment } from "../../store/order-model.ts";
import { oneOf, type Scope, type Stored } from "../../store/rows.ts";
import type { Wire } from "../../wire.ts";

export const attachmentsOf = (scope: Scope, documentId: string): Stored<Attachment>[] =>
  attachments.list(scope, { where: { text: "party = ?", values: [documentId.toLowerCase()] }, order: "seq" });

/** Which of these documents have any. */
export function withAttachments(scope: Scope, documentIds: string[]): Set<string> {
  const found = attachments.list(scope, { where: oneOf("party", documentIds) });
  return new Set(found.map(({ documentId }) => documentId));
}

/** REC invoice_attachment_create: nothing of IncludeOnline. */
export function attachmentToWire({ world }: Scope, family: string, attachment: Attachment): Wire {
  const { id, documentId, fileName, mimeType, length } = attachment;
  const path = `/api.xro/2.0/${family}/${documentId}/Attachments/${encodeURIComponent(fileName)}`;
  return {
    ...{ AttachmentID: id, FileName: fileName, Url: `${world.baseUrl}${path}` },
    ...{ MimeType: mimeType, ContentLength: length },
  };
}
