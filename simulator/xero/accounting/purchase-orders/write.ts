/** Create and update of purchase orders (DOC purchaseorders; xero-documents 4). */
import { randomUUID } from "node:crypto";
import { child, children, type Folded, flag, text, units, word } from "../../body.ts";
import type { Call } from "../../call.ts";
import { dayIn, parseDay } from "../../dates.ts";
import { lineAmountTypes } from "../../model.ts";
import { dayRate, documentRate } from "../../rates.ts";
import { brandingThemes, purchaseOrders } from "../../store/books.ts";
import { type OrderStatus, orderStatuses, type PurchaseOrder } from "../../store/order-model.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { archivedContact, findContact } from "../contacts/write.ts";
import { type LineOptions, linesOf, readLine, totals } from "../invoices/lines.ts";
import { demand } from "../write.ts";
import { faultsOfInstructions, faultsOfLine, faultsOfNumber, faultsOfStatus } from "./rules.ts";

export function createOrder(call: Call, body: Folded): Stored<PurchaseOrder> {
  const status = word(body, "Status", orderStatuses) ?? "DRAFT";
  demand(status === "DELETED" ? ["PurchaseOrder status change is invalid"] : []);
  const order: PurchaseOrder = {
    id: randomUUID(),
    number: text(body, "PurchaseOrderNumber") || nextNumber(call),
    reference: "",
    contactId: contactOf(call, body),
    day: dayIn(call.organisation.timezone, call.world.clock.now()),
    status,
    lineAmountType: "Exclusive",
    lines: [],
    ...{ subTotal: 0, totalTax: 0, total: 0 },
    currency: call.organisation.baseCurrency,
    rate: 1,
    sentToContact: false,
    createdBy: call.clientId,
  };
  return edit(call, order, body);
}

export function updateOrder(call: Call, before: Stored<PurchaseOrder>, body: Folded): Stored<PurchaseOrder> {
  const status = word(body, "Status", orderStatuses) ?? before.status;
  demand(faultsOfStatus(before, status));
  const contactId = child(body, "Contact") ? contactOf(call, body) : before.contactId;
  return edit(call, { ...before, status, contactId }, body);
}

/** Also the control API's way to change one "in Xero". No app is told: there is no webhook (xero-documents 4). */
export function saveOrder(scope: Scope, order: PurchaseOrder): Stored<PurchaseOrder> {
  const { id, number, status, total } = order;
  scope.world.journal.write("xero.purchase-order.saved", {
    ...{ tenantId: scope.tenantId, purchaseOrderId: id, number, status, total },
  });
  return purchaseOrders.put(scope, order);
}

/** DOC purchaseorders: "This can be set only on purchase orders that have been approved or billed". */
export const maySend = (status: OrderStatus) => status === "AUTHORISED" || status === "BILLED";

/** Lays the body's properties over the order, and says at once everything that is wrong. */
function edit(call: Call, before: PurchaseOrder, body: Folded): Stored<PurchaseOrder> {
  const lineAmountType = word(body, "LineAmountTypes", lineAmountTypes) ?? before.lineAmountType;
  const sent = children(body, "LineItems");
  const read = sent?.map((line) =>
    readLine(call, line, { type: lineAmountType, before: before.lines, ...lineRules }),
  );
  const lines = linesOf(call, read, before.lines);
  const currency = text(body, "CurrencyCode")?.toUpperCase() ?? before.currency;
  const base = call.organisation.baseCurrency;
  const today = dayRate(call, currency, base);
  const after: PurchaseOrder = {
    ...before,
    ...texts(body),
    ...days(body),
    ...{ lineAmountType, lines, currency, ...totals(lines, lineAmountType) },
    rate:
      currency === base
        ? 1
        : documentRate(before, currency, { today: today ?? 1, given: units(body, "CurrencyRate", 10) }),
    sentToContact: (maySend(before.status) ? flag(body, "SentToContact") : undefined) ?? before.sentToContact,
  };
  const isIncomplete = after.status !== "DRAFT" && after.status !== "DELETED" && lines.length === 0;
  const { themeId } = after;
  demand([
    ...(read?.flatMap(({ faults }) => faults) ?? []),
    ...(sent?.flatMap((line) => faultsOfLine(call, line, before.lines)) ?? []),
    ...(today === undefined ? [`Organisation is not subscribed to currency ${currency}`] : []),
    ...(isIncomplete ? ["One or more line items must be specified"] : []),
    ...faultsOfNumber(call, after),
    ...faultsOfInstructions(after),
    ...(themeId && !brandingThemes.get(call, themeId) ? ["Branding theme not found"] : []),
  ]);
  return saveOrder(call, after);
}

/** REC purchase_orders_page: a line needs no account, also of an approved order. Unit prices have four decimals always. */
const lineRules: Omit<LineOptions, "type" | "before"> = {
  ...{ isDraft: true, takesDiscounts: true, takesText: true, isSale: false, movesStock: false },
  unitDecimals: 4,
};

/** DOC purchaseorders: "does not create new contacts. You need to provide the ContactID or ContactNumber". */
function contactOf(call: Call, body: Folded): string {
  const named = child(body, "Contact");
  const [ContactID, ContactNumber] = [text(named, "ContactID"), text(named, "ContactNumber")];
  const key = ContactID
    ? { contactid: ContactID }
    : ContactNumber
      ? { contactnumber: ContactNumber }
      : undefined;
  const contact = key && findContact(call, key);
  demand(contact ? [] : ["A Contact must be specified for this type of transaction"]);
  demand(contact?.status === "ARCHIVED" ? [archivedContact] : []);
  return contact?.id ?? "";
}

function texts(body: Folded): Partial<PurchaseOrder> {
  return present({
    number: text(body, "PurchaseOrderNumber") || undefined,
    reference: text(body, "Reference"),
    themeId: text(body, "BrandingThemeID")?.toLowerCase(),
    deliveryAddress: text(body, "DeliveryAddress"),
    attentionTo: text(body, "AttentionTo"),
    telephone: text(body, "Telephone"),
    deliveryInstructions: text(body, "DeliveryInstructions"),
  });
}

function days(body: Folded): Partial<PurchaseOrder> {
  return present({
    day: readDay(body, "Date"),
    deliveryDay: readDay(body, "DeliveryDate"),
    arrivalDay: readDay(body, "ExpectedArrivalDate"),
  });
}

function readDay(body: Folded, name: string): string | undefined {
  const value = text(body, name);
  if (!value) return undefined;
  const day = parseDay(value);
  demand(day ? [] : [`${name} is not a valid date`]);
  return day;
}

function present(values: Record<string, string | undefined>): Partial<PurchaseOrder> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** The next of PO-0001, PO-0002, … that no order has or had. */
function nextNumber(scope: Scope): string {
  for (let next = purchaseOrders.count(scope) + 1; ; next++) {
    const number = `PO-${String(next).padStart(4, "0")}`;
    if (purchaseOrders.named(scope, number).length === 0) return number;
  }
}
