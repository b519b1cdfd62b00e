import { lt } from "drizzle-orm";
import { processorEvents } from "#db/schema/processor.ts";
import type { Db } from "#lib/core/db.ts";
import { daysAgo, deleteOld } from "#lib/core/forget.ts";
import { AGES } from "#lib/core/retention.ts";

/** Forgets the processor's events; never one that is not worked through. */
export async function forgetEvents(db: Db): Promise<number> {
  return deleteOld(db, processorEvents, lt(processorEvents.processedAt, daysAgo(AGES.events)));
}
