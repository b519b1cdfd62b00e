/** What may happen to an invoice, and Xero's words when it may not (xero-platform.md 3.5, 3.12). */
import { longDay } from "../../dates.ts";
import { hasMoney, type Invoice, type InvoiceStatus, type Organisation } from "../../model.ts";

const wrongStatus = "Invoice not of valid status for modification";

/** Null when the change of status is allowed. */
export function refuseStatus(invoice: Invoice, to: InvoiceStatus): string | null {
  const { status } = invoice;
  if (status === "VOIDED" || status === "DELETED") return wrongStatus;
  if (to === "VOIDED" && hasMoney(invoice)) {
    return "The status VOIDED cannot be applied to the invoice because it has payments or credit notes allocated to it.";
  }
  if (to === status) return null;
  if (status === "AUTHORISED") return to === "VOIDED" ? null : wrongStatus;
  if (status === "PAID") return to === "AUTHORISED" ? null : wrongStatus;
  return to === "VOIDED" || to === "PAID" ? wrongStatus : null;
}

/** What nobody changes any more once money is on it: amounts, quantities, tax, date, currency, the number of lines. */
const frozen = ({ day, currency, rate, lineAmountType, lines }: Invoice) =>
  JSON.stringify([
    ...[day, currency, rate, lineAmountType],
    lines.map(({ description: _, accountId: __, tracking: ___, ...amounts }) => amounts),
  ]);

/**
 * Null when the document may become this. Paid in part or in full, it takes a Reference, DueDate, InvoiceNumber,
 * BrandingThemeID, Url, another Contact unless it is credited, and each line's Description, AccountCode and Tracking: sales
 * by DOC invoices, "Updating Invoices"; bills too since 19 March 2026 (xero-documents 2.5).
 */
export function refuseEdit(before: Invoice, after: Invoice): string | null {
  const isMoved = before.contactId !== after.contactId && before.credits.length > 0;
  return hasMoney(before) && (isMoved || frozen(before) !== frozen(after))
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
