/** PurchaseOrders (DOC purchaseorders; xero-documents 4): always paged, and found by number too. */
import { type Folded, flag, text } from "../../body.ts";
import { type Call, type Endpoint, envelope, param } from "../../call.ts";
import { parseDay } from "../../dates.ts";
import { badQuery, notFound } from "../../errors.ts";
import { fields, inside, labelOfParty, valueInside } from "../../query/fields.ts";
import { purchaseOrders } from "../../store/books.ts";
import { orderStatuses, type PurchaseOrder } from "../../store/order-model.ts";
import type { Condition, Stored } from "../../store/rows.ts";
import type { Wire } from "../../wire.ts";
import { list, paginated } from "../list.ts";
import { demand, writeAll } from "../write.ts";
import { findOrder } from "./find.ts";
import { ordersToWire } from "./wire.ts";
import { createOrder, maySend, updateOrder } from "./write.ts";

/** For `order` alone. */
const known = fields("PurchaseOrder", {
  PurchaseOrderID: ["id", "guid"],
  PurchaseOrderNumber: ["label", "text"],
  Reference: ["reference", "text"],
  Status: ["status", "text"],
  "Contact.Name": labelOfParty("contact"),
  Date: ["day", "day"],
  DeliveryDate: ["due", "day"],
  ExpectedArrivalDate: [valueInside("arrivalDay"), "day"],
  CurrencyCode: [inside("currency"), "text"],
  Total: ["amount", "money"],
  UpdatedDateUTC: ["updated_at", "instant"],
});

const scopes = ["accounting.invoices"];

export const purchaseOrderEndpoints: Endpoint[] = [
  { method: "GET", pattern: "/PurchaseOrders", scopes, handler: listOrders },
  {
    method: "GET",
    pattern: "/PurchaseOrders/:id",
    scopes,
    handler: (call) => envelope(call, { PurchaseOrders: ordersToWire(call, [required(call)], "single") }),
  },
  {
    method: "PUT",
    pattern: "/PurchaseOrders",
    scopes,
    handler: (call) => write(call, (body) => createOrder(call, body)),
  },
  {
    method: "POST",
    pattern: "/PurchaseOrders",
    scopes,
    handler: (call) => write(call, (body) => createOrUpdate(call, body)),
  },
  {
    method: "POST",
    pattern: "/PurchaseOrders/:id",
    scopes,
    handler(call) {
      const order = required(call);
      return write(call, (body) => updateOrder(call, order, body));
    },
  },
];

function listOrders(call: Call) {
  // Xero documents none here (xero-documents 4); what it would do with one is unknown, so nobody shall lean on it.
  if (param(call, "where")) throw badQuery("PurchaseOrders have no 'where'");
  const status = param(call, "Status")?.toUpperCase();
  if (status && !orderStatuses.some((one) => one === status)) throw badQuery(`'${status}' is no status`);
  const also: (Condition | undefined)[] = [
    status ? { text: "status = ?", values: [status] } : undefined,
    dayCondition(call, "DateFrom", ">="),
    dayCondition(call, "DateTo", "<="),
  ];
  const found = list(call, purchaseOrders, { fields: known, also, forcePaging: true });
  return envelope(call, { ...paginated(found), PurchaseOrders: ordersToWire(call, found.rows, "listed") });
}

function dayCondition(call: Call, name: string, sign: ">=" | "<="): Condition | undefined {
  const asked = param(call, name);
  if (!asked) return undefined;
  const day = parseDay(asked);
  if (!day) throw badQuery(`The value '${asked}' is not valid for ${name}`);
  return { text: `day ${sign} ?`, values: [day] };
}

/** A number that a deleted order has is not free: that one is found, and refuses (REC). */
function createOrUpdate(call: Call, body: Folded): Stored<PurchaseOrder> {
  const id = text(body, "PurchaseOrderID");
  const number = text(body, "PurchaseOrderNumber");
  const found = id
    ? purchaseOrders.get(call, id)
    : number
      ? purchaseOrders.named(call, number)[0]
      : undefined;
  demand(id && !found ? ["The document with the supplied id was not found for this endpoint."] : []);
  return found ? updateOrder(call, found, body) : createOrder(call, body);
}

const notSent = "Only AUTHORISED and BILLED purchase orders may have SentToContact updated.";

function write(call: Call, change: (body: Folded) => Stored<PurchaseOrder>) {
  const empty = { IsDiscounted: false, Type: "PURCHASEORDER" };
  return writeAll(call, {
    ...{ name: "PurchaseOrders", idName: "PurchaseOrderID", mark: "HasErrors", empty },
    write(body): Wire {
      const order = change(body);
      const isIgnored = flag(body, "SentToContact") === true && !maySend(order.status);
      return {
        ...ordersToWire(call, [order], "written")[0],
        ...(isIgnored && { Warnings: [{ Message: notSent }] }),
      };
    },
  });
}

function required(call: Call): Stored<PurchaseOrder> {
  const order = findOrder(call, call.params.id ?? "");
  if (!order) throw notFound();
  return order;
}
