import type { Db } from "#lib/core/db.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import type { OrderFault } from "./faults.ts";
import { lookAtOrders } from "./look-at-orders.ts";
import type { Plan } from "./plan/plan.ts";
import type { OrderStory } from "./read-for-staff.ts";

/** What an order would be written as now, or all that keeps it from that; nothing is kept and Xero is not asked. Throws `forbidden`. */
export async function rehearse(
  db: Db,
  firm: FirmContext,
  { content, ...sender }: Pick<OrderStory, "connectionId" | "content" | "apiKeyId">,
): Promise<{ plan: Plan | null; faults: OrderFault[] }> {
  requireAbility(firm, "see");
  const { orders } = await lookAtOrders(db, sender, [content]);
  const [looked] = orders;
  return { plan: looked?.plan ?? null, faults: looked?.faults ?? [] };
}
