import type { Db } from "#lib/core/db.ts";
import { withXero } from "#lib/xero/call.ts";
import type { XeroApi } from "#lib/xero/types.ts";
import { type Books, type CursorKind, getCursor, moveCursor, openCursor, saveAccounts, saveContacts, saveInvoices } from "./store.ts";

const KINDS: CursorKind[] = ["accounts", "contacts", "invoices"];

type Read = { pages: number; rows: number; save(db: Db): Promise<void>; newest: Date | undefined };

/**
 * Reads an organisation whole, page by page, each page kept with the cursor in one transaction; a crash resumes at the
 * page it was on. What changes meanwhile is caught by the first delta, which starts from when the backfill began.
 */
export async function backfillOrganisation(db: Db, books: Books): Promise<void> {
  for (const kind of KINDS) {
    await openCursor(db, books, kind);
    for (;;) {
      const cursor = await getCursor(db, books.connectionId, kind);
      if (!cursor?.page) break;
      const { page, startedAt } = cursor;
      const read = await withXero(db, books.connectionId, "sync", (xero) => readPage(xero, books, { kind, page }));
      const last = page >= read.pages;
      await db.transaction(async (tx) => {
        await read.save(tx);
        await moveCursor(tx, books.connectionId, kind, {
          page: last ? null : page + 1,
          pages: read.pages,
          addRows: read.rows,
          ...(last ? { backfilledAt: new Date(), modifiedSince: earlier(read.newest, startedAt), syncedAt: startedAt } : {}),
        });
      });
    }
  }
}

/** One page of a kind; `since` leaves out what has not changed. */
export async function readPage(
  xero: XeroApi,
  books: Books,
  { kind, page, since }: { kind: CursorKind; page: number; since?: Date },
): Promise<Read> {
  const when = since ? { since } : {};
  switch (kind) {
    case "accounts": {
      const rows = await xero.accounts(since);
      return { pages: 1, rows: rows.length, newest: newestOf(rows), save: (db) => saveAccounts(db, books, rows) };
    }
    case "contacts": {
      const { rows, pages } = await xero.contacts({ page, ...when });
      return { pages, rows: rows.length, newest: newestOf(rows), save: (db) => saveContacts(db, books, rows) };
    }
    case "invoices": {
      const { rows, pages } = await xero.invoices({ page, ...when });
      return { pages, rows: rows.length, newest: newestOf(rows), save: (db) => saveInvoices(db, books, rows) };
    }
  }
}

/** The first delta starts from our start or from Xero's newest change, whichever is earlier: the two clocks may differ. */
function earlier(newest: Date | undefined, startedAt: Date): Date {
  return newest && newest < startedAt ? newest : startedAt;
}

function newestOf(rows: { updatedAt: Date }[]): Date | undefined {
  return rows.reduce<Date | undefined>((newest, row) => (!newest || row.updatedAt > newest ? row.updatedAt : newest), undefined);
}
