import type { Db } from "#lib/core/db.ts";
import type { Asked, Purpose } from "#lib/xero/api/types.ts";
import type { XeroApi } from "#lib/xero/api/xero-api.ts";
import { withXero } from "#lib/xero/call.ts";
import type { Books } from "../books.ts";
import type { CursorKind } from "./cursor-store.ts";
import { clearUnread, markLeftOut, markUnreadable } from "./unread-store.ts";

/** One request to Xero holds this many ids (xero-platform 3.5: at most 50 elements a request). */
export const IDS_A_CALL = 40;

/** Each id is among the rows or unread: Xero left it out of its answer, or what it sent can't be read. */
export type Refreshed<T> = { rows: T[]; unread: string[] };

export type Refresh<T> = (
  db: Db,
  books: Books,
  asked: { ids: string[]; purpose: Purpose },
) => Promise<Refreshed<T>>;

type ById<T> = {
  kind: CursorKind;
  ask(xero: XeroApi, ids: string[]): Promise<Asked<T>>;
  idOf(row: T): string;
  save(db: Db, books: Books, rows: T[]): Promise<void>;
  /** What else is to be read because of these, before they are kept. */
  follow?(at: { db: Db; books: Books; xero: XeroApi }, rows: T[]): Promise<void>;
};

/** How things of one kind are read again by their ids and kept, what can't be read as unread. It throws XeroFault when Xero can't say. */
export function refresher<T>({ kind, ask, idOf, save, follow }: ById<T>): Refresh<T> {
  return async (db, books, { ids, purpose }) => {
    const found: Refreshed<T> = { rows: [], unread: [] };
    for (let at = 0; at < ids.length; at += IDS_A_CALL) {
      const some = ids.slice(at, at + IDS_A_CALL);
      const { rows, unreadable, unknown } = await withXero(db, books.connectionId, purpose, async (xero) => {
        const answer = await ask(xero, some);
        await follow?.({ db, books, xero }, answer.rows);
        return answer;
      });
      await db.transaction(async (tx) => {
        await save(tx, books, rows);
        await clearUnread(tx, books.connectionId, { kind, ids: rows.map(idOf) });
        await markUnreadable(tx, books, kind, unreadable);
        if (kind === "invoices") await markLeftOut(tx, books, unknown);
      });
      found.rows.push(...rows);
      found.unread.push(...unreadable.map(({ id }) => id), ...unknown);
    }
    return found;
  };
}
