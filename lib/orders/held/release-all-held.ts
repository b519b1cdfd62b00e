import { and, isNotNull, isNull } from "drizzle-orm";
import { orders } from "#db/schema/orders.ts";
import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { getLine } from "#lib/xero/organisations/connections.ts";
import { releaseHeld } from "./release-held.ts";

/**
 * Releases what is held of every organisation that is still connected, since what kept it may have been mended in Xero. One whose
 * turn fails keeps none of the others.
 */
export async function releaseAllHeld(db: Db): Promise<void> {
  const holding = await db
    .selectDistinct({ connectionId: orders.connectionId })
    .from(orders)
    .where(and(isNotNull(orders.faults), isNull(orders.cancelledAt)));
  await eachAlone(db, holding, {
    kind: "orders-held",
    idOf: ({ connectionId }) => connectionId,
    async work({ connectionId }) {
      const line = await getLine(db, connectionId);
      if (line && !line.ended) await releaseHeld(db, connectionId);
    },
  });
}
