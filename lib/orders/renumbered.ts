import type { Plan } from "./plan/plan.ts";

/**
 * The plan of what takes the place of documents that were voided, at this revision: it goes under numbers of its own, since
 * whether Xero frees the old ones is not known.
 */
export function renumbered({ invoice, purchaseOrder, ...plan }: Plan, revision: number): Plan {
  const suffix = `-r${revision}`;
  return {
    ...plan,
    invoice: { ...invoice, number: invoice.number && invoice.number + suffix },
    purchaseOrder: purchaseOrder && { ...purchaseOrder, number: purchaseOrder.number + suffix },
  };
}
