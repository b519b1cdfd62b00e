import { and, count, lt, lte, ne, sql } from "drizzle-orm";
import { SYNC_KINDS, syncCursors, unreadRows } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import { isSyncing } from "#lib/xero/organisations/auto-sync.ts";
import type { Books } from "./books.ts";

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

/**
 * The connections that were read by a version of the desk which mirrored fewer kinds than this one: the rest is to be read as
 * a backfill. Those that `connectionsDue` leaves out are left out here too.
 */
export async function connectionsLackingKinds(db: Db): Promise<string[]> {
  const rows = await db
    .select({ connectionId: syncCursors.connectionId })
    .from(syncCursors)
    .where(isSyncing(syncCursors.connectionId))
    .groupBy(syncCursors.connectionId)
    .having(lt(count(), SYNC_KINDS.length));
  return rows.map(({ connectionId }) => connectionId);
}

/**
 * The books in which something could not be read and is to be asked for again now, also where automatic reading is off: an
 * invoice among it can't be paid until then.
 */
export async function booksToReadAgain(db: Db): Promise<Books[]> {
  return db
    .selectDistinct({ firmId: unreadRows.firmId, connectionId: unreadRows.connectionId })
    .from(unreadRows)
    .where(and(ne(unreadRows.why, "rung"), lte(unreadRows.dueAt, sql`now()`)));
}
