import type { Operation } from "#app/door/api/operation.ts";
import { getChart } from "./chart/chart.ts";
import { getMapping } from "./mapping/mapping.ts";
import { postAttachment } from "./orders/attachments.ts";
import { getOrder, getOrders, postBatch, postOrder } from "./orders/orders.ts";
import { postCancellation, postRefund } from "./orders/take-back.ts";

/** Every call of the API, in the order of the reference. */
export const OPERATIONS: Operation[] = [
  ...[postOrder, postBatch, getOrder, getOrders],
  ...[postRefund, postCancellation, postAttachment],
  ...[getChart, getMapping],
];
