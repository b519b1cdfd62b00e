import { lt } from "drizzle-orm";
import { apiReplays } from "#db/schema/api-keys.ts";
import type { Db } from "#lib/core/db.ts";
import { daysAgo, deleteOld } from "#lib/core/forget.ts";
import { AGES } from "#lib/core/retention.ts";

/** Forgets what was answered to requests that carried an Idempotency-Key. */
export async function forgetReplays(db: Db): Promise<number> {
  return deleteOld(db, apiReplays, lt(apiReplays.at, daysAgo(AGES.apiReplays)));
}
