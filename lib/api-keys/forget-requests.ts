import { lt } from "drizzle-orm";
import { apiRequests } from "#db/schema/api-keys.ts";
import type { Db } from "#lib/core/db.ts";
import { daysAgo, deleteOld } from "#lib/core/forget.ts";
import { AGES } from "#lib/core/retention.ts";

/** Forgets what was asked with API keys. */
export async function forgetRequests(db: Db): Promise<number> {
  return deleteOld(db, apiRequests, lt(apiRequests.at, daysAgo(AGES.apiRequests)));
}
