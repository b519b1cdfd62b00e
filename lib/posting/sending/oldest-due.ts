import { and, not, sql } from "drizzle-orm";
import { isAfterItsFirst, isWhole, postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";

/** Seconds since the oldest posting could have been taken; null when none can. One that waits for its next try can't, nor one that waits for its contact or invoice. */
export async function oldestDuePosting(db: Db): Promise<number | null> {
  const since = sql`case when ${postings.state} = 'sending' then ${postings.leaseUntil} else ${postings.dueAt} end`;
  // In the words of the indexes of what is due, one each.
  const ages = [not(isWhole(postings.kind)), isWhole(postings.kind)].map((kind) =>
    db
      .select({ seconds: sql<number | null>`extract(epoch from now() - min(${since}))::int` })
      .from(postings)
      .where(
        and(
          sql`${postings.state} in ('ready', 'sending', 'unknown')`,
          kind,
          isAfterItsFirst(postings),
          sql`${since} <= now()`,
        ),
      ),
  );
  const seconds = (await Promise.all(ages)).flatMap(([row]) => row?.seconds ?? []);
  return seconds.length > 0 ? Math.max(...seconds) : null;
}
