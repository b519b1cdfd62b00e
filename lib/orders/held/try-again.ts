import "server-only";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { readChartSoon } from "#lib/mirror/chart.ts";
import { requireLive } from "#lib/xero/organisations/connections.ts";
import { findOrder } from "../read.ts";
import { releaseOne } from "./release-held.ts";
import { rewriteOne } from "./rewrite-refused.ts";

export type Tried = { left: number; isReadAnew: boolean };

/**
 * A person has mended what kept an order, or why Xero refused it: it is planned anew now, and promised to Xero if nothing keeps
 * it. How many things still do, and whether Xero is asked anew for what they may be about. Throws `not_found` for an order that is not this firm's or whose organisation is no longer
 * connected, `conflict` for one that is neither held nor refused whole.
 */
export async function tryAgain(db: Db, { firm, actor }: FirmCaller, orderId: string): Promise<Tried> {
  requireAbility(firm, "act");
  const order = await findOrder(db, { firmId: firm.firmId }, orderId);
  if (!order) throw new AppError("not_found", "There is no such order.");
  if (order.state !== "held" && order.state !== "refused")
    throw new AppError("conflict", "This order does not wait for anyone any more.");
  const asked = { connectionId: order.connectionId, orderId, actor: `user:${actor.userId}` } as const;
  await requireLive(db, firm, order.connectionId);
  if (order.state === "held") {
    if (await releaseOne(db, asked)) return { left: 0, isReadAnew: false };
  } else if (!(await rewriteOne(db, asked)))
    throw new AppError(
      "conflict",
      "A part of this order is in Xero, or may be: it can't be written anew. Try its documents again one by one.",
    );
  const faults = (await findOrder(db, { firmId: firm.firmId }, orderId))?.faults ?? [];
  // The mirror reads these a few times a day alone.
  const isReadAnew = faults.some(({ found }) => found === "chart" || found === "lock-date");
  if (isReadAnew) await readChartSoon(db, order.connectionId);
  return { left: faults.length, isReadAnew };
}
