/** Credit notes, overpayments and prepayments as they are kept, and what happens to the invoices they are set against. */
import { randomUUID } from "node:crypto";
import { emit } from "../../events.ts";
import {
  type Allocation,
  amountDue,
  type CreditDocument,
  type CreditKind,
  type Invoice,
  remainingCredit,
} from "../../model.ts";
import { creditBooks, invoices } from "../../store/books.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { updatedText } from "../../wire.ts";
import { saveInvoice } from "../invoices/save.ts";

/** The endpoint of each kind, the word for one of it, and its webhook category. */
export const creditNames = {
  "credit-note": { list: "CreditNotes", one: "CreditNote", category: "CREDITNOTE" },
  overpayment: { list: "Overpayments", one: "Overpayment", category: "OVERPAYMENT" },
  prepayment: { list: "Prepayments", one: "Prepayment", category: "PREPAYMENT" },
} as const;

/** Stores it, PAID when all of it is used and AUTHORISED again when some is free, and tells the apps. */
export function saveCredit(
  scope: Scope,
  kind: CreditKind,
  credit: CreditDocument,
  change: "CREATE" | "UPDATE",
): Stored<CreditDocument> {
  const saved = creditBooks[kind].put(scope, settle(credit));
  const { list: resource, category } = creditNames[kind];
  const { id, type, status, updatedAt } = saved;
  const data = {
    ...{ Type: type, Status: status },
    ...(kind !== "credit-note" && { UpdatedDateUTCString: updatedText(updatedAt) }),
  };
  emit(scope, { category, type: change, resource, id, data });
  scope.world.journal.write(`xero.${kind}.saved`, {
    ...{ tenantId: scope.tenantId, id, type, status },
    ...{ total: saved.total, remaining: remainingCredit(saved) },
  });
  return saved;
}

function settle(credit: CreditDocument): CreditDocument {
  const isUsed = remainingCredit(credit) === 0;
  if (credit.status === "AUTHORISED" && isUsed) return { ...credit, status: "PAID" };
  return credit.status === "PAID" && !isUsed ? { ...credit, status: "AUTHORISED" } : credit;
}

type Part = { invoice: Invoice; amount: number; day: string };

/** Null when that much may be set against the invoice. Xero's words where we know them; the rest are ours (?). */
export function refuseAllocation(credit: CreditDocument, { invoice, amount }: Part): string | null {
  const isSale = credit.type === "ACCRECCREDIT" || credit.type.startsWith("RECEIVE");
  if (amount <= 0) return "Allocation amount must be greater than zero";
  if (credit.status !== "AUTHORISED") return "Document is not of valid status for allocation";
  if (invoice.status !== "AUTHORISED" || isSale !== (invoice.type === "ACCREC")) {
    return "Allocations can only be made against Authorised documents";
  }
  if (invoice.contactId !== credit.contactId || invoice.currency !== credit.currency) {
    return "The contact and currency of the documents must be the same";
  }
  if (amount > remainingCredit(credit)) return "Allocation amount exceeds the remaining credit";
  return amount > amountDue(invoice)
    ? "Allocation amount exceeds the amount outstanding on this document"
    : null;
}

/** The caller has asked `refuseAllocation`, and has opened the transaction. */
export function allocate(
  scope: Scope,
  { kind, credit }: { kind: CreditKind; credit: CreditDocument },
  { invoice, amount, day }: Part,
): { credit: Stored<CreditDocument>; allocation: Allocation } {
  const allocation = { id: randomUUID(), invoiceId: invoice.id, amount, day };
  const saved = saveCredit(
    scope,
    kind,
    { ...credit, allocations: [...credit.allocations, allocation] },
    "UPDATE",
  );
  const { id, number } = credit;
  const entry = { id, of: kind, allocationId: allocation.id, number, day, amount };
  saveInvoice(scope, { ...invoice, credits: [...invoice.credits, entry], fullyPaidDay: day }, "UPDATE");
  return { credit: saved, allocation };
}

/** Takes it off its invoice, which is owed again. */
export function removeAllocation(
  scope: Scope,
  { kind, credit }: { kind: CreditKind; credit: CreditDocument },
  allocation: Allocation,
): Stored<CreditDocument> {
  const invoice = invoices.get(scope, allocation.invoiceId);
  if (!invoice) throw new Error(`Allocation ${allocation.id} has no invoice`);
  const credits = invoice.credits.filter(({ allocationId }) => allocationId !== allocation.id);
  saveInvoice(scope, { ...invoice, credits }, "UPDATE");
  const allocations = credit.allocations.filter(({ id }) => id !== allocation.id);
  return saveCredit(scope, kind, { ...credit, allocations }, "UPDATE");
}
