import { lt } from "drizzle-orm";
import { webhookInbox } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import { daysAgo, deleteOld } from "#lib/core/forget.ts";
import { AGES } from "#lib/core/retention.ts";

/** Forgets what Xero's webhooks said; never one that is not worked through. */
export async function forgetDeliveries(db: Db): Promise<number> {
  return deleteOld(db, webhookInbox, lt(webhookInbox.processedAt, daysAgo(AGES.webhooks)));
}
