import type { Contact, CreditDocument, CreditKind, Settled } from "../../model.ts";
import { isSalesCredit, remainingCredit } from "../../model.ts";
import { amount, type Wire } from "../../wire.ts";
import { creditNames } from "../credits/names.ts";
import { invoiceAfterPayment, invoiceStub } from "../invoices/wire.ts";

export type Detail = "stub" | "whole" | "created";

/**
 * A payment's document as Xero prints it inside the payment. Only the answer to a create names a credit as one; every
 * GET shows it as an "Invoice" of its own type (XeroAPI/xero-ruby 48, calcinai/xero-php 889).
 */
export function settledToWire(settled: Settled, contact: Contact | undefined, detail: Detail): Wire {
  if (settled.of === "invoice") {
    const shown = detail === "stub" ? invoiceStub : invoiceAfterPayment;
    return { Invoice: shown(settled.document, contact) };
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
