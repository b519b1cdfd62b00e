import type { Db } from "#lib/core/db.ts";
import { withXero } from "#lib/xero/call.ts";
import { nextPage, type Position, readPage } from "./backfill.ts";
import type { Books } from "./books.ts";
import { type CursorKind, getCursor, moveCursor } from "./store.ts";

/** How often each kind is asked for when no webhook says so: one call each when nothing changed. */
const EVERY_SECONDS: Record<CursorKind, number> = { invoices: 300, contacts: 3_600, accounts: 21_600 };

/** Xero's clock and ours may differ, and it keeps seconds only: each delta looks this far back again. */
const OVERLAP_SECONDS = 120;

/**
 * Reads what changed since the last time, for each kind whose turn it is. Always asks for the oldest changes first and
 * moves the cursor with each page, so that rows which change again while we read only move to a later page.
 */
export async function readChanges(
  db: Db,
  books: Books,
  options: { now: Date; force?: boolean },
): Promise<void> {
  for (const kind of Object.keys(EVERY_SECONDS) as CursorKind[]) {
    const cursor = await getCursor(db, books.connectionId, kind);
    if (!cursor?.backfilledAt || !cursor.modifiedSince) continue;
    const age = (options.now.getTime() - (cursor.syncedAt?.getTime() ?? 0)) / 1_000;
    if (!options.force && age < EVERY_SECONDS[kind]) continue;

    const reached = cursor.modifiedSince;
    let at: Position | null = { page: 1, since: new Date(reached.getTime() - OVERLAP_SECONDS * 1_000) };
    while (at) {
      const asked: Position = at;
      const read = await withXero(db, books.connectionId, "sync", (xero) =>
        readPage(xero, books, { kind, ...asked }),
      );
      const next = nextPage(read, asked);
      await db.transaction(async (tx) => {
        await read.save(tx);
        await moveCursor(tx, books.connectionId, kind, {
          ...(read.newest && read.newest > reached ? { modifiedSince: read.newest } : {}),
          ...(next ? {} : { syncedAt: options.now }),
        });
      });
      at = next;
    }
  }
}
