/** What a person in Xero does with credit notes, overpayments and prepayments. */
import { z } from "zod";
import type { Route } from "../core/types.ts";
import { allocate, faultsOfAllocation, removeAllocation } from "../xero/accounting/credits/allocate.ts";
import { refuseCreditStatus } from "../xero/accounting/credits/rules.ts";
import { saveCredit } from "../xero/accounting/credits/save.ts";
import { nextNumber } from "../xero/accounting/credits/write.ts";
import { findInvoice } from "../xero/accounting/invoices/find.ts";
import type { CreditDocument, CreditKind } from "../xero/model.ts";
import { toMinor } from "../xero/money.ts";
import { requireOrganisation } from "../xero/organisations.ts";
import { contacts, creditBooks } from "../xero/store/books.ts";
import type { Scope, Stored } from "../xero/store/rows.ts";
import { NotAllowed } from "./input.ts";
import { found, lever } from "./lever.ts";

const tenantId = z.string();
const kind = z.enum(["credit-note", "overpayment", "prepayment"]);
const money = z.union([z.number(), z.string()]).transform(toMinor);

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
});
const allocation = z.object({ tenantId, kind, id: z.string(), invoice: z.string(), amount: money });
const removal = z.object({ tenantId, kind, id: z.string(), allocationId: z.string() });

export const creditLeverRoutes: Route[] = [
  lever("credit", made, (scope, { kind, contactId, total, status, isSale }) => {
    const { baseCurrency } = requireOrganisation(scope);
    const id = crypto.randomUUID();
    const line = { id: crypto.randomUUID(), description: "Credit", quantity: 10_000, taxType: "NONE" };
    return saveCredit(
      scope,
      kind,
      {
        ...{ id, status, total, subTotal: total, totalTax: 0, rate: 1, allocations: [], reference: "" },
        type: typeOf(kind, isSale),
        number: kind === "credit-note" ? nextNumber(scope) : "",
        contactId: found(contacts.get(scope, contactId), "contact").id,
        day: scope.world.clock.date().toISOString().slice(0, 10),
        lineAmountType: "NoTax",
        lines: [{ ...line, unitAmount: total * 100, lineAmount: total, taxAmount: 0 }],
        currency: baseCurrency,
      },
      "CREATE",
    );
  }),
  lever("change-credit", changed, (scope, { kind, id, status, reference }) => {
    const before = creditOf(scope, kind, id);
    const refused = status && refuseCreditStatus(before, status);
    if (refused) throw new NotAllowed(refused);
    const after = { ...before, status: status ?? before.status, reference: reference ?? before.reference };
    return saveCredit(scope, kind, after, "UPDATE");
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

function creditOf(scope: Scope, kind: CreditKind, id: string): Stored<CreditDocument> {
  const book = creditBooks[kind];
  return found(book.get(scope, id) ?? (id === "" ? undefined : book.named(scope, id)[0]), kind);
}

function typeOf(kind: CreditKind, isSale: boolean): CreditDocument["type"] {
  if (kind === "credit-note") return isSale ? "ACCRECCREDIT" : "ACCPAYCREDIT";
  const direction = isSale ? "RECEIVE" : "SPEND";
  return kind === "overpayment" ? `${direction}-OVERPAYMENT` : `${direction}-PREPAYMENT`;
}
