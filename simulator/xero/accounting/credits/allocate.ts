/** Setting a credit against an invoice, and taking it off again (xero-platform.md 3.9). */
import { randomUUID } from "node:crypto";
import { laterDay } from "../../dates.ts";
import {
  type Allocation,
  amountDue,
  type CreditDocument,
  type CreditKind,
  type Invoice,
  isSalesCredit,
  type Organisation,
  remainingCredit,
} from "../../model.ts";
import { invoices } from "../../store/books.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { refuseLocked } from "../invoices/rules.ts";
import { saveInvoice } from "../invoices/save.ts";
import { creditNames } from "./names.ts";
import { saveCredit } from "./save.ts";

type Side = { kind: CreditKind; credit: CreditDocument };
type Part = { invoice: Invoice; amount: number };

/** Xero dates an allocation itself: the later of the two documents' days. */
const allocationDay = (credit: CreditDocument, invoice: Invoice) => laterDay(credit.day, invoice.day);

/**
 * Empty when that much may be set against the invoice. The three sentences about what is outstanding, paid off and of
 * the wrong type are Xero's (waynerobinson/xeroizer 320, calcinai/xero-php 251); the rest are ours (?).
 */
export function faultsOfAllocation(
  organisation: Organisation,
  { kind, credit }: Side,
  { invoice, amount }: Part,
): string[] {
  const { spoken } = creditNames[kind];
  if (amount <= 0) return ["Allocation amount must be greater than zero"];
  if (credit.status !== "AUTHORISED" && credit.status !== "PAID")
    return ["Document is not of valid status for allocation"];
  const locked = refuseLocked(organisation, allocationDay(credit, invoice));
  return [
    ...faultsOfStatus(invoice),
    ...(amount > remainingCredit(credit) || amount > amountDue(invoice)
      ? [`${spoken} cannot be allocated as amount is greater than amount outstanding`]
      : []),
    ...(isSalesCredit(credit) === (invoice.type === "ACCREC")
      ? []
      : [`${spoken} cannot be allocated to an incorrect invoice type`]),
    ...(invoice.contactId !== credit.contactId || invoice.currency !== credit.currency
      ? ["The contact and currency of the documents must be the same"]
      : []),
    ...(locked ? [locked] : []),
  ];
}

function faultsOfStatus({ status }: Invoice): string[] {
  if (status === "AUTHORISED") return [];
  return [
    status === "PAID"
      ? "The invoice you are trying to allocate to has already been paid off"
      : "Allocations can only be made against Authorised documents",
  ];
}

/** The caller has asked `faultsOfAllocation`, and has opened the transaction. */
export function allocate(
  scope: Scope,
  { kind, credit }: Side,
  { invoice, amount }: Part,
): { credit: Stored<CreditDocument>; allocation: Allocation } {
  const day = allocationDay(credit, invoice);
  const allocation = { id: randomUUID(), invoiceId: invoice.id, amount, day };
  const allocations = [...credit.allocations, allocation];
  const saved = saveCredit(scope, kind, { ...credit, allocations }, "UPDATE");
  const { id, number } = credit;
  const entry = { id, of: kind, allocationId: allocation.id, number, day, amount };
  saveInvoice(scope, { ...invoice, credits: [...invoice.credits, entry], fullyPaidDay: day }, "UPDATE");
  return { credit: saved, allocation };
}

/** Takes it off its invoice, which is owed again. */
export function removeAllocation(
  scope: Scope,
  { kind, credit }: Side,
  allocation: Allocation,
): Stored<CreditDocument> {
  const invoice = invoices.get(scope, allocation.invoiceId);
  if (!invoice) throw new Error(`Allocation ${allocation.id} has no invoice`);
  const credits = invoice.credits.filter(({ allocationId }) => allocationId !== allocation.id);
  saveInvoice(scope, { ...invoice, credits }, "UPDATE");
  const allocations = credit.allocations.filter(({ id }) => id !== allocation.id);
  return saveCredit(scope, kind, { ...credit, allocations }, "UPDATE");
}
