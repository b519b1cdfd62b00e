import { SYNC_KINDS } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import { withXero } from "#lib/xero/call.ts";
import type { Books } from "../books.ts";
import { MIRRORED, nextPage, type Position, reachedBy } from "../kinds.ts";
import { learnInvoices } from "../store.ts";
import { type CursorKind, callSoon, getCursor, openCursors, startKind, turnPage } from "./cursor-store.ts";

/**
 * Reads an organisation whole, oldest change first, each page kept with the cursor in one transaction; a crash resumes
 * where it was. What changes meanwhile moves behind what is left to read, and the first delta starts from when we began.
 */
export async function backfillOrganisation(db: Db, books: Books): Promise<void> {
  await beginKinds(db, books);
  for (const kind of SYNC_KINDS) {
    await startKind(db, books.connectionId, kind);
    let at: Position | null = { page: 1 };
    while (at) at = await readOn(db, { books, kind }, at);
    if (kind === "invoices") await learnInvoices(db);
  }
}

/**
 * Where some kinds have been read and others begin only now, the desk has a new version, which may also keep more of those that
 * it knew before: what is read whole anyway is read again soon.
 */
async function beginKinds(db: Db, books: Books): Promise<void> {
  await db.transaction(async (tx) => {
    const begun = await openCursors(tx, books);
    if (begun.length > 0)
      await callSoon(
        tx,
        [books.connectionId],
        SYNC_KINDS.filter((kind) => MIRRORED[kind].whole),
      );
  });
}

/** Reads and keeps one page: where the next one is, or null when the kind is done or somebody else has taken it over. */
async function readOn(
  db: Db,
  { books, kind }: { books: Books; kind: CursorKind },
  { page }: Position,
): Promise<Position | null> {
  const { connectionId } = books;
  const { cursor } = (await getCursor(db, connectionId, kind)) ?? {};
  if (!cursor?.page) return null;
  const here = cursor.page;
  const at = { page, since: cursor.modifiedSince ?? undefined };
  const read = await withXero(db, connectionId, "sync", (xero) =>
    MIRRORED[kind].read({ db, books, xero }, at),
  );
  const next = nextPage(read, at);
  const began = cursor.startedAt;
  const reached = reachedBy(began, read.newest && read.newest > began ? began : read.newest);
  const isMine = await db.transaction(async (tx) => {
    // First the cursor: whoever else has read this page waits for us there, and then keeps nothing of it.
    const turned = await turnPage(
      tx,
      { connectionId, kind, page: here },
      {
        next: next && here + 1,
        pages: here + read.pages - page,
        rows: read.rows,
        modifiedSince: next ? (next.since ?? null) : MIRRORED[kind].whole ? null : reached,
      },
    );
    if (turned) await read.save(tx);
    return turned;
  });
  return isMine ? next : null;
}
