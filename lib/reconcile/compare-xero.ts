import { type Db, databaseNow } from "#lib/core/db.ts";
import type { Books } from "#lib/mirror/books.ts";
import { paymentsReadAt, readSince, type WhichPayments } from "#lib/mirror/our-documents.ts";
import type { WhichWritten } from "#lib/posting/written-documents.ts";
import { endOthers, noteBreak } from "./breaks.ts";
import { type Asked, goneOrChanged } from "./gone-or-changed.ts";
import { type BreakKind, comparedUpTo, listOpen, type NewBreak, reachCompared, type Span } from "./store.ts";
import { strayOrTwice } from "./stray-or-twice.ts";

const PAGE = 500;

/** What was written or taken these days is looked at each hour, whatever the mirror heard of it. */
export const RECENT_DAYS = 3;

/** A row of the mirror may be kept some time after the instant that stands on it. */
const OVERLAP_MS = 15 * 60_000;

const KINDS: BreakKind[] = ["xero_removed", "xero_differs", "xero_stray", "xero_twice"];

/**
 * Holds what we wrote to Xero against what the mirror has of it, in both directions, a page at a time, and keeps what
 * disagrees. `recent`: what was written of late, what the mirror has read since the last time, and what disagreed then;
 * `all`, and the first time: all of it. Makes no call for what the mirror shows. Throws XeroFault.
 */
export async function compareXero(db: Db, books: Books, span: Span): Promise<void> {
  const { firmId, connectionId } = books;
  const readAt = await paymentsReadAt(db, connectionId);
  if (!readAt) return;
  const before = await databaseNow(db);
  const since = span === "all" ? null : await comparedUpTo(db, connectionId);
  const asked: Asked = { count: 0 };
  const found = new Map<string, NewBreak>();
  for await (const part of partsOf(db, books, since && new Date(since.getTime() - OVERLAP_MS))) {
    const odd = [
      ...(part.documents ? await goneOrChanged(db, books, { which: part.documents, readAt, asked }) : []),
      ...(part.payments ? await strayOrTwice(db, books, part.payments) : []),
    ];
    for (const one of odd) found.set(`${one.kind} ${one.subject}`, one);
  }
  for (const one of found.values()) await noteBreak(db, one);
  // What there was no call left for may be missing still.
  const kinds = asked.isOver ? KINDS.filter((kind) => kind !== "xero_removed") : KINDS;
  await endOthers(db, firmId, { kinds, connectionId, before }, [...found.values()]);
  await reachCompared(db, { firmId, connectionId, reachedAt: before });
}

type Part = { documents?: WhichWritten; payments?: WhichPayments };

/** What to look at, in parts that fit into memory; first what disagreed the last time. */
async function* partsOf(db: Db, { firmId, connectionId }: Books, since: Date | null): AsyncGenerator<Part> {
  if (!since) {
    yield { documents: "all", payments: "all" };
    return;
  }
  const open = (await listOpen(db, firmId, { kinds: KINDS, connectionId })).map(({ subject }) => subject);
  for (let at = 0; at < open.length; at += PAGE) {
    const ids = open.slice(at, at + PAGE);
    yield { documents: { xeroIds: ids }, payments: { ids } };
  }
  yield { documents: { since: new Date(Date.now() - RECENT_DAYS * 86_400_000) }, payments: { since } };
  for (let after: string | null = ""; after !== null; ) {
    const page: { ids: string[]; after: string | null } = await readSince(db, connectionId, {
      ...{ since, after, limit: PAGE },
    });
    yield { documents: { xeroIds: page.ids } };
    after = page.after;
  }
}
