import { sql } from "drizzle-orm";
import { isAfterItsFirst, postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";

/** Seconds since the oldest posting could have been taken; null when none can. One that waits for its next try can't, nor one that waits for its contact. */
export async function oldestDuePosting(db: Db): Promise<number | null> {
  const since = sql`case when ${postings.state} = 'sending' then ${postings.leaseUntil} else ${postings.dueAt} end`;
  const [row] = await db
    .select({ seconds: sql<number | null>`extract(epoch from now() - min(${since}))::int` })
    .from(postings)
    .where(
      sql`${postings.state} in ('ready', 'sending', 'unknown') and ${since} <= now() and ${isAfterItsFirst(postings)}`,
    );
  return row?.seconds ?? null;
}
