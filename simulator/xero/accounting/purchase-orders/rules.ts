/** What may become of a purchase order, and Xero's words when it may not (xero-documents 4). */
import { type Folded, text } from "../../body.ts";
import type { Line } from "../../model.ts";
import { items } from "../../store/books.ts";
import type { OrderStatus, PurchaseOrder } from "../../store/order-model.ts";
import type { Scope } from "../../store/rows.ts";
import { findOrder } from "./find.ts";

const order: OrderStatus[] = ["DRAFT", "SUBMITTED", "AUTHORISED", "BILLED", "DELETED"];

/** Forwards, and to DELETED from anywhere (REC purchase_order_delete_billed); backwards is our reading (?). */
export function faultsOfStatus(before: PurchaseOrder, to: OrderStatus): string[] {
  const isGone = before.status === "DELETED";
  return [
    ...(order.indexOf(to) < order.indexOf(before.status) ? ["PurchaseOrder status change is invalid"] : []),
    ...(isGone ? ["Deleted PurchaseOrders cannot be updated"] : []),
  ];
}

/** OAS, example of a refused PurchaseOrders PUT. */
export function faultsOfNumber(scope: Scope, { id, number }: PurchaseOrder): string[] {
  const other = findOrder(scope, number);
  return other && other.id !== id ? ["Order number must be unique"] : [];
}

/** DOC purchaseorders, LineItems; the words are ours. */
export function faultsOfLine(scope: Scope, body: Folded, before: Line[]): string[] {
  const says = (name: string) => text(body, name) !== undefined;
  const isKnown = before.some(({ id }) => id === text(body, "LineItemID")?.toLowerCase());
  const [item] = items.named(scope, text(body, "ItemCode") ?? "");
  const hasPrice = item?.purchases.unitPrice !== undefined;
  const isPriced = says("UnitAmount") || says("LineAmount") || hasPrice || isKnown;
  return [
    ...(says("Quantity") && !isPriced ? ["UnitAmount must be specified if Quantity is specified"] : []),
    ...(says("DiscountAmount") ? ["Purchase orders take a DiscountRate and no DiscountAmount"] : []),
  ];
}

const longestInstructions = 500;

/** DOC purchaseorders: "500 characters max"; the words are ours. */
export function faultsOfInstructions({ deliveryInstructions = "" }: PurchaseOrder): string[] {
  return deliveryInstructions.length > longestInstructions
    ? [`DeliveryInstructions must not be more than ${longestInstructions} characters`]
    : [];
}
