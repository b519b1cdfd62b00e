import { and, desc, eq, gte, ilike, isNotNull, lt, not, or, type SQL, sql } from "drizzle-orm";
import { allocations, attempts, captures } from "#db/schema/payments.ts";
import type { Db } from "#lib/core/db.ts";
import { amountTyped } from "#lib/core/money/amount-typed.ts";
import type { IsoDate } from "#lib/core/text/date-words.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { capturesPosted, type PostingState, postingsOf } from "#lib/posting/read.ts";
import { type DaySeries, daysBefore, toSeries } from "./by-day.ts";

export type PaymentRow = {
  captureId: string;
  payer: { name: string | null; email: string | null };
  capturedAt: Date;
  currency: string;
  amountMinor: bigint;
  method: string | null;
  /** The processor's payment object. */
  objectRef: string;
  numbers: string[];
  reference: string | null;
  standing: Standing;
  /** Xero's words, or what is wrong with the money. */
  message: string | null;
};

/** How a payment stands, in the words that staff see: a few of the posting's states are one to them. */
export const STANDINGS = ["written", "on_its_way", "checking", "needs_you"] as const;
export type Standing = (typeof STANDINGS)[number];

const POSTING_STATES: Record<Standing, PostingState[]> = {
  written: ["done", "by_hand"],
  on_its_way: ["ready", "sending"],
  checking: ["unknown"],
  needs_you: ["refused"],
};

/** Where a page ends; the next one begins behind it, whatever has arrived meanwhile. */
export type PlaceInList = { capturedAt: Date; captureId: string };

export type PaymentQuery = {
  /** Found when it is in an invoice's number, the payer's name or e-mail or the reference, or is the amount. */
  find?: string | undefined;
  standing?: Standing | undefined;
  currency?: string | undefined;
  /** Days of this zone, both included. */
  days?: { from?: IsoDate | undefined; to?: IsoDate | undefined; timeZone: string } | undefined;
  after?: PlaceInList | undefined;
  limit?: number | undefined;
};

const PAGE = 50;

/** Payments of a firm that fit, newest first, 50 a page unless `limit` says otherwise. Throws `forbidden` to who may not see. */
export async function listPayments(
  db: Db,
  firm: FirmContext,
  query: PaymentQuery = {},
): Promise<{ rows: PaymentRow[]; more: boolean }> {
  requireAbility(firm, "see");
  const { after, limit = PAGE } = query;
  const numbers = sql<
    string[] | null
  >`(select array_agg(a.invoice_number order by a.invoice_number) from ${allocations} a where a.capture_id = ${captures.id})`;
  const found = await db
    .select({
      captureId: captures.id,
      payer: { name: attempts.payerName, email: attempts.payerEmail },
      capturedAt: captures.capturedAt,
      currency: captures.currency,
      amountMinor: captures.amountMinor,
      method: captures.method,
      objectRef: captures.objectRef,
      problem: captures.problem,
      numbers,
    })
    .from(captures)
    .innerJoin(attempts, eq(attempts.id, captures.attemptId))
    .where(
      and(
        eq(captures.firmId, firm.firmId),
        query.find ? isLike(firm.firmId, query.find, await currenciesPaid(db, firm)) : undefined,
        query.standing ? stands(firm.firmId, query.standing) : undefined,
        query.currency ? eq(captures.currency, query.currency) : undefined,
        ...(query.days ? inDays(query.days) : []),
        // Many may share an instant: only with the id is there one order.
        after
          ? sql`(${captures.capturedAt}, ${captures.id}) < (${after.capturedAt.toISOString()}::timestamptz, ${after.captureId}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(captures.capturedAt), desc(captures.id))
    .limit(limit + 1);
  const shown = found.slice(0, limit);
  const posted = await postingsOf(
    db,
    shown.map((row) => row.captureId),
  );
  return {
    more: found.length > limit,
    rows: shown.map(({ problem, ...row }) => {
      const told = posted.get(row.captureId) ?? [];
      const standing = standingOf(problem, told.length > 0 ? told.map(({ state }) => state) : ["ready"]);
      const worst = told.find(({ state }) => POSTING_STATES[standing].includes(state));
      return {
        ...row,
        numbers: row.numbers ?? [],
        reference: told[0]?.reference ?? null,
        standing,
        message: problem ?? worst?.message ?? null,
      };
    }),
  };
}

/** How a payment stands, told by its money and its postings: the one that needs most of a person counts. */
export function standingOf(problem: string | null, postings: PostingState[]): Standing {
  if (problem) return "needs_you";
  const stands = (standing: Standing) => postings.some((state) => POSTING_STATES[standing].includes(state));
  return STANDINGS.findLast(stands) ?? "on_its_way";
}

/** The currencies that clients of the firm have paid in. */
export async function currenciesPaid(db: Db, firm: FirmContext): Promise<string[]> {
  requireAbility(firm, "see");
  const rows = await db
    .selectDistinct({ currency: captures.currency })
    .from(captures)
    .where(eq(captures.firmId, firm.firmId));
  return rows.map(({ currency }) => currency).sort();
}

function isLike(firmId: string, text: string, currencies: string[]) {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return or(
    sql`exists (select 1 from ${allocations} where ${allocations.captureId} = ${captures.id} and ${ilike(allocations.invoiceNumber, pattern)})`,
    sql`${captures.id} in ${capturesPosted(firmId, { referenceLike: pattern })}`,
    ilike(attempts.payerName, pattern),
    ilike(attempts.payerEmail, pattern),
    ...currencies.flatMap((currency) => {
      const minor = amountTyped(text, currency);
      return minor === null ? [] : [and(eq(captures.currency, currency), eq(captures.amountMinor, minor))];
    }),
  );
}

function stands(firmId: string, standing: Standing): SQL | undefined {
  const posted = (one: Standing) =>
    sql`${captures.id} in ${capturesPosted(firmId, { states: POSTING_STATES[one] })}`;
  const worse = STANDINGS.slice(STANDINGS.indexOf(standing) + 1).map((one) => not(posted(one)));
  const here = and(posted(standing), ...worse);
  return standing === "needs_you" ? or(isNotNull(captures.problem), here) : here;
}

function inDays({
  from,
  to,
  timeZone,
}: {
  from?: IsoDate | undefined;
  to?: IsoDate | undefined;
  timeZone: string;
}) {
  const begins = (day: IsoDate, later: number) =>
    sql`((${day}::date + ${later}::int)::timestamp at time zone ${timeZone})`;
  return [
    from ? gte(captures.capturedAt, begins(from, 0)) : undefined,
    to ? lt(captures.capturedAt, begins(to, 1)) : undefined,
  ];
}

/** What came in on each of the last `days` days of this zone, today included: see `toSeries`. */
export async function collectedByDay(
  db: Db,
  firm: FirmContext,
  { today, days, timeZone, own }: { today: IsoDate; days: number; timeZone: string; own: string | null },
): Promise<DaySeries[]> {
  requireAbility(firm, "see");
  const rows = await db
    .select({
      currency: captures.currency,
      day: sql<string>`to_char(${captures.capturedAt} at time zone ${timeZone}, 'YYYY-MM-DD')`,
      minor: sql<string>`sum(${captures.amountMinor})`,
    })
    .from(captures)
    .where(
      and(
        eq(captures.firmId, firm.firmId),
        ...inDays({ from: daysBefore(today, days - 1), to: today, timeZone }),
      ),
    )
    .groupBy(sql`1`, sql`2`);
  return toSeries(
    rows.map((row) => ({ ...row, minor: BigInt(row.minor) })),
    { today, days, own },
  );
}

/** Money that differs from what was held: kept, and posted nowhere until a person has looked. */
export async function listProblems(db: Db, firm: FirmContext) {
  requireAbility(firm, "see");
  return db
    .select({
      captureId: captures.id,
      capturedAt: captures.capturedAt,
      currency: captures.currency,
      amountMinor: captures.amountMinor,
      problem: captures.problem,
    })
    .from(captures)
    .where(and(eq(captures.firmId, firm.firmId), isNotNull(captures.problem)))
    .orderBy(captures.capturedAt);
}
