/** What may happen to an invoice, and Xero's words when it may not (xero-platform.md 3.5, 3.12). */
import { longDay } from "../../dates.ts";
import type { Invoice, InvoiceStatus, Organisation } from "../../model.ts";

const wrongStatus = "Invoice not of valid status for modification";

/** Null when the change of status is allowed. */
export function refuseStatus(invoice: Invoice, to: InvoiceStatus): string | null {
  const { status } = invoice;
  if (status === "VOIDED" || status === "DELETED") return wrongStatus;
  const isPaidInPart = invoice.amountPaid > 0 || invoice.credits.length > 0;
  if (to === "VOIDED" && isPaidInPart) {
    return "The status VOIDED cannot be applied to the invoice because it has payments or credit notes allocated to it.";
  }
  if (to === status) return null;
  if (status === "AUTHORISED") return to === "VOIDED" ? null : wrongStatus;
  if (status === "PAID") return to === "AUTHORISED" ? null : wrongStatus;
  return to === "VOIDED" || to === "PAID" ? wrongStatus : null;
}

/** What may still change once money is on it. */
const always = new Set([
  ...["type", "invoiceid", "invoicenumber", "status", "reference", "senttocontact", "url", "brandingthemeid"],
  ...["expectedpaymentdate", "plannedpaymentdate", "duedate"],
]);

/** Null when this part of the document may be edited. */
export function refuseEdit(invoice: Invoice, properties: string[]): string | null {
  const touches = properties.some((name) => !always.has(name));
  const hasMoney = invoice.amountPaid > 0 || invoice.credits.length > 0;
  return touches && hasMoney
    ? "This document cannot be edited as it has a payment or credit note allocated to it."
    : null;
}

/** Null when the books are open on that day. */
export function refuseLocked(
  { periodLockDate, endOfYearLockDate }: Organisation,
  day: string,
): string | null {
  const sentence = (which: string, date: string) =>
    `The document date cannot be before the ${which} lock date, currently set at ${longDay(date)}`;
  if (endOfYearLockDate && day <= endOfYearLockDate) return sentence("end of year", endOfYearLockDate);
  return periodLockDate && day <= periodLockDate ? sentence("period", periodLockDate) : null;
}
