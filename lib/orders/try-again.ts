import "server-only";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { requireLive } from "#lib/xero/organisations/connections.ts";
import { findOrder } from "./read.ts";
import { releaseOne } from "./release-held.ts";

/**
 * A person has mended what kept an order: it is planned anew now, and promised to Xero if nothing keeps it. How many things still
 * do. Throws `not_found` for an order that is not this firm's or whose organisation is no longer connected, `conflict` for one
 * that is not held.
 */
export async function tryAgain(db: Db, { firm, actor }: FirmCaller, orderId: string): Promise<number> {
  requireAbility(firm, "act");
  const order = await findOrder(db, { firmId: firm.firmId }, orderId);
  if (!order) throw new AppError("not_found", "There is no such order.");
  if (order.state !== "held") throw new AppError("conflict", "This order is not held any more.");
  const { connectionId } = order;
  await requireLive(db, firm, connectionId);
  if (await releaseOne(db, { connectionId, orderId, actor: `user:${actor.userId}` })) return 0;
  return (await findOrder(db, { firmId: firm.firmId }, orderId))?.faults.length ?? 0;
}
