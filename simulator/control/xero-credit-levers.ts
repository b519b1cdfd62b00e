/** What a person in Xero does with credit notes, overpayments and prepayments. */
import { z } from "zod";
import type { Route } from "../core/types.ts";
import { removeBankTransaction } from "../xero/accounting/bank-transactions/save.ts";
import { allocate, faultsOfAllocation, removeAllocation } from "../xero/accounting/credits/allocate.ts";
import { refuseCreditStatus } from "../xero/accounting/credits/rules.ts";
import { saveCredit } from "../xero/accounting/credits/save.ts";
import { nextNumber } from "../xero/accounting/credits/write.ts";
import { findInvoice } from "../xero/accounting/invoices/find.ts";
import { savePayment } from "../xero/accounting/payments/save.ts";
import { typeOfPayment } from "../xero/accounting/payments/settled.ts";
import { type CreditDocument, type CreditKind, type Payment, remainingCredit } from "../xero/model.ts";
import { requireOrganisation } from "../xero/organisations.ts";
import { bankTransactions, contacts, creditBooks } from "../xero/store/books.ts";
import type { Scope, Stored } from "../xero/store/rows.ts";
import { NotAllowed } from "./input.ts";
import { accountNamed, found, lever, money, today } from "./lever.ts";

const tenantId = z.string();
const kind = z.enum(["credit-note", "overpayment", "prepayment"]);

const made = z.object({
  tenantId,
  kind,
  contactId: z.string(),
  total: money,
  status: z.enum(["DRAFT", "AUTHORISED"]).default("AUTHORISED"),
  isSale: z.boolean().default(true),
});
const changed = z.object({
  tenantId,
  kind,
  id: z.string(),
  status: z.enum(["AUTHORISED", "VOIDED", "DELETED"]).optional(),
  reference: z.string().optional(),
  number: z.string().optional(),
  date: z.iso.date().optional(),
  total: money.optional(),
});
const refund = z.object({
  tenantId,
  kind,
  id: z.string(),
  amount: money,
  account: z.string(),
  reference: z.string().default(""),
});
const allocation = z.object({ tenantId, kind, id: z.string(), invoice: z.string(), amount: money });
const removal = z.object({ tenantId, kind, id: z.string(), allocationId: z.string() });

export const creditLeverRoutes: Route[] = [
  lever("credit", made, (scope, { kind, contactId, total, status, isSale }) => {
    const { baseCurrency } = requireOrganisation(scope);
    const id = crypto.randomUUID();
    return saveCredit(
      scope,
      kind,
      {
        ...{ id, status, rate: 1, allocations: [], reference: "" },
        ...linesFor(total),
        type: typeOf(kind, isSale),
        number: kind === "credit-note" ? nextNumber(scope) : "",
        contactId: found(contacts.get(scope, contactId), "contact").id,
        day: today(scope),
        lineAmountType: "NoTax",
        currency: baseCurrency,
      },
      "CREATE",
    );
  }),
  lever("change-credit", changed, (scope, { kind, id, status, reference, number, date, total }) => {
    const before = creditOf(scope, kind, id);
    const refused = status && refuseCreditStatus(before, status);
    if (refused) throw new NotAllowed(refused);
    const after = {
      ...before,
      ...{ status: status ?? before.status, reference: reference ?? before.reference },
      ...{ number: number ?? before.number, day: date ?? before.day },
      ...(total !== undefined && { ...linesFor(total), lineAmountType: "NoTax" as const }),
    };
    if (remainingCredit(after) < 0) throw new NotAllowed("More than that is used");
    const money = bankTransactions.get(scope, before.bankTransactionId ?? "");
    if (status === "VOIDED" && money) return removeBankTransaction(scope, money);
    return saveCredit(scope, kind, after, "UPDATE");
  }),
  lever("refund", refund, (scope, { kind, id, amount, account: into, reference }) => {
    const document = creditOf(scope, kind, id);
    if (document.status !== "AUTHORISED" || amount > remainingCredit(document))
      throw new NotAllowed("That much is not left");
    const settled = { of: kind, document };
    const accountId = accountNamed(scope, into).id;
    const payment: Payment = {
      ...{ id: crypto.randomUUID(), invoiceId: document.id, credit: kind, type: typeOfPayment(settled) },
      ...{ status: "AUTHORISED", accountId, day: today(scope), amount, bankAmount: amount },
      ...{ rate: document.rate, reference, isReconciled: false },
    };
    return savePayment(scope, payment, settled);
  }),
  lever("allocate", allocation, (scope, { kind, id, invoice: asked, amount }) => {
    const credit = creditOf(scope, kind, id);
    const invoice = found(findInvoice(scope, asked), "invoice");
    const part = { invoice, amount };
    const faults = faultsOfAllocation(requireOrganisation(scope), { kind, credit }, part);
    if (faults.length > 0) throw new NotAllowed(faults.join(" "));
    return allocate(scope, { kind, credit }, part).allocation;
  }),
  lever("remove-allocation", removal, (scope, { kind, id, allocationId }) => {
    const credit = creditOf(scope, kind, id);
    const part = found(
      credit.allocations.find((one) => one.id === allocationId),
      "allocation",
    );
    return removeAllocation(scope, { kind, credit }, part);
  }),
];

/** One line without tax that comes to the total. */
function linesFor(total: number): Pick<CreditDocument, "lines" | "subTotal" | "totalTax" | "total"> {
  const line = { id: crypto.randomUUID(), description: "Credit", quantity: 10_000, taxType: "NONE" };
  return {
    lines: [{ ...line, unitAmount: total * 100, lineAmount: total, taxAmount: 0 }],
    ...{ subTotal: total, totalTax: 0, total },
  };
}

function creditOf(scope: Scope, kind: CreditKind, id: string): Stored<CreditDocument> {
  const book = creditBooks[kind];
  return found(book.get(scope, id) ?? (id === "" ? undefined : book.named(scope, id)[0]), kind);
}

function typeOf(kind: CreditKind, isSale: boolean): CreditDocument["type"] {
  if (kind === "credit-note") return isSale ? "ACCRECCREDIT" : "ACCPAYCREDIT";
  const direction = isSale ? "RECEIVE" : "SPEND";
  return kind === "overpayment" ? `${direction}-OVERPAYMENT` : `${direction}-PREPAYMENT`;
}
