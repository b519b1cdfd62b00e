import { invoiceBody } from "#lib/posting/order-kinds/invoice.ts";
import { purchaseOrderBody } from "#lib/posting/order-kinds/purchase-order.ts";
import type { Party, Plan } from "../plan/plan.ts";
import type { OrderDocument } from "../read.ts";

export type SaidLine = {
  description: string;
  quantity: string;
  unitPrice: string;
  discountPercent: string | null;
  accountCode: string;
  /** Null: the account's own, or none. */
  taxType: string | null;
  itemCode: string | null;
  tracking: { categoryId: string; optionId: string }[];
};

/** A document of an order as Xero is told it, or would be. */
export type SaidToXero = {
  /** Null while it is to be made. */
  contactId: string | null;
  /** Null: Xero's next. */
  number: string | null;
  date: string;
  /** Null of a purchase order. */
  dueDate: string | null;
  status: "AUTHORISED" | "DRAFT";
  lines: SaidLine[];
  payments: { accountId: string; amountMinor: bigint; date: string }[];
  totalMinor: bigint;
};

/** What the posting of an order's invoice or purchase order says; null for another document. */
export function saidBy({ documentKind, body, totalMinor }: OrderDocument): SaidToXero | null {
  if (documentKind === "invoice") {
    const { contactId, number, date, dueDate, status, lines, payments } = invoiceBody.parse(body);
    return {
      ...{ contactId, number, date, dueDate, status, lines, totalMinor },
      payments: payments.map(({ amountMinor, ...rest }) => ({ ...rest, amountMinor: BigInt(amountMinor) })),
    };
  }
  if (documentKind !== "purchase_order") return null;
  const { contactId, number, date, status, lines } = purchaseOrderBody.parse(body);
  return { contactId, number, date, dueDate: null, status, lines, payments: [], totalMinor };
}

/** What the documents of a plan would say. */
export function saidByPlan({ buyer, invoice, purchaseOrder }: Plan): {
  invoice: SaidToXero;
  purchaseOrder: SaidToXero | null;
} {
  const { totals, lines, ...said } = invoice;
  const taxed = lines.map((line) => (invoice.amounts === "none" ? { ...line, taxType: null } : line));
  return {
    invoice: { ...said, lines: taxed, contactId: idOf(buyer), totalMinor: totals.totalMinor },
    purchaseOrder: purchaseOrder && {
      contactId: idOf(purchaseOrder.supplier),
      ...{ number: purchaseOrder.number, date: purchaseOrder.date, dueDate: null, status: invoice.status },
      ...{ lines: purchaseOrder.lines, payments: [], totalMinor: purchaseOrder.totals.totalMinor },
    },
  };
}

function idOf(party: Party): string | null {
  return party.kind === "contact" ? party.contactId : null;
}
