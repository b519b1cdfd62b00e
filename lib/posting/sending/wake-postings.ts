import { and, eq, inArray, sql } from "drizzle-orm";
import { postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";

/** Brings forward what waited for this connection: it works again. */
export async function wakePostings(db: Db, connectionId: string): Promise<void> {
  await db
    .update(postings)
    .set({ dueAt: sql`now()` })
    .where(and(eq(postings.connectionId, connectionId), inArray(postings.state, ["ready", "unknown"])));
}
