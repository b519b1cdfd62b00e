import { daysAfter } from "#lib/core/clock.ts";
import type { Db } from "#lib/core/db.ts";
import { daysOfPayments } from "#lib/payments/money-facts.ts";
import type { Entry } from "./clearing-facts.ts";
import { MARGIN_DAYS } from "./clearing-free-rules.ts";
import { inOneSum } from "./clearing-mark.ts";
import {
  earliest,
  latest,
  NEVER,
  OPEN_DAYS,
  readFrom,
  toCarry,
  toSettle,
  withoutSettled,
} from "./clearing-mark-rules.ts";
import { explain } from "./clearing-rules.ts";
import { booksOf, ourSide, type Seen, type SetUp, xeroSide } from "./clearing-sides.ts";

/** What was read so far: up to which day, the payments that are open still, what Xero has of them, payouts set aside. */
type SoFar = {
  until: string | null;
  open: string[];
  carried: Entry[];
  sumBefore: string;
  settled: Set<string>;
};

/**
 * All of a clearing account, oldest first: about so many payments at a time, and with them what Xero has of their days. What
 * is settled is set aside before the next part is read, so it is never held together. Answers what is open, with all of the
 * last weeks; the payouts in it that were set aside on the way are marked as such. Throws XeroFault.
 */
export async function readWhole(
  db: Db,
  setUp: SetUp,
  { paymentsAtOnce, today }: { paymentsAtOnce: number; today: string },
): Promise<Seen> {
  const before = daysAfter(today, -OPEN_DAYS);
  const days = await daysOfPayments(db, setUp.connection.connectionId, { every: paymentsAtOnce, before });
  let soFar: SoFar = { until: null, open: [], carried: [], sumBefore: NEVER, settled: new Set() };
  for (const until of days) {
    const { books, transfers } = await readPart(db, setUp, soFar, until);
    const over = { lines: explain(books), transfers, arrivedBy: daysAfter(until, -MARGIN_DAYS) };
    const settled = toSettle(books, over);
    const open = withoutSettled(books, settled);
    const sumBefore = latest(soFar.sumBefore, earliest([readFrom(open, until), setUp.settings.startsOn]));
    const { beforeMinor, entries } = toCarry(books, { open, since: until, sumBefore });
    soFar = {
      until,
      open: open.money.captures.map(({ id }) => id),
      carried: [...inOneSum(beforeMinor), ...entries],
      sumBefore,
      settled: new Set([...soFar.settled, ...settled]),
    };
  }
  return readPart(db, setUp, soFar, null);
}

async function readPart(
  db: Db,
  setUp: SetUp,
  { until: since, open, carried, sumBefore, settled }: SoFar,
  until: string | null,
): Promise<Seen> {
  const { connection, accountId } = setUp;
  // A payment may be in Xero under an earlier day than it was taken.
  const late = (day: string | null) => day && daysAfter(day, MARGIN_DAYS);
  const ours = await ourSide(db, connection.connectionId, {
    payments: { since: late(since), until: late(until), ids: open },
    isAside: ({ id }) => settled.has(id),
    until,
  });
  const of = { accountId, currency: connection.baseCurrency, transfersSince: null };
  const { entries, transfers } = await xeroSide(db, connection.connectionId, { ...of, since, until });
  return { books: booksOf(setUp, { ours, carried, entries }), transfers, sumBefore };
}
