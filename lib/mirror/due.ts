import { and, sql } from "drizzle-orm";
import { syncCursors } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import { isSyncing } from "#lib/xero/auto-sync.ts";

type Due = { connectionId: string; changes: boolean; unread: boolean };

/**
 * The connections with something to read now: `changes` of kinds whose turn it is, and what a backfill left `unread`.
 * Those that ended, that only a person can mend, or whose syncing is off are left out.
 */
export async function connectionsDue(db: Db): Promise<Due[]> {
  return db
    .select({
      connectionId: syncCursors.connectionId,
      changes: sql<boolean>`bool_or(${syncCursors.page} is null)`,
      unread: sql<boolean>`bool_or(${syncCursors.page} is not null)`,
    })
    .from(syncCursors)
    .where(and(sql`${syncCursors.dueAt} <= now()`, isSyncing(syncCursors.connectionId)))
    .groupBy(syncCursors.connectionId);
}
