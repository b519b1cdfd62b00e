import { and, asc, eq, inArray, lte, ne, notInArray, sql } from "drizzle-orm";
import { invoices, unreadRows } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import type { UnreadableRow } from "#lib/xero/api/types.ts";
import type { Books } from "../books.ts";
import { incoming, inOrder } from "../store.ts";
import type { CursorKind } from "./cursor-store.ts";

export type UnreadRow = typeof unreadRows.$inferSelect;
type Unread = { id: string; why: UnreadRow["why"]; reason?: string };

/** Until it is asked for again: five minutes, then twice the time, six hours in the end. */
const AGAIN = sql`now() + least(interval '5 minutes' * power(2, ${unreadRows.tries}), interval '6 hours')`;

const of = (connectionId: string, kind: CursorKind) =>
  and(eq(unreadRows.connectionId, connectionId), eq(unreadRows.kind, kind));

/** From now on the mirror says nothing of these, until each has been read by its id. */
async function mark(db: Db, books: Books, kind: CursorKind, rows: Unread[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insert(unreadRows)
    .values(
      inOrder(rows, ({ id }) => id).map(({ id: xeroId, ...row }) => ({ ...books, kind, xeroId, ...row })),
    )
    .onConflictDoUpdate({
      target: [unreadRows.connectionId, unreadRows.kind, unreadRows.xeroId],
      set: {
        why: incoming("why"),
        reason: incoming("reason"),
      },
      // That Xero rang says less than what we have seen.
      setWhere: sql`excluded.why <> 'rung'`,
    });
}

/** What came and made no sense. */
export async function markUnreadable(
  db: Db,
  books: Books,
  kind: CursorKind,
  rows: UnreadableRow[],
): Promise<void> {
  await mark(
    db,
    books,
    kind,
    rows.map((row) => ({ ...row, why: "unreadable" })),
  );
}

/** Xero rang for these invoices, and could not be asked. */
export async function markRung(db: Db, books: Books, ids: string[]): Promise<void> {
  await mark(
    db,
    books,
    "invoices",
    ids.map((id) => ({ id, why: "rung" })),
  );
}

/** Xero left these invoices out of an answer that asked for them. Those that the mirror never had are no concern. */
export async function markLeftOut(db: Db, books: Books, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const known = await db
    .select({ id: invoices.invoiceId })
    .from(invoices)
    .where(and(eq(invoices.connectionId, books.connectionId), inArray(invoices.invoiceId, ids)));
  await mark(
    db,
    books,
    "invoices",
    known.map(({ id }) => ({ id, why: "left_out" })),
  );
}

/** All there is of a kind has been read; these alone could not be. */
export async function replaceUnreadable(
  db: Db,
  books: Books,
  kind: CursorKind,
  rows: UnreadableRow[],
): Promise<void> {
  const still = rows.map(({ id }) => id);
  await db.delete(unreadRows).where(and(of(books.connectionId, kind), notInArray(unreadRows.xeroId, still)));
  await markUnreadable(db, books, kind, rows);
}

/** They have been read by their ids. */
export async function clearUnread(
  db: Db,
  connectionId: string,
  { kind, ids }: { kind: CursorKind; ids: string[] },
): Promise<void> {
  if (ids.length === 0) return;
  await db.delete(unreadRows).where(and(of(connectionId, kind), inArray(unreadRows.xeroId, ids)));
}

/** They are being asked for: the next time is later. */
export async function putOff(
  db: Db,
  connectionId: string,
  { kind, ids }: { kind: CursorKind; ids: string[] },
): Promise<void> {
  await db
    .update(unreadRows)
    .set({ tries: sql`${unreadRows.tries} + 1`, dueAt: AGAIN })
    .where(and(of(connectionId, kind), inArray(unreadRows.xeroId, ids)));
}

/** All that changed before this instant is kept: what Xero rang for by then is among it. */
export async function clearRung(
  db: Db,
  { connectionId, kind }: { connectionId: string; kind: CursorKind },
  before: Date,
): Promise<void> {
  const rung = and(of(connectionId, kind), eq(unreadRows.why, "rung"));
  await db.delete(unreadRows).where(and(rung, lte(unreadRows.since, before)));
}

/** Those of a connection that are to be asked for now. What Xero rang for comes with what changed. */
export async function listDueUnread(db: Db, connectionId: string, atMost: number): Promise<UnreadRow[]> {
  return db
    .select()
    .from(unreadRows)
    .where(
      and(
        eq(unreadRows.connectionId, connectionId),
        ne(unreadRows.why, "rung"),
        lte(unreadRows.dueAt, sql`now()`),
      ),
    )
    .orderBy(asc(unreadRows.dueAt))
    .limit(atMost);
}

/** What came and made no sense, or did not come, of these connections; the oldest first. */
export async function listUnread(db: Db, connectionIds: string[]): Promise<UnreadRow[]> {
  if (connectionIds.length === 0) return [];
  return db
    .select()
    .from(unreadRows)
    .where(and(inArray(unreadRows.connectionId, connectionIds), ne(unreadRows.why, "rung")))
    .orderBy(asc(unreadRows.since));
}
