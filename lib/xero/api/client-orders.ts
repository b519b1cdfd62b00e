import "server-only";
import { CreditNote } from "xero-node/dist/gen/model/accounting/creditNote.js";
import { Invoice } from "xero-node/dist/gen/model/accounting/invoice.js";
import { LineAmountTypes } from "xero-node/dist/gen/model/accounting/lineAmountTypes.js";
import type { LineItem } from "xero-node/dist/gen/model/accounting/lineItem.js";
import { PurchaseOrder } from "xero-node/dist/gen/model/accounting/purchaseOrder.js";
import { readOrderCredit, readPurchaseOrder, readWrittenInvoice } from "../rows/order-rows.ts";
import { need, text, Unreadable } from "../rows/row-parts.ts";
import { answersTo, found, isGone, removed, written } from "../rows/write-answers.ts";
import type { Send } from "./sdk.ts";
import type { NewInvoice, NewOrderCredit, NewPurchaseOrder, OrderLine } from "./types.ts";
import type { XeroApi } from "./xero-api.ts";
import { XeroFault } from "./xero-fault.ts";

type OrderCalls = Pick<
  XeroApi,
  | "createInvoices"
  | "createOrderCredits"
  | "createPurchaseOrders"
  | "findInvoices"
  | "findOrderCredits"
  | "findPurchaseOrders"
  | "documentStatus"
  | "endInvoice"
  | "deletePurchaseOrder"
>;

/** What orders become in Xero: invoices, credit notes and purchase orders (xero-documents 2, 3, 4). */
export function orderCalls(tenantId: string, send: Send): OrderCalls {
  const summarizeErrors = false;
  /** Prices keep four decimals; a purchase order's always do (xero-documents 1). */
  const unitDecimals = 4;
  return {
    async createInvoices(given, idempotencyKey) {
      const invoices = given.map(invoiceRow);
      const answer = await send("accounting.invoices", "Invoices", (api) =>
        api.createInvoices(tenantId, { invoices }, summarizeErrors, unitDecimals, idempotencyKey),
      );
      return answersTo(
        answer,
        given.map(({ reference }) => reference),
        { keyOf: ({ reference }) => reference, read: written(readWrittenInvoice) },
      );
    },

    async createOrderCredits(given, idempotencyKey) {
      const creditNotes = given.map(creditRow);
      const answer = await send("accounting.invoices", "CreditNotes", (api) =>
        api.createCreditNotes(tenantId, { creditNotes }, summarizeErrors, unitDecimals, idempotencyKey),
      );
      return answersTo(
        answer,
        given.map(({ reference }) => reference),
        { keyOf: ({ reference }) => reference, read: written(readOrderCredit) },
      );
    },

    async createPurchaseOrders(given, idempotencyKey) {
      const purchaseOrders = given.map(purchaseOrderRow);
      const answer = await send("accounting.invoices", "PurchaseOrders", (api) =>
        api.createPurchaseOrders(tenantId, { purchaseOrders }, summarizeErrors, idempotencyKey),
      );
      return answersTo(
        answer,
        given.map(({ reference }) => reference),
        { keyOf: ({ reference }) => reference, read: written(readPurchaseOrder) },
      );
    },

    async findInvoices(reference) {
      const where = `Type=="ACCREC" AND ${textIs("Reference", reference)}`;
      const [since, order, ids, numbers, contactIds, statuses] = Array<undefined>(6);
      const page = 1;
      const answer = await send("accounting.invoices.read", "Invoices", (api) =>
        api.getInvoices(tenantId, since, where, order, ids, numbers, contactIds, statuses, page),
      );
      return found(answer, { reference, read: readWrittenInvoice });
    },

    async findOrderCredits(reference) {
      const [since, order, page] = [undefined, undefined, 1];
      const where = `Type=="ACCRECCREDIT" AND ${textIs("Reference", reference)}`;
      const answer = await send("accounting.invoices.read", "CreditNotes", (api) =>
        api.getCreditNotes(tenantId, since, where, order, page, unitDecimals),
      );
      return found(answer, { reference, read: readOrderCredit });
    },

    async findPurchaseOrders(number, reference) {
      try {
        const answer = await send("accounting.invoices.read", "PurchaseOrders", (api) =>
          api.getPurchaseOrderByNumber(tenantId, number),
        );
        return answer
          .all((row) => {
            if (row.purchaseOrderNumber?.toUpperCase() !== number.toUpperCase())
              throw new Unreadable("Xero sent a purchase order of another number than the one asked for");
            const isOurs = row.reference === reference && !isGone(row.status);
            return isOurs ? written(readPurchaseOrder)(row) : null;
          })
          .filter((one) => one !== null);
      } catch (error) {
        // A miss by a path is a 404 (xero-documents 14).
        if (error instanceof XeroFault && error.fault.kind === "not_found") return [];
        throw error;
      }
    },

    async documentStatus({ kind, xeroId }) {
      const scope = "accounting.invoices.read";
      const statusOf = ({ status }: { status?: unknown }) => need(text(status), `the status of ${xeroId}`);
      switch (kind) {
        case "invoice":
          return (await send(scope, "Invoices", (api) => api.getInvoice(tenantId, xeroId))).one(
            xeroId,
            statusOf,
          );
        case "credit_note":
          return (await send(scope, "CreditNotes", (api) => api.getCreditNote(tenantId, xeroId))).one(
            xeroId,
            statusOf,
          );
        case "purchase_order":
          return (await send(scope, "PurchaseOrders", (api) => api.getPurchaseOrder(tenantId, xeroId))).one(
            xeroId,
            statusOf,
          );
      }
    },

    async endInvoice(invoiceId, status, idempotencyKey) {
      const invoice = { invoiceID: invoiceId, status: Invoice.StatusEnum[status] };
      const answer = await send("accounting.invoices", "Invoices", (api) =>
        api.updateInvoice(tenantId, invoiceId, { invoices: [invoice] }, undefined, idempotencyKey),
      );
      answer.one(invoiceId, removed);
    },

    async deletePurchaseOrder({ orderId, contactId, date, number }, idempotencyKey) {
      // XeroAPI/Xero-Net 181: without contact and date it loses the contact; with lines they double (xero-documents 4, 16).
      const order: PurchaseOrder = {
        purchaseOrderID: orderId,
        purchaseOrderNumber: number,
        contact: { contactID: contactId },
        date,
        status: PurchaseOrder.StatusEnum.DELETED,
      };
      const answer = await send("accounting.invoices", "PurchaseOrders", (api) =>
        api.updatePurchaseOrder(tenantId, orderId, { purchaseOrders: [order] }, idempotencyKey),
      );
      answer.one(orderId, removed);
    },
  };
}

function invoiceRow({ reference, number, dueDate, url, ...sale }: NewInvoice): Invoice {
  return {
    type: Invoice.TypeEnum.ACCREC,
    status: Invoice.StatusEnum[sale.status],
    ...(number === null ? {} : { invoiceNumber: number }),
    reference,
    ...(url === null ? {} : { url }),
    dueDate,
    ...shared(sale),
  };
}

function creditRow({ reference, number, ...credit }: NewOrderCredit): CreditNote {
  return {
    type: CreditNote.TypeEnum.ACCRECCREDIT,
    status: CreditNote.StatusEnum[credit.status],
    ...(number === null ? {} : { creditNoteNumber: number }),
    reference,
    ...shared(credit),
  };
}

function purchaseOrderRow({ reference, number, deliveryDate, ...order }: NewPurchaseOrder): PurchaseOrder {
  return {
    purchaseOrderNumber: number,
    reference,
    status: PurchaseOrder.StatusEnum[order.status],
    ...(deliveryDate === null ? {} : { deliveryDate }),
    ...shared(order),
  };
}

type Shared = Pick<NewInvoice, "contactId" | "date" | "currency" | "amounts" | "lines">;

function shared({ contactId, date, currency, amounts, lines }: Shared) {
  return {
    // The id alone: other fields would change the contact's card (xero-documents 2.1).
    contact: { contactID: contactId },
    date,
    // The SDK's enum of currencies holds strings; ISO 4217's code is one of them.
    currencyCode: currency as unknown as NonNullable<Invoice["currencyCode"]>,
    lineAmountTypes: LineAmountTypes[amounts],
    lineItems: lines.map(lineRow),
  };
}

/** What a line leaves open is left out: a discount of 0 breaks its total (xero-documents 2.1). */
function lineRow(line: OrderLine): LineItem {
  const { discountPercent, taxType, taxAmount, itemCode, tracking } = line;
  return {
    description: line.description,
    quantity: exact(line.quantity),
    unitAmount: exact(line.unitPrice),
    accountCode: line.accountCode,
    ...(discountPercent === null ? {} : { discountRate: exact(discountPercent) }),
    ...(taxType === null ? {} : { taxType }),
    ...(taxAmount === null ? {} : { taxAmount: exact(taxAmount) }),
    ...(itemCode === null ? {} : { itemCode }),
    ...(tracking.length === 0
      ? {}
      : {
          // By ids: a rename keeps those, and Xero drops a name it does not know (xero-documents 9).
          tracking: tracking.map(({ categoryId, optionId }) => ({
            trackingCategoryID: categoryId,
            trackingOptionID: optionId,
          })),
        }),
  };
}

/** JSON numbers are what Xero takes. Throws RangeError for a decimal that has none of its own. */
function exact(decimal: string): number {
  if (!/^-?\d+(\.\d+)?$/.test(decimal) || decimal.replace(/\D/g, "").length > 15)
    throw new RangeError("Not a decimal of at most 15 digits");
  return Number(decimal);
}

/** A condition of a where-filter: a quote in the text is doubled (xero-documents 1). */
export function textIs(field: string, value: string): string {
  return `${field}=="${value.replaceAll('"', '""')}"`;
}
