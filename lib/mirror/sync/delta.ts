import { SYNC_KINDS } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import type { Fault } from "#lib/xero/api/fault-words.ts";
import { XeroFault } from "#lib/xero/api/xero-fault.ts";
import { withXero } from "#lib/xero/call.ts";
import type { Books } from "../books.ts";
import { MIRRORED, nextPage, type Position, reachedBy } from "../kinds.ts";
import { type CursorKind, finishTurn, getCursor, postpone, reachChange } from "./cursor-store.ts";
import { clearRung } from "./unread-store.ts";

/** Xero's clock and ours may differ, and it keeps seconds only: each delta looks this far back again. */
const OVERLAP_MS = 120_000;

/**
 * Reads what changed since the last time, for each kind whose turn it is, or for all that are asked for with `force`;
 * with `since`, all that changed from then on once more.
 * A kind that has not been read whole yet is left to the backfill. Throws XeroFault; what could not be read is tried
 * again later.
 */
export async function readChanges(
  db: Db,
  books: Books,
  {
    kinds = SYNC_KINDS,
    force = false,
    since,
  }: { kinds?: readonly CursorKind[]; force?: boolean; since?: Date } = {},
): Promise<void> {
  const refusals: unknown[] = [];
  for (const kind of kinds) {
    const { cursor, now } = (await getCursor(db, books.connectionId, kind)) ?? {};
    if (!cursor || !now || cursor.page !== null || (!force && cursor.dueAt > now)) continue;
    try {
      await readKind(db, { books, kind }, { reached: since ?? cursor.modifiedSince, askedAt: now });
    } catch (error) {
      refusals.push(error);
      const only = error instanceof XeroFault && error.fault.kind === "missing_scope";
      await postpone(
        db,
        { connectionId: books.connectionId, kinds: only ? [kind] : SYNC_KINDS },
        secondsAfter(error, kind),
      );
      if (!only) break;
    }
  }
  if (refusals.length > 0) throw refusals[0];
}

/**
 * Always asks for the oldest changes first and moves the cursor with each page, so that rows which change again while
 * we read only move to a later page.
 */
async function readKind(
  db: Db,
  { books, kind }: { books: Books; kind: CursorKind },
  { reached, askedAt }: { reached: Date | null; askedAt: Date },
): Promise<void> {
  const { connectionId } = books;
  const { whole, everySeconds } = MIRRORED[kind];
  let at: Position | null = {
    page: 1,
    since: reached ? new Date(reached.getTime() - OVERLAP_MS) : undefined,
  };
  while (at) {
    const asked: Position = at;
    const read = await withXero(db, connectionId, "sync", (xero) =>
      MIRRORED[kind].read({ db, books, xero }, asked),
    );
    const next = nextPage(read, asked);
    await db.transaction(async (tx) => {
      const isLatest =
        next !== null || (await finishTurn(tx, { connectionId, kind }, { askedAt, everySeconds }));
      if (next === null && isLatest) await clearRung(tx, { connectionId, kind }, askedAt);
      // Of two readings of all there is, the one that asked last is right; the others know when each row changed.
      if (isLatest || !whole) await read.save(tx);
      const reached = next || whole ? read.newest : reachedBy(askedAt, read.newest);
      if (reached) await reachChange(tx, { connectionId, kind }, reached);
    });
    at = next;
  }
}

const PAUSE_SECONDS = 60;

/** How long to leave Xero alone: as long as it says, or until the kind's next turn when only a person can help. */
function secondsAfter(error: unknown, kind: CursorKind): number {
  const fault: Fault | undefined = error instanceof XeroFault ? error.fault : undefined;
  if (fault?.kind === "missing_scope") return MIRRORED[kind].everySeconds;
  return fault?.kind === "limited" ? Math.max(fault.retryAfterSeconds, PAUSE_SECONDS) : PAUSE_SECONDS;
}
