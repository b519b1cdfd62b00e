import { ORDER_FAULTS } from "#lib/orders/faults.ts";
import type { OrderView } from "#lib/orders/read.ts";

/** Why an order is not in Xero, in a few words: its first fault, or the cause of a refusal; null where it is or is on its way. */
export function whyNot({ state, faults, documents }: Pick<OrderView, "state" | "faults" | "documents">) {
  if (state === "refused")
    return documents.flatMap(({ cause, refusals: [step] }) => cause ?? step?.cause ?? [])[0]?.title ?? null;
  const [first, ...more] = state === "held" ? faults : [];
  if (!first) return null;
  const { title } = ORDER_FAULTS[first.code];
  return more.length === 0 ? title : `${title}, and ${more.length} more`;
}
