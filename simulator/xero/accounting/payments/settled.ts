/** What a payment settles, an invoice or a credit, seen the same way. */
import {
  amountDue,
  type CreditDocument,
  type CreditKind,
  type Invoice,
  isSalesCredit,
  type Payment,
  type PaymentType,
  remainingCredit,
  type Settled,
} from "../../model.ts";
import { creditBooks, invoices } from "../../store/books.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { saveCredit } from "../credits/save.ts";
import { saveInvoice } from "../invoices/save.ts";

/** What is still due of the invoice, or left of the credit. */
export const outstanding = (settled: Settled) =>
  settled.of === "invoice" ? amountDue(settled.document) : remainingCredit(settled.document);

const creditWords = {
  "credit-note": "CREDIT",
  overpayment: "OVERPAYMENT",
  prepayment: "PREPAYMENT",
} as const;

export function typeOfPayment(settled: Settled): PaymentType {
  if (settled.of === "invoice") return settled.document.type === "ACCREC" ? "ACCRECPAYMENT" : "ACCPAYPAYMENT";
  return `${isSalesCredit(settled.document) ? "AR" : "AP"}${creditWords[settled.of]}PAYMENT`;
}

export function settledBy(scope: Scope, { credit, invoiceId }: Payment): Settled | undefined {
  if (credit) {
    const document = creditBooks[credit].get(scope, invoiceId);
    return document && { of: credit, document };
  }
  const document = invoices.get(scope, invoiceId);
  return document && { of: "invoice", document };
}

/** With so much more paid of it; less for a payment that is taken back. Payments of an invoice may be silent. */
export function saveSettled(
  scope: Scope,
  settled: Settled,
  { amount, day, fires }: { amount: number; day: string; fires: boolean },
): void {
  if (settled.of === "invoice") {
    const { document } = settled;
    const after = { ...document, amountPaid: document.amountPaid + amount, fullyPaidDay: day };
    saveInvoice(scope, after, fires ? "UPDATE" : "silent");
  } else {
    const { of, document } = settled;
    saveCredit(scope, of, { ...document, refunded: (document.refunded ?? 0) + amount }, "UPDATE");
  }
}

/** As it is kept, with when it changed. */
export type SettledNow =
  | { of: "invoice"; document: Stored<Invoice> }
  | { of: CreditKind; document: Stored<CreditDocument> };

/** The documents of many payments, read once each. */
export function settledByEach(scope: Scope, list: Payment[]): (payment: Payment) => SettledNow | undefined {
  const idsOf = (kind: CreditKind | undefined) =>
    list.filter(({ credit }) => credit === kind).map(({ invoiceId }) => invoiceId);
  const paid = invoices.among(scope, idsOf(undefined));
  const credits = {
    "credit-note": creditBooks["credit-note"].among(scope, idsOf("credit-note")),
    overpayment: creditBooks.overpayment.among(scope, idsOf("overpayment")),
    prepayment: creditBooks.prepayment.among(scope, idsOf("prepayment")),
  };
  return ({ credit, invoiceId }) => {
    if (credit) {
      const document = credits[credit].get(invoiceId);
      return document && { of: credit, document };
    }
    const document = paid.get(invoiceId);
    return document && { of: "invoice", document };
  };
}
