import type { Db } from "#lib/core/db.ts";
import { capturesWithNews } from "#lib/payments/money-facts.ts";
import { writtenHere } from "#lib/posting/read-clearing.ts";
import { isSettled } from "../rules.ts";
import { isInLeftAside, isSetAside, reopenPayouts } from "../store.ts";
import type { Books, Entry } from "./clearing-facts.ts";
import type { Mark } from "./clearing-mark.ts";
import { earliest, idsIn, NEVER, readFrom } from "./clearing-mark-rules.ts";
import { booksOf, ourSide, type Seen, type SetUp, xeroSide } from "./clearing-sides.ts";

/**
 * What is open of a clearing account since the last check, what Xero has since the oldest of it, and what the mark carries
 * of before. Null when that can't be told apart from what the mark has in one sum: all must be read. Throws XeroFault.
 */
export async function readSince(
  db: Db,
  setUp: SetUp,
  { mark, today }: { mark: Mark; today: string },
): Promise<Seen | null> {
  const { connection, settings, accountId } = setUp;
  const { connectionId, baseCurrency } = connection;
  const captureIds = await capturesWithNews(db, connectionId, mark.newsFrom);
  // Nothing is reopened then: should the reading of all fail, the next night finds the same.
  if (await isInLeftAside(db, connectionId, captureIds)) return null;
  await reopenPayouts(db, connectionId, { captureIds, since: mark.newsFrom });
  const ours = await ourSide(db, connectionId, { payments: { isSetAside }, isAside: isSettled, until: null });
  const since = earliest([mark.since, readFrom(ours, today)]);
  if (since < mark.since && since < settings.startsOn) return null;
  const { entries, transfers } = await xeroSide(db, connectionId, {
    ...{ accountId, currency: baseCurrency, since, until: null, transfersSince: since },
    keep: (rows) => withoutAside(db, connectionId, rows, ours.documents),
  });
  const books = booksOf(setUp, { ours, carried: mark.entriesBefore(since), entries });
  return { books, transfers, sumBefore: NEVER };
}

/** Those that are of no document that is set aside. */
async function withoutAside(
  db: Db,
  connectionId: string,
  rows: Entry[],
  documents: Books["documents"],
): Promise<Entry[]> {
  const open = new Set(documents.flatMap(({ xeroIds, reference }) => [...xeroIds, reference]));
  const isOpen = (row: Entry) => [...idsIn(row), row.reference ?? ""].some((name) => open.has(name));
  const others = rows.filter((row) => !isOpen(row));
  const written = await writtenHere(db, connectionId, others.flatMap(idsIn));
  return rows.filter((row) => isOpen(row) || !idsIn(row).some((id) => written.has(id)));
}
