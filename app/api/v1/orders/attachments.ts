import { z } from "zod";
import { operation } from "#app/door/api/operation.ts";
import { Problem } from "#app/door/api/problems.ts";
import { db } from "#lib/core/db.ts";
import { attachFile } from "#lib/orders/promise/attach-file.ts";
import { LARGEST_FILE, PDF } from "#lib/orders/promise/attachment-rules.ts";
import { orderAnswer } from "./answers.ts";
import { answerOf, needOrder, orderId, senderOf } from "./orders.ts";

const attached = orderAnswer
  .extend({
    outcome: z.enum(["new", "same"]).meta({ description: "same: it was here, nothing was changed." }),
  })
  .meta({ id: "OrderWithFile" });

export const postAttachment = operation({
  method: "POST",
  path: "/orders/{id}/attachments",
  id: "attachFile",
  summary: "Put a PDF on an order's invoice",
  description:
    "The file as it is, at most 10 MB and ten of an order. It goes on the invoice once that is in Xero, where the client sees it, and on one that takes the invoice's place. Its name is its key: the same file again is the same one.",
  scope: "orders:write",
  params: orderId,
  query: z.strictObject({
    fileName: z.string().min(1).max(500).meta({ description: "Ends in .pdf.", example: "Hire terms.pdf" }),
  }),
  file: { mediaType: PDF, mostBytes: LARGEST_FILE },
  answers: {
    200: { description: "It was here already.", schema: attached },
    202: { description: "It is kept: see the order's attachments.", schema: attached },
  },
  problems: [
    ...(["order-unknown", "parameter-invalid", "body-too-large", "media-type-unsupported"] as const),
    ...(["file-unusable", "file-conflict", "order-written", "key-reused", "request-running"] as const),
  ],
  async run(caller, { path: { id }, query: { fileName }, sent }) {
    const file = { orderId: id, fileName, content: sent as Buffer };
    const kept = await attachFile(db(), senderOf(caller), file);
    switch (kept.kind) {
      case "unknown-order":
        throw new Problem("order-unknown", `There is no order ${id}.`);
      case "refused":
        throw new Problem("file-unusable", kept.detail);
      case "conflict":
        throw new Problem("file-conflict", `The order has another file named ${fileName}.`);
      case "cancelled":
        throw new Problem("order-written", "The order was cancelled.");
      case "taken": {
        const order = (await answerOf(caller))(await needOrder(caller, id));
        return { status: kept.outcome === "new" ? 202 : 200, body: { ...order, outcome: kept.outcome } };
      }
    }
  },
});
