import type { Contact } from "xero-node/dist/gen/model/accounting/contact.js";
import type { CreditNote } from "xero-node/dist/gen/model/accounting/creditNote.js";
import type { Invoice } from "xero-node/dist/gen/model/accounting/invoice.js";
import type { PurchaseOrder } from "xero-node/dist/gen/model/accounting/purchaseOrder.js";
import type { Said, WrittenDocument } from "../api/types.ts";
import { XeroFault } from "../api/xero-fault.ts";
import { amount, currencyOf, isId, NO_ID, need, text } from "./row-parts.ts";
import { readContact, readInvoice } from "./rows.ts";

/** All four: undefined when Xero left out the id. */
export function readWrittenInvoice(row: Invoice): WrittenDocument | undefined {
  const xeroId = idIn(row.invoiceID);
  if (!xeroId) return undefined;
  return { ...written(xeroId, row.reference), said: saidOf(row, xeroId), invoice: readInvoice(row) };
}

export function readOrderCredit(row: CreditNote): WrittenDocument | undefined {
  const xeroId = idIn(row.creditNoteID);
  return xeroId ? { ...written(xeroId, row.reference), said: saidOf(row, xeroId) } : undefined;
}

export function readPurchaseOrder(row: PurchaseOrder): WrittenDocument | undefined {
  const xeroId = idIn(row.purchaseOrderID);
  return xeroId ? { ...written(xeroId, row.reference), said: saidOf(row, xeroId) } : undefined;
}

export function readWrittenContact(row: Contact): WrittenDocument | undefined {
  const xeroId = idIn(row.contactID);
  if (!xeroId) return undefined;
  return { ...written(xeroId, row.contactNumber), said: null, contact: readContact(row) };
}

/** The id of nothing means that nothing was written, also where Xero names no error (xero-documents 16, no. 1). */
function idIn(id: string | undefined): string | undefined {
  if (id === NO_ID)
    throw new XeroFault({ kind: "refused", messages: ["Xero took nothing and said no reason."] });
  return isId(id) ? id : undefined;
}

const written = (xeroId: string, reference: string | undefined) => ({
  xeroId,
  reference: reference ?? "",
  lines: [],
});

function saidOf(row: Invoice | CreditNote | PurchaseOrder, id: string): Said {
  return {
    status: need(text(row.status), `the status of ${id}`),
    totalMinor: amount(row.total, currencyOf(row.currencyCode, id), id),
    optionIds: (row.lineItems ?? []).flatMap(({ tracking = [] }) =>
      tracking.flatMap(({ trackingOptionID }) => trackingOptionID ?? []),
    ),
  };
}
