/** Test only: how many statements wait for a lock at this moment. */
import { sql } from "drizzle-orm";
import type { Db } from "#lib/core/db.ts";

export async function waitingForLocks(db: Db): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(*)::int n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows[0]?.n ?? 0;
}
