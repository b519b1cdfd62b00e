import { isNull, sql } from "drizzle-orm";
import { webhookInbox } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";

/** Seconds since the oldest delivery of Xero's came that is not worked through; null when all are. */
export async function oldestDelivery(db: Db): Promise<number | null> {
  const [row] = await db
    .select({ seconds: sql<number | null>`extract(epoch from now() - min(${webhookInbox.receivedAt}))::int` })
    .from(webhookInbox)
    .where(isNull(webhookInbox.processedAt));
  return row?.seconds ?? null;
}
