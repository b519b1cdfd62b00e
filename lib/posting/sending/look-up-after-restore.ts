import { and, inArray, lt, ne, sql } from "drizzle-orm";
import { postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";

/**
 * This database may be older than Xero: what was made before and is not done may be there, what Xero had refused by then too, so
 * it is looked up first.
 */
export async function lookUpAfterRestore(tx: Db, before: Date): Promise<void> {
  await tx
    .update(postings)
    .set({
      state: "unknown",
      sends: sql`greatest(${postings.sends}, 1)`,
      emptyLooks: sql`least(${postings.emptyLooks}, 0)`,
      leaseUntil: null,
      dueAt: sql`now()`,
      generation: sql`${postings.generation} + 1`,
    })
    .where(
      and(
        inArray(postings.state, ["ready", "sending", "unknown", "refused"]),
        // Only a person does it: it is never in Xero by us.
        ne(postings.kind, "chore"),
        lt(postings.createdAt, before),
      ),
    );
}
