import { isNull, sql } from "drizzle-orm";
import { processorEvents } from "#db/schema/processor.ts";
import type { Db } from "#lib/core/db.ts";

/** Seconds since the oldest event of the processor's came that is not worked through; null when all are. */
export async function oldestEvent(db: Db): Promise<number | null> {
  const [row] = await db
    .select({
      seconds: sql<number | null>`extract(epoch from now() - min(${processorEvents.receivedAt}))::int`,
    })
    .from(processorEvents)
    .where(isNull(processorEvents.processedAt));
  return row?.seconds ?? null;
}
