import type { Db } from "#lib/core/db.ts";
import type { Plan } from "../plan/plan.ts";
import { replacesVoided } from "../take-back/take-back.ts";

/**
 * The plan of an order at this revision under the numbers that it gets: what takes the place of documents that were voided goes under
 * numbers of its own, since whether Xero frees the old ones is not known.
 */
export async function inItsPlace(
  tx: Db,
  { id, revision }: { id: string; revision: number },
  plan: Plan,
): Promise<Plan> {
  if (!(await replacesVoided(tx, id))) return plan;
  const { invoice, purchaseOrder } = plan;
  const suffix = suffixOf(revision);
  return {
    ...plan,
    invoice: { ...invoice, number: invoice.number && invoice.number + suffix },
    purchaseOrder: purchaseOrder && { ...purchaseOrder, number: purchaseOrder.number + suffix },
  };
}

const suffixOf = (revision: number) => `-r${revision}`;

/** The number under which a desk that knew more of the order may have written the same document; null for one that never changed. */
export function otherNumber(number: string, revision: number): string | null {
  if (revision === 0) return null;
  const suffix = suffixOf(revision);
  return number.endsWith(suffix) ? number.slice(0, -suffix.length) : number + suffix;
}
