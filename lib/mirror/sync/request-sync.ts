import { and, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { syncCursors } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import { hasDayToSpare } from "#lib/xero/budget/calls-to-spare.ts";

/**
 * A link means an invoice that the mirror has not: the worker's next turn reads what changed in these organisations, unless
 * that was read within the last minute, or more than half of the day's calls are used. At most one call a minute, whoever
 * asks and however often. One statement, of the same shape whether or not anything is to be read: it tells nobody anything.
 */
export async function requestSync(db: Db, connectionIds: string[]): Promise<void> {
  await db
    .update(syncCursors)
    .set({ dueAt: sql`now()` })
    .where(
      and(
        inArray(syncCursors.connectionId, connectionIds),
        eq(syncCursors.kind, "invoices"),
        isNull(syncCursors.page),
        gt(syncCursors.dueAt, sql`now()`),
        sql`coalesce(${syncCursors.syncedAt} < now() - interval '1 minute', true)`,
        hasDayToSpare(syncCursors.connectionId),
      ),
    );
}
