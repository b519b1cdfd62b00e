import { inArray, sql } from "drizzle-orm";
import { postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";

/** This database may be older than Xero: what is not done here may be there, so it is looked up before it is sent. */
export async function doubtPostings(tx: Db): Promise<void> {
  await tx
    .update(postings)
    .set({
      state: "unknown",
      sends: sql`greatest(${postings.sends}, 1)`,
      emptyLooks: 0,
      leaseUntil: null,
      dueAt: sql`now()`,
      generation: sql`${postings.generation} + 1`,
    })
    .where(inArray(postings.state, ["ready", "sending", "unknown"]));
}
