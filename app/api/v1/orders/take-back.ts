import { z } from "zod";
import { operation } from "#app/door/api/operation.ts";
import { Problem } from "#app/door/api/problems.ts";
import { db } from "#lib/core/db.ts";
import { cancelOrder } from "#lib/orders/take-back/cancel-order.ts";
import { refundBody } from "#lib/orders/take-back/refund-body.ts";
import { refundOrder } from "#lib/orders/take-back/refund-order.ts";
import { beingPaid, faultsProblem, orderAnswer, underWay } from "./answers.ts";
import { answerOf, needOrder, orderId, senderOf } from "./orders.ts";

export const postCancellation = operation({
  method: "POST",
  path: "/orders/{id}/cancel",
  id: "cancelOrder",
  summary: "Cancel an order",
  description:
    "What was not sent to Xero yet is withdrawn. An unpaid invoice is voided, or credited where the firm chose that; one that is paid or in a locked period is credited on the first open day. Again, it does nothing more.",
  scope: "orders:write",
  params: orderId,
  answers: { 200: { description: "It is cancelled.", schema: orderAnswer } },
  problems: ["order-unknown", "parameter-invalid", "order-under-way", "order-being-paid", "order-written"],
  async run(caller, { path: { id } }) {
    const cancelled = await cancelOrder(db(), senderOf(caller), id);
    if (cancelled.kind === "under-way") throw underWay();
    if (cancelled.kind === "being-paid") throw beingPaid();
    if (cancelled.kind === "changed") throw new Problem("order-written", cancelled.detail);
    return { status: 200, body: (await answerOf(caller))(await needOrder(caller, id)) };
  },
});

const refunded = orderAnswer
  .extend({
    outcome: z.enum(["new", "same"]).meta({ description: "same: it was here, nothing was changed." }),
  })
  .meta({ id: "RefundedOrder" });

export const postRefund = operation({
  method: "POST",
  path: "/orders/{id}/refunds",
  id: "refundOrder",
  summary: "Give back an order, or a part of it",
  description:
    "Becomes a credit note with the invoice's accounts and tax, set against what is owed of the invoice. What the till has paid back is paid out of it.",
  scope: "orders:write",
  params: orderId,
  body: { schema: refundBody, mostBytes: 256 * 1024 },
  answers: {
    200: { description: "It was here already.", schema: refunded },
    202: { description: "Its credit note is on its way to Xero.", schema: refunded },
  },
  problems: [
    ...([
      "order-unknown",
      "parameter-invalid",
      "body-unreadable",
      "body-too-large",
      "media-type-unsupported",
    ] as const),
    ...([
      "order-faults",
      "refund-conflict",
      "order-under-way",
      "order-written",
      "key-reused",
      "request-running",
    ] as const),
  ],
  async run(caller, { path: { id }, sent }) {
    const refund = await refundOrder(db(), senderOf(caller), { orderId: id, sent });
    switch (refund.kind) {
      case "unknown":
        throw new Problem("order-unknown", `There is no order ${id}.`);
      case "refused":
        throw faultsProblem("order-faults", [{ faults: refund.faults, at: "#" }]);
      case "conflict":
        throw new Problem("refund-conflict", "It says something else.");
      case "under-way":
        throw underWay();
      case "changed":
        throw new Problem("order-written", refund.detail);
      case "taken": {
        const order = (await answerOf(caller))(await needOrder(caller, id));
        return { status: refund.outcome === "new" ? 202 : 200, body: { ...order, outcome: refund.outcome } };
      }
    }
  },
});
