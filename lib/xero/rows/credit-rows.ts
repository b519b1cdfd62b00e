import type { CreditNote } from "xero-node/dist/gen/model/accounting/creditNote.js";
import type { Invoice } from "xero-node/dist/gen/model/accounting/invoice.js";
import type { Payment } from "xero-node/dist/gen/model/accounting/payment.js";
import type { InvoiceInLines, PostedPayment } from "../api/types.ts";
import { amount, day, isId, need, text, Unreadable } from "./row-parts.ts";

/**
 * Lines that come to something, each with its tax in it, whichever way the invoice counts tax. Lines of a description alone
 * have no amount.
 */
export function readInvoiceInLines(row: Invoice, currency: string): InvoiceInLines {
  const invoiceId = need(row.invoiceID, "an invoice's id");
  const isExclusive = String(row.lineAmountTypes) === "Exclusive";
  if (!row.lineItems) throw new Unreadable(`Xero left out the lines of invoice ${invoiceId}`);
  const lines = row.lineItems.map((line) => ({
    description: line.description ?? "",
    accountCode: text(line.accountCode),
    taxType: text(line.taxType),
    grossMinor:
      amount(line.lineAmount ?? 0, currency, invoiceId) +
      (isExclusive ? amount(line.taxAmount ?? 0, currency, invoiceId) : 0n),
  }));
  return {
    contactId: need(row.contact?.contactID, `the contact of invoice ${invoiceId}`),
    date: day(row.date),
    lines: lines.filter(({ grossMinor }) => grossMinor !== 0n),
  };
}

/** Undefined when Xero left out the id. */
export function readWrittenCreditNote(row: CreditNote): PostedPayment | undefined {
  return isId(row.creditNoteID)
    ? { xeroId: row.creditNoteID, reference: row.reference ?? "", lines: [] }
    : undefined;
}

/** Undefined when Xero left out an id. Only its answer to a create names the credit as what it is; a list says "Invoice". */
export function readCreditRefund(row: Payment): PostedPayment | undefined {
  const paidOut = row.creditNote?.creditNoteID ?? row.overpayment?.overpaymentID ?? row.invoice?.invoiceID;
  return isId(row.paymentID) && isId(paidOut)
    ? { xeroId: row.paymentID, reference: row.reference ?? "", lines: [] }
    : undefined;
}
