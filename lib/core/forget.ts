import "server-only";
import { lt, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { rateLimits } from "#db/schema/limits.ts";
import type { Db } from "./db.ts";
import { AGES } from "./retention.ts";

/** Rows in one transaction: their locks are held for a moment. */
export const BATCH = 500;

/** Before when something must have happened to be this old. */
export function daysAgo({ days }: { days: number }): SQL<Date> {
  return sql`now() - make_interval(days => ${days})`;
}

/** Runs a step, which does at most BATCH and says how many, until it finds fewer. Returns how many in all. */
export async function inBatches(step: () => Promise<number>): Promise<number> {
  for (let all = 0; ; ) {
    const done = await step();
    all += done;
    if (done < BATCH) return all;
  }
}

/** Deletes these rows of a table, a batch after the other. Returns how many. */
export async function deleteOld(db: Db, table: PgTable, which: SQL | undefined): Promise<number> {
  return inBatches(async () => {
    const batch = sql`select ctid from ${table} where ${which} limit ${BATCH} for update skip locked`;
    const { rowCount } = await db.delete(table).where(sql`ctid = any(array(${batch}))`);
    return rowCount ?? 0;
  });
}

export async function forgetLimits(db: Db): Promise<number> {
  return deleteOld(
    db,
    rateLimits,
    lt(rateLimits.expire, sql`extract(epoch from ${daysAgo(AGES.limits)}) * 1000`),
  );
}
