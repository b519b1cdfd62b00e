import type { Allocation } from "xero-node/dist/gen/model/accounting/allocation.js";
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

/** Undefined when Xero left out an id. `allocated` is what it was asked to set, for its answer need not say it again. */
export function readAllocation(
  row: Allocation,
  allocated: { invoiceId: string; amountMinor: bigint; reference: string },
): PostedPayment | undefined {
  const { reference, ...line } = allocated;
  const id = row.allocationID;
  return isId(id) ? { xeroId: id, reference, lines: [{ paymentId: id, ...line }] } : undefined;
}

/** What of a credit note is set against this invoice, in this amount. */
export function readAllocationsOf(
  row: CreditNote,
  allocated: { invoiceId: string; amountMinor: bigint; reference: string; currency: string },
): PostedPayment[] {
  const { invoiceId, amountMinor, currency } = allocated;
  return (row.allocations ?? []).flatMap((one) => {
    const isIt =
      !one.isDeleted &&
      one.invoice?.invoiceID === invoiceId &&
      amount(one.amount, currency, row.creditNoteID ?? "") === amountMinor;
    if (!isIt) return [];
    const posted = readAllocation(one, allocated);
    if (!posted) throw new Unreadable("Xero left out the id of an allocation");
    return [posted];
  });
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
