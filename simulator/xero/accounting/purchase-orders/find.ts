import { purchaseOrders } from "../../store/books.ts";
import type { PurchaseOrder } from "../../store/order-model.ts";
import type { Scope, Stored } from "../../store/rows.ts";

/** By id or number; a deleted one keeps its number (REC purchase_order_number_held_by_deleted). */
export const findOrder = (scope: Scope, idOrNumber: string): Stored<PurchaseOrder> | undefined =>
  purchaseOrders.get(scope, idOrNumber) ?? purchaseOrders.named(scope, idOrNumber)[0];
