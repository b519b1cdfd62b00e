import type { Db } from "#lib/core/db.ts";
import { whatIf } from "#lib/core/what-if.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { inItsPlace } from "../accept/in-its-place.ts";
import { lookAtOrders } from "../accept/look-at-orders.ts";
import { takeOldBack, whyItStays } from "../accept/make-way.ts";
import type { OrderFault } from "../faults.ts";
import type { Books, Plan } from "../plan/plan.ts";
import { lockById } from "../store.ts";
import type { OrderStory } from "./read-for-staff.ts";

export type Rehearsal = {
  /** Null while there are faults. */
  plan: Plan | null;
  faults: OrderFault[];
  /** Why a change of it would not be taken, in a sentence; null where it would be. */
  stays: string | null;
};

/** What an order would be written as now, or all that keeps it from that; nothing is changed and Xero is not asked. Throws `forbidden`. */
export async function rehearse(
  db: Db,
  firm: FirmContext,
  {
    id,
    revision,
    content,
    ...sender
  }: Pick<OrderStory, "id" | "revision" | "connectionId" | "content" | "apiKeyId">,
): Promise<Rehearsal> {
  requireAbility(firm, "see");
  const { connectionId } = sender;
  const { orders, books } = await lookAtOrders(db, sender, [content]);
  const [looked] = orders;
  const stays = await whyNotChanged(db, { orderId: id, firmId: firm.firmId, connectionId, books });
  const plan = looked?.plan ? await inItsPlace(db, { id, revision }, looked.plan) : null;
  return { plan, faults: looked?.faults ?? [], stays };
}

async function whyNotChanged(
  db: Db,
  { orderId, books, ...of }: { orderId: string; firmId: string; connectionId: string; books: Books },
): Promise<string | null> {
  return whatIf(db, async (tx) => {
    const order = await lockById(tx, of, orderId);
    if (!order?.promisedAt || order.cancelledAt) return null;
    const stays = await takeOldBack(tx, orderId, books);
    return stays && whyItStays(stays);
  });
}
