import "server-only";
import { lt, sql } from "drizzle-orm";
import { callUsage, xeroCalls } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import { daysAgo } from "#lib/core/forget.ts";
import { AGES } from "#lib/core/retention.ts";

/** Forgets calls that no limit can count any more, and the usage of a year and a month ago. */
export async function forgetOldCalls(db: Db): Promise<void> {
  await db.delete(xeroCalls).where(lt(xeroCalls.overAt, sql`now() - interval '5 minutes'`));
  await db.delete(callUsage).where(lt(callUsage.hour, daysAgo(AGES.calls)));
}
