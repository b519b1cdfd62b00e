import { and, lte, ne, sql } from "drizzle-orm";
import { syncCursors, unreadRows } from "#db/schema/mirror.ts";
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
 * The books in which something could not be read and is to be asked for again now, also where automatic reading is off: an
 * invoice among it can't be paid until then.
 */
export async function booksToReadAgain(db: Db): Promise<Books[]> {
  return db
    .selectDistinct({ firmId: unreadRows.firmId, connectionId: unreadRows.connectionId })
    .from(unreadRows)
    .where(and(ne(unreadRows.why, "rung"), lte(unreadRows.dueAt, sql`now()`)));
}
