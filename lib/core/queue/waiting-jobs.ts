import "server-only";
import { sql } from "drizzle-orm";
import type { Db } from "../db.ts";
import { QUEUE_SCHEMA } from "./queue-schema.ts";

/** By queue, the seconds since its oldest job could have been taken; without those that wait for their next try. */
export async function oldestDueJobs(db: Db): Promise<Record<string, number>> {
  // pg-boss 12: a job that nobody has taken, or that is to be tried again, is below 'active'.
  const { rows } = await db.execute<{ name: string; seconds: number }>(sql`
    select name, extract(epoch from now() - min(start_after))::int as seconds
    from ${sql.identifier(QUEUE_SCHEMA)}.job where state < 'active' and start_after <= now() group by name`);
  return Object.fromEntries(rows.map(({ name, seconds }) => [name, seconds]));
}
