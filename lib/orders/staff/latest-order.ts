import { and, desc, eq, sql } from "drizzle-orm";
import { orderRevisions, orders } from "#db/schema/orders.ts";
import type { Db } from "#lib/core/db.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { CURRENT } from "../store.ts";
import { type OrderStory, readOrderForStaff } from "./read-for-staff.ts";

/** So many of an organisation's orders, the newest, are looked through. */
const LOOKED_AT = 200;

/**
 * The newest order of one of a firm's organisations; `kind`: the newest of late with a line of this kind of item. Undefined where
 * there is none. Throws `forbidden` to who may not see.
 */
export async function latestOrder(
  db: Db,
  firm: FirmContext,
  { connectionId, kind }: { connectionId: string; kind?: string },
): Promise<OrderStory | undefined> {
  requireAbility(firm, "see");
  const newest = db
    .select({ id: orders.id, receivedAt: orders.receivedAt, content: orderRevisions.content })
    .from(orders)
    .innerJoin(orderRevisions, CURRENT)
    .where(and(eq(orders.firmId, firm.firmId), eq(orders.connectionId, connectionId)))
    .orderBy(desc(orders.receivedAt), orders.id)
    .limit(LOOKED_AT)
    .as("newest");
  const [found] = await db
    .select({ id: newest.id })
    .from(newest)
    .where(
      kind === undefined
        ? undefined
        : sql`${newest.content} @> ${JSON.stringify({ lines: [{ kind }] })}::jsonb`,
    )
    .orderBy(desc(newest.receivedAt), newest.id)
    .limit(1);
  return found && readOrderForStaff(db, firm, found.id);
}
