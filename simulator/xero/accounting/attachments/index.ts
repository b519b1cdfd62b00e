/** Files beside a document: raw bytes under a name (xero-documents 11). POST is PUT here. */
import { randomUUID } from "node:crypto";
import { type Call, type Endpoint, envelope, isTrue } from "../../call.ts";
import { invalid, notFound, somethingBroke } from "../../errors.ts";
import { attachments } from "../../store/books.ts";
import { keepFile, readFile } from "../../store/files.ts";
import type { Attachment } from "../../store/order-model.ts";
import { getRow, type Kind } from "../../store/rows.ts";
import { attachmentsOf, attachmentToWire } from "./find.ts";

const families: [name: string, kind: Kind][] = [
  ["Invoices", "invoice"],
  ["PurchaseOrders", "purchase-order"],
];
const scopes = ["accounting.attachments"];

const mostOfDocument = 10;
const forbiddenSigns = /[<>:"/\\|?*\0+]/;
/** codatio/codat-docs 1802, and what Xero says of another (XeroAPI/Xero-Java 237). */
const fileTypes = new Set(
  `7z bmp csv doc docx eml gif jpeg jpg keynote msg numbers odf ods odt pages pdf png ppt pptx rar rtf tif tiff txt xls
   xlsx zip`.split(/\s+/),
);
const notSupported = "The file couldn't be uploaded because it isn't a supported file type";

export const attachmentEndpoints: Endpoint[] = families.flatMap(([family, kind]): Endpoint[] => {
  const pattern = `/${family}/:id/Attachments`;
  const one = `${pattern}/:name`;
  const write = (call: Call) => attach(call, family, kind);
  return [
    {
      method: "GET",
      pattern,
      scopes,
      handler(call) {
        const found = attachmentsOf(call, documentOf(call, kind));
        return envelope(call, { Attachments: found.map((each) => attachmentToWire(call, family, each)) });
      },
    },
    { method: "GET", pattern: one, scopes, anyAccept: true, handler: (call) => content(call, kind) },
    { method: "PUT", pattern: one, scopes, handler: write },
    { method: "POST", pattern: one, scopes, handler: write },
  ];
});

/** A file of the same name takes the place of the one before. */
function attach(call: Call, family: string, kind: Kind) {
  const { world, tenantId, req, clientId } = call;
  const documentId = documentOf(call, kind);
  const fileName = call.params.name ?? "";
  // XeroAPI/xero-node 763.
  if (fileName.endsWith(" ")) throw somethingBroke();
  const others = attachmentsOf(call, documentId);
  const before = others.find((other) => isSame(other.fileName, fileName));
  const faults = faultsOf(fileName, before ? 0 : others.length);
  if (faults.length > 0)
    throw invalid([{ FileName: fileName, ValidationErrors: faults.map((Message) => ({ Message })) }]);
  const attachment: Attachment = {
    ...{ id: before?.id ?? randomUUID(), documentId, fileName, length: req.raw.length },
    mimeType: req.headers["content-type"] ?? "application/octet-stream",
    hash: keepFile(world, req.raw),
    // xero-documents 11.
    includeOnline: family === "Invoices" && req.method === "PUT" && isTrue(call, "IncludeOnline"),
    createdBy: clientId,
  };
  world.journal.write("xero.attachment.saved", {
    tenantId,
    kind,
    documentId,
    fileName,
    length: req.raw.length,
  });
  return envelope(call, { Attachments: [attachmentToWire(call, family, attachments.put(call, attachment))] });
}

/** The words for the first and the last are ours. */
function faultsOf(fileName: string, others: number): string[] {
  const type = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? "";
  return [
    ...(forbiddenSigns.test(fileName) ? [`The file name '${fileName}' contains invalid characters`] : []),
    ...(fileTypes.has(type) ? [] : [notSupported]),
    ...(others >= mostOfDocument ? [`A document can have a maximum of ${mostOfDocument} attachments`] : []),
  ];
}

/** By id or name. */
function content(call: Call, kind: Kind) {
  const asked = call.params.name ?? "";
  const found = attachmentsOf(call, documentOf(call, kind)).find(
    ({ id, fileName }) => isSame(id, asked) || isSame(fileName, asked),
  );
  if (!found) throw notFound();
  const headers = { "content-type": found.mimeType };
  return { status: 200, headers, body: readFile(call.world, found.hash) };
}

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

function documentOf(call: Call, kind: Kind): string {
  const document = getRow<{ id: string }>(call, kind, call.params.id ?? "");
  if (!document) throw notFound();
  return document.id;
}
