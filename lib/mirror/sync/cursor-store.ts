import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { SYNC_KINDS, syncCursors } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import type { Books } from "../books.ts";

export type CursorKind = (typeof SYNC_KINDS)[number];
type Cursor = typeof syncCursors.$inferSelect;

/** A backfill that has not moved for so long has been left by whoever did it. */
const LEFT_AFTER_SECONDS = 600;

const inSeconds = (seconds: number) => sql`now() + make_interval(secs => ${seconds})`;

const ofKind = (connectionId: string, kind: CursorKind) =>
  and(eq(syncCursors.connectionId, connectionId), eq(syncCursors.kind, kind));

/** With the database's own time. */
export async function getCursor(
  db: Db,
  connectionId: string,
  kind: CursorKind,
): Promise<{ cursor: Cursor; now: Date } | undefined> {
  const [row] = await db
    .select({ cursor: syncCursors, now: sql<Date>`now()`.mapWith(syncCursors.dueAt) })
    .from(syncCursors)
    .where(ofKind(connectionId, kind));
  return row;
}

export async function listCursors(db: Db, connectionIds: string[]): Promise<Cursor[]> {
  if (connectionIds.length === 0) return [];
  return db.select().from(syncCursors).where(inArray(syncCursors.connectionId, connectionIds));
}

/** Begins the backfill of each kind at page 1, unless it has begun: the kinds that this began. */
export async function openCursors(db: Db, books: Books): Promise<CursorKind[]> {
  const opened = await db
    .insert(syncCursors)
    .values(SYNC_KINDS.map((kind) => ({ ...books, kind, page: 1, dueAt: inSeconds(LEFT_AFTER_SECONDS) })))
    .onConflictDoNothing()
    .returning({ kind: syncCursors.kind });
  return opened.map(({ kind }) => kind);
}

/** The first page of a kind is about to be read: its time counts from here. */
export async function startKind(db: Db, connectionId: string, kind: CursorKind): Promise<void> {
  await db
    .update(syncCursors)
    .set({ startedAt: sql`now()` })
    .where(and(ofKind(connectionId, kind), eq(syncCursors.page, 1), isNull(syncCursors.pages)));
}

/** Moves a backfill from one page to the next; null after the last. False when somebody else has moved it meanwhile. */
export async function turnPage(
  db: Db,
  { connectionId, kind, page }: { connectionId: string; kind: CursorKind; page: number },
  to: { next: number | null; pages: number; rows: number; modifiedSince: Date | null },
): Promise<boolean> {
  const { next, pages, rows, modifiedSince } = to;
  const end = { backfilledAt: sql`now()`, syncedAt: sql`${syncCursors.startedAt}`, dueAt: sql`now()` };
  const moved = await db
    .update(syncCursors)
    .set({
      ...{ page: next, pages, modifiedSince, rows: sql`${syncCursors.rows} + ${rows}` },
      ...(next === null ? end : { dueAt: inSeconds(LEFT_AFTER_SECONDS) }),
    })
    .where(and(ofKind(connectionId, kind), eq(syncCursors.page, page)))
    .returning({ kind: syncCursors.kind });
  return moved.length > 0;
}

/** All that changed up to this instant is kept. */
export async function reachChange(
  db: Db,
  { connectionId, kind }: { connectionId: string; kind: CursorKind },
  changedAt: Date,
): Promise<void> {
  await db
    .update(syncCursors)
    .set({
      modifiedSince: sql`greatest(${syncCursors.modifiedSince}, ${changedAt.toISOString()}::timestamptz)`,
    })
    .where(ofKind(connectionId, kind));
}

/** A reading that began at `askedAt` has come to its end. False when a later one did before it. */
export async function finishTurn(
  db: Db,
  { connectionId, kind }: { connectionId: string; kind: CursorKind },
  { askedAt, everySeconds }: { askedAt: Date; everySeconds: number },
): Promise<boolean> {
  const asked = sql`${askedAt.toISOString()}::timestamptz`;
  const moved = await db
    .update(syncCursors)
    .set({ syncedAt: asked, dueAt: inSeconds(everySeconds) })
    .where(and(ofKind(connectionId, kind), sql`coalesce(${syncCursors.syncedAt} <= ${asked}, true)`))
    .returning({ kind: syncCursors.kind });
  return moved.length > 0;
}

/** What could not be read now is tried again later. */
export async function postpone(
  db: Db,
  { connectionId, kinds }: { connectionId: string; kinds: readonly CursorKind[] },
  seconds: number,
): Promise<void> {
  await db
    .update(syncCursors)
    .set({ dueAt: inSeconds(seconds) })
    .where(
      and(
        eq(syncCursors.connectionId, connectionId),
        inArray(syncCursors.kind, [...kinds]),
        isNull(syncCursors.page),
        sql`${syncCursors.dueAt} <= now()`,
      ),
    );
}

/** The next scheduled turn reads these, whatever their rhythm: at most one catch-up a minute, however often it is asked for. */
export async function callSoon(db: Db, connectionIds: string[], kinds: readonly CursorKind[]): Promise<void> {
  if (connectionIds.length === 0) return;
  await db
    .update(syncCursors)
    .set({ dueAt: sql`now()` })
    .where(
      and(
        inArray(syncCursors.connectionId, connectionIds),
        inArray(syncCursors.kind, [...kinds]),
        isNull(syncCursors.page),
      ),
    );
}
