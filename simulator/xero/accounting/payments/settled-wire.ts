import type { Contact, CreditDocument, CreditKind, Payment } from "../../model.ts";
import { isSalesCredit, remainingCredit } from "../../model.ts";
import type { Stored } from "../../store/rows.ts";
import { amount, type Wire } from "../../wire.ts";
import { contactStub } from "../contacts/wire.ts";
import { creditNames } from "../credits/names.ts";
import type { ShowLines } from "../invoices/lines-wire.ts";
import { invoiceAfterPayment, invoiceStub, invoiceToWire } from "../invoices/wire.ts";
import type { SettledNow } from "./settled.ts";

/** What is shown of an invoice with all there is to say of it. */
export type Whole = { payments: Stored<Payment>[]; showLines: ShowLines; hasAttachments: boolean };
export type Detail = "stub" | "whole" | "created";

/**
 * A payment's document as Xero prints it inside the payment. Only the answer to a create names a credit as one; every
 * GET shows it as an "Invoice" of its own type (XeroAPI/xero-ruby 48, calcinai/xero-php 889).
 */
export function settledToWire(
  settled: SettledNow,
  { contact, whole }: { contact: Contact | undefined; whole?: Whole | undefined },
  detail: Detail,
): Wire {
  if (settled.of === "invoice") {
    const { document } = settled;
    if (detail === "stub") return { Invoice: invoiceStub(document, contact) };
    if (detail === "created" || !whole) return { Invoice: invoiceAfterPayment(document, contact) };
    // DOC payments; OAS, example of GET /Payments/{PaymentID}: the whole invoice, with its payments and lines.
    const parts = { contact: contact ? contactStub(contact) : {}, unitDecimals: 2 as const, ...whole };
    return { Invoice: invoiceToWire(document, { ...parts, lines: "shown", as: "single" }) };
  }
  const { of, document } = settled;
  if (detail === "created") return { [creditNames[of].one]: creditStub(of, document) };
  return { Invoice: invoiceStub({ ...document, type: typeAsInvoice(of, document) }, contact) };
}

function creditStub(kind: CreditKind, credit: CreditDocument): Wire {
  const { id, number, type, status, total, currency } = credit;
  return {
    [`${creditNames[kind].one}ID`]: id,
    ...(kind === "credit-note" && { CreditNoteNumber: number }),
    ID: id,
    Type: type,
    Status: status,
    RemainingCredit: amount(remainingCredit(credit)),
    Total: amount(total),
    CurrencyCode: currency,
    HasErrors: false,
    LineItems: [],
  };
}

function typeAsInvoice(kind: CreditKind, credit: CreditDocument): string {
  if (kind === "credit-note") return credit.type;
  return `${isSalesCredit(credit) ? "AR" : "AP"}${kind.toUpperCase()}`;
}
