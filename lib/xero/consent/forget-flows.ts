import "server-only";
import { lt } from "drizzle-orm";
import { oauthFlows } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import { daysAgo, deleteOld } from "#lib/core/forget.ts";
import { AGES } from "#lib/core/retention.ts";

/** Forgets clicks on Connect, finished or left. */
export async function forgetFlows(db: Db): Promise<number> {
  return deleteOld(db, oauthFlows, lt(oauthFlows.createdAt, daysAgo(AGES.consents)));
}
