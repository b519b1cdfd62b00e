import { and, eq, gt, sql } from "drizzle-orm";
import { orders } from "#db/schema/orders.ts";
import type { Db } from "#lib/core/db.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";

/** Xero's own advice: so many sales invoices a month (xero-documents 1). */
export const SOFT_VOLUME = 1_000;

/**
 * The organisations of a firm that got more orders in the last thirty days than Xero advises invoices a month. It counts no further
 * than it must. Throws `forbidden` to who may not see.
 */
export async function overSoftVolume(db: Db, firm: FirmContext, connectionIds: string[]): Promise<string[]> {
  requireAbility(firm, "see");
  const over = await Promise.all(
    connectionIds.map(async (connectionId) => {
      const counted = db
        .select({ id: orders.id })
        .from(orders)
        .where(
          and(
            eq(orders.firmId, firm.firmId),
            eq(orders.connectionId, connectionId),
            gt(orders.receivedAt, sql`now() - interval '30 days'`),
          ),
        )
        .limit(SOFT_VOLUME + 1)
        .as("counted");
      const [row] = await db.select({ orders: sql<number>`count(*)::int` }).from(counted);
      return (row?.orders ?? 0) > SOFT_VOLUME ? [connectionId] : [];
    }),
  );
  return over.flat();
}
