import type { Allocation, CreditDocument, CreditKind, Invoice, Payment } from "../../model.ts";
import { remainingCredit } from "../../model.ts";
import { contacts, invoices } from "../../store/books.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { amount, day, dayPair, rate, updated, type Wire } from "../../wire.ts";
import { contactStub, contactToWire, rolesOf } from "../contacts/wire.ts";
import { paymentsOf } from "../invoices/find.ts";
import { type ShowLines, showLines } from "../invoices/lines-wire.ts";
import { paymentInDocument } from "../invoices/wire.ts";

type Around = {
  /** A stub in lists, the whole contact for a single one. */
  contact: Wire;
  paid: Map<string, Invoice>;
  refunds: Stored<Payment>[];
  unitDecimals: 2 | 4 | "no lines";
  showLines: ShowLines;
};

/** Credit notes, overpayments and prepayments as Xero prints them (xero-platform.md 3.9). */
function creditToWire(kind: CreditKind, credit: Stored<CreditDocument>, around: Around): Wire {
  const { id, number } = credit;
  return {
    // REC credit_notes_page, for what a credit note has beside the others.
    ...(kind === "credit-note" && {
      CreditNoteID: id,
      CreditNoteNumber: number,
      ID: id,
      SentToContact: false,
      ...(credit.themeId && { BrandingThemeID: credit.themeId }),
      ...(credit.status === "PAID" && { FullyPaidOnDate: day(spentOn(credit, around.refunds)) }),
    }),
    ...(kind === "overpayment" && { OverpaymentID: id, ID: id }),
    ...(kind === "prepayment" && { PrepaymentID: id, ID: id }),
    Type: credit.type,
    Reference: credit.reference,
    Payments: around.refunds.map(paymentInDocument),
    Allocations: credit.allocations.map((allocation) => allocationToWire(allocation, around.paid)),
    RemainingCredit: amount(remainingCredit(credit)),
    CurrencyRate: rate(credit.rate),
    HasErrors: false,
    HasAttachments: false,
    Contact: around.contact,
    ...dayPair("Date", credit.day),
    Status: credit.status,
    LineAmountTypes: credit.lineAmountType,
    LineItems: around.unitDecimals === "no lines" ? [] : around.showLines(credit, around.unitDecimals),
    SubTotal: amount(credit.subTotal),
    TotalTax: amount(credit.totalTax),
    Total: amount(credit.total),
    ...updated(credit.updatedAt),
    CurrencyCode: credit.currency,
  };
}

/** The day on which the last of it went. */
const spentOn = (credit: CreditDocument, refunds: Payment[]) =>
  [credit.day, ...credit.allocations.map((one) => one.day), ...refunds.map((one) => one.day)].sort().at(-1) ??
  credit.day;

export function allocationToWire(allocation: Allocation, paid: Map<string, Invoice>): Wire {
  const { id, invoiceId, amount: part } = allocation;
  const number = paid.get(invoiceId)?.number;
  return {
    AllocationID: id,
    Amount: amount(part),
    Date: day(allocation.day),
    Invoice: {
      InvoiceID: invoiceId,
      ...(number !== undefined && { InvoiceNumber: number }),
      ...{ Payments: [], CreditNotes: [], Prepayments: [], Overpayments: [] },
      ...{ IsDiscounted: false, HasErrors: false, InvoicePaymentServices: [], LineItems: [] },
    },
  };
}

type Shown = {
  rows: Stored<CreditDocument>[];
  unitDecimals: Around["unitDecimals"];
  isSingle?: boolean;
};

/** Many at once, what is around them read once. */
export function creditsToWire(
  scope: Scope,
  kind: CreditKind,
  { rows, unitDecimals, isSingle = false }: Shown,
): Wire[] {
  const parties = contacts.among(
    scope,
    rows.map(({ contactId }) => contactId),
  );
  const paid = invoices.among(
    scope,
    rows.flatMap(({ allocations }) => allocations.map(({ invoiceId }) => invoiceId)),
  );
  const refunds = paymentsOf(
    scope,
    rows.map(({ id }) => id),
  );
  const contactOf = ({ contactId }: CreditDocument): Wire => {
    const contact = parties.get(contactId);
    if (!contact) return {};
    return isSingle ? contactToWire(contact, rolesOf(scope, [contactId])(contactId)) : contactStub(contact);
  };
  const show = showLines(scope);
  return rows.map((row) =>
    creditToWire(kind, row, {
      contact: contactOf(row),
      paid,
      refunds: refunds.get(row.id) ?? [],
      unitDecimals,
      showLines: show,
    }),
  );
}
