/** Invoices as Xero prints them (xero-platform.md 3.5 and Appendix A, a real response). */
import {
  amountCredited,
  amountDue,
  amountLeft,
  type Contact,
  type Credit,
  type CreditKind,
  type Invoice,
  type Line,
  type Payment,
} from "../../model.ts";
import { divideRounded } from "../../money.ts";
import type { Stored } from "../../store/rows.ts";
import { amount, day, dayPair, rate, updated, type Wire } from "../../wire.ts";
import type { ShowLines } from "./lines-wire.ts";

export type Parts = {
  /** A stub in lists, the whole contact for a single invoice. */
  contact: Wire;
  payments: Stored<Payment>[];
  lines: "shown" | "empty" | "left-out";
  unitDecimals: 2 | 4;
  showLines: ShowLines;
  hasAttachments: boolean;
  /** One asked for by its id or number, or just written, has less than one of a list. */
  as?: "single" | "written";
};

export function invoiceToWire(
  invoice: Stored<Invoice>,
  { contact, payments, lines, unitDecimals, showLines, hasAttachments, as }: Parts,
): Wire {
  // DOC invoices: summaryOnly excludes Payments, HasAttachments, LineItems and CISDeduction.
  const isSummary = lines === "left-out";
  // REC invoice_create, invoice_void: none of these in the answer to a write, and what was due before a void.
  const isWritten = as === "written";
  // REC invoice: a single one without payments has no such list.
  const showsPayments = !isWritten && !isSummary && !(as === "single" && payments.length === 0);
  return {
    Type: invoice.type,
    InvoiceID: invoice.id,
    InvoiceNumber: invoice.number,
    Reference: invoice.reference,
    ...(showsPayments && { Payments: payments.map(paymentInDocument) }),
    ...(!isWritten && { CreditNotes: creditsOf(invoice, "credit-note") }),
    Prepayments: creditsOf(invoice, "prepayment"),
    Overpayments: creditsOf(invoice, "overpayment"),
    AmountDue: amount(isWritten ? amountLeft(invoice) : amountDue(invoice)),
    AmountPaid: amount(invoice.amountPaid),
    ...(!isWritten && { AmountCredited: amount(amountCredited(invoice)) }),
    ...(invoice.url && { Url: invoice.url }),
    SentToContact: invoice.sentToContact,
    CurrencyRate: rate(invoice.rate),
    IsDiscounted: totalDiscount(invoice) > 0,
    ...(!isWritten && !isSummary && { HasAttachments: hasAttachments }),
    HasErrors: false,
    InvoicePaymentServices: [],
    ...updated(invoice.updatedAt),
    Contact: contact,
    ...dayPair("Date", invoice.day),
    ...dayPair("DueDate", invoice.dueDay),
    ...dayPair("ExpectedPaymentDate", invoice.expectedPaymentDay),
    ...dayPair("PlannedPaymentDate", invoice.plannedPaymentDay),
    ...(invoice.themeId && { BrandingThemeID: invoice.themeId }),
    Status: invoice.status,
    LineAmountTypes: invoice.lineAmountType,
    ...(lines === "shown" && { LineItems: showLines(invoice, unitDecimals) }),
    ...(lines === "empty" && { LineItems: [] }),
    SubTotal: amount(invoice.subTotal),
    TotalTax: amount(invoice.totalTax),
    Total: amount(invoice.total),
    ...(totalDiscount(invoice) > 0 && { TotalDiscount: amount(totalDiscount(invoice)) }),
    ...(invoice.fullyPaidDay && { FullyPaidOnDate: day(invoice.fullyPaidDay) }),
    CurrencyCode: invoice.currency,
  };
}

/** DOC invoices: "Total of discounts applied on the invoice line items". */
export const totalDiscount = ({ lines }: Pick<Invoice, "lines">) =>
  lines
    .filter(({ discount, discountAmount }) => discount || discountAmount)
    .reduce((sum, line) => sum + grossOf(line) - line.lineAmount, 0);

type Stub = { id: string; type: string; number: string; currency: string };

/** How an invoice looks inside a batch payment: its id, its currency, and empty lists (DOC batchpayments). */
export const invoiceInBatch = ({ id, currency }: Pick<Stub, "id" | "currency">): Wire => ({
  InvoiceID: id,
  ...{ Payments: [], CreditNotes: [], Prepayments: [], Overpayments: [] },
  ...{ HasErrors: false, IsDiscounted: false, LineItems: [], CurrencyCode: currency },
});

/** How an invoice looks inside a payment. */
export function invoiceStub(invoice: Stub, contact: Contact | undefined): Wire {
  return {
    Type: invoice.type,
    InvoiceID: invoice.id,
    InvoiceNumber: invoice.number,
    Payments: [],
    CreditNotes: [],
    Prepayments: [],
    Overpayments: [],
    IsDiscounted: false,
    HasErrors: false,
    InvoicePaymentServices: [],
    ...(contact && {
      Contact: {
        ContactID: contact.id,
        Name: contact.name,
        ContactGroups: [],
        ContactPersons: [],
        HasValidationErrors: false,
      },
    }),
    LineItems: [],
    CurrencyCode: invoice.currency,
  };
}

/** As the stub, with the amounts a payment has just changed (xero-platform.md 3.7). */
export function invoiceAfterPayment(invoice: Invoice, contact: Contact | undefined): Wire {
  return {
    ...invoiceStub(invoice, contact),
    AmountDue: amount(amountDue(invoice)),
    AmountPaid: amount(invoice.amountPaid),
    AmountCredited: amount(amountCredited(invoice)),
    Status: invoice.status,
    SubTotal: amount(invoice.subTotal),
    TotalTax: amount(invoice.totalTax),
    Total: amount(invoice.total),
  };
}

/** Before its discount. */
const grossOf = ({ quantity, unitAmount }: Line) =>
  Number(divideRounded(BigInt(quantity) * BigInt(unitAmount), 1_000_000n));

/** How a payment looks inside the invoice or credit that it settles. */
export function paymentInDocument(payment: Stored<Payment>): Wire {
  return {
    PaymentID: payment.id,
    ...(payment.batchId && { BatchPaymentID: payment.batchId }),
    Date: day(payment.day),
    Amount: amount(payment.amount),
    Reference: payment.reference,
    CurrencyRate: rate(payment.rate),
    HasAccount: false,
    HasValidationErrors: false,
  };
}

/** What is set against the invoice, each document once with all that it gave. */
function creditsOf({ credits }: Invoice, of: CreditKind): Wire[] {
  const mine = Map.groupBy(
    credits.filter((credit) => credit.of === of),
    ({ id }) => id,
  );
  return [...mine.values()].flatMap(([credit, ...more]) =>
    credit
      ? [
          creditIn(
            credit,
            more.reduce((sum, { amount: part }) => sum + part, credit.amount),
          ),
        ]
      : [],
  );
}

function creditIn({ id, of, number, day: on }: Credit, applied: number): Wire {
  return {
    ...(of === "credit-note" && { CreditNoteID: id, CreditNoteNumber: number, ID: id }),
    ...(of === "overpayment" && { OverpaymentID: id }),
    ...(of === "prepayment" && { PrepaymentID: id }),
    HasErrors: false,
    AppliedAmount: amount(applied),
    DateString: `${on}T00:00:00`,
    Date: day(on),
    LineItems: [],
    Total: amount(applied),
  };
}
