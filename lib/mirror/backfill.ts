import type { Db } from "#lib/core/db.ts";
import { withXero } from "#lib/xero/call.ts";
import type { XeroApi } from "#lib/xero/types.ts";
import type { Books } from "./books.ts";
import {
  type CursorKind,
  getCursor,
  moveCursor,
  openCursor,
  saveAccounts,
  saveContacts,
  saveInvoices,
} from "./store.ts";

const KINDS: CursorKind[] = ["accounts", "contacts", "invoices"];

type Read = { pages: number; rows: number; save(db: Db): Promise<void>; newest: Date | undefined };

/**
 * Reads an organisation whole, oldest change first, each page kept with the cursor in one transaction; a crash resumes
 * where it was. What changes meanwhile moves behind what is left to read, and the first delta starts from when we began.
 */
export async function backfillOrganisation(db: Db, books: Books): Promise<void> {
  for (const kind of KINDS) {
    await openCursor(db, books, kind);
    for (let page = 1, more = true; more; ) {
      const cursor = await getCursor(db, books.connectionId, kind);
      if (!cursor?.page) break;
      const at = { kind, page, since: cursor.modifiedSince ?? undefined };
      const read = await withXero(db, books.connectionId, "sync", (xero) => readPage(xero, books, at));
      const next = nextPage(read, at);
      more = next !== null;
      await db.transaction(async (tx) => {
        await read.save(tx);
        await moveCursor(tx, books.connectionId, kind, {
          page: next && (cursor.page ?? 0) + 1,
          pages: (cursor.page ?? 1) + read.pages - page,
          addRows: read.rows,
          ...(next
            ? { modifiedSince: next.since ?? null }
            : {
                backfilledAt: new Date(),
                modifiedSince: earlier(read.newest, cursor.startedAt),
                syncedAt: cursor.startedAt,
              }),
        });
      });
      page = next?.page ?? page;
    }
  }
}

/** Which page of what changed after `since`; of everything without it. */
export type Position = { page: number; since?: Date | undefined };

/**
 * Where to read on after a page, or null after the last. From the newest change it held, so that rows which change
 * while we read only move behind it; a hair earlier, since the page may have cut that instant in two. A page that is
 * full of one instant is followed by the next.
 */
export function nextPage(
  { pages, newest }: { pages: number; newest: Date | undefined },
  { page, since }: Position,
): Position | null {
  if (page >= pages) return null;
  const from = newest && new Date(newest.getTime() - 1);
  return from && (!since || from > since) ? { page: 1, since: from } : { page: page + 1, since };
}

/** One page of a kind; `since` leaves out what has not changed. */
export async function readPage(
  xero: XeroApi,
  books: Books,
  { kind, page, since }: Position & { kind: CursorKind },
): Promise<Read> {
  const when = since ? { since } : {};
  switch (kind) {
    case "accounts": {
      const rows = await xero.accounts(since);
      return {
        pages: 1,
        rows: rows.length,
        newest: newestOf(rows),
        save: (db) => saveAccounts(db, books, rows),
      };
    }
    case "contacts": {
      const { rows, pages } = await xero.contacts({ page, ...when });
      return {
        pages,
        rows: rows.length,
        newest: newestOf(rows),
        save: (db) => saveContacts(db, books, rows),
      };
    }
    case "invoices": {
      const { rows, pages } = await xero.invoices({ page, ...when });
      return {
        pages,
        rows: rows.length,
        newest: newestOf(rows),
        save: (db) => saveInvoices(db, books, rows),
      };
    }
  }
}

/** The first delta starts from our start or from Xero's newest change, whichever is earlier: the two clocks may differ. */
function earlier(newest: Date | undefined, startedAt: Date): Date {
  return newest && newest < startedAt ? newest : startedAt;
}

function newestOf(rows: { updatedAt: Date }[]): Date | undefined {
  return rows.reduce<Date | undefined>(
    (newest, row) => (!newest || row.updatedAt > newest ? row.updatedAt : newest),
    undefined,
  );
}
