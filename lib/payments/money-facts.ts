import { and, eq, gte, inArray, isNull, lt, min, ne, not, or, type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, union } from "drizzle-orm/pg-core";
import { captures, surpluses } from "#db/schema/payments.ts";
import { disputeMoves, disputes, refundLines, refunds } from "#db/schema/refunds-and-disputes.ts";
import type { Db } from "#lib/core/db.ts";
import type { DisputeStage } from "#lib/processor/types.ts";

/** Processor accounts that money came by in the last half year, with the day it first did. */
export async function accountsPaidBy(db: Db): Promise<{ processorAccountId: string; since: Date }[]> {
  const rows = await db
    .select({ processorAccountId: captures.processorAccountId, since: min(captures.capturedAt) })
    .from(captures)
    .where(
      sql`${captures.processorAccountId} in (select processor_account_id from ${captures} where captured_at > now() - interval '180 days')`,
    )
    .groupBy(captures.processorAccountId);
  return rows.flatMap(({ since, ...row }) => (since ? [{ ...row, since }] : []));
}

/** Our ids by the processor's names. */
export type Known = {
  payments: Map<string, string>;
  refunds: Map<string, string>;
  disputes: Map<string, string>;
};

/** Which of the processor's names are ours: payments by payment object, refunds and disputes by their own. */
export async function knownAs(db: Db, processorAccountId: string, refs: string[]): Promise<Known> {
  if (refs.length === 0) return { payments: new Map(), refunds: new Map(), disputes: new Map() };
  const of = <T extends typeof captures | typeof refunds | typeof disputes>(table: T) =>
    and(eq(table.processorAccountId, processorAccountId), inArray(table.objectRef, refs));
  const paid = await db
    .select({ ref: captures.objectRef, captureId: captures.id })
    .from(captures)
    .where(of(captures));
  const back = await db.select({ ref: refunds.objectRef, id: refunds.id }).from(refunds).where(of(refunds));
  const disputed = await db
    .select({ ref: disputes.objectRef, id: disputes.id })
    .from(disputes)
    .where(of(disputes));
  return {
    payments: new Map(paid.map(({ ref, captureId }) => [ref, captureId])),
    refunds: new Map(back.flatMap(({ ref, id }) => (ref ? [[ref, id] as const] : []))),
    disputes: new Map(disputed.map(({ ref, id }) => [ref, id])),
  };
}

/** The organisations that these payments are of, each once. */
export async function connectionsOfCaptures(db: Db, captureIds: string[]): Promise<string[]> {
  if (captureIds.length === 0) return [];
  const rows = await db
    .selectDistinct({ connectionId: captures.connectionId })
    .from(captures)
    .where(inArray(captures.id, captureIds));
  return rows.map(({ connectionId }) => connectionId);
}

/** What became of an organisation's money, and which documents are about it. */
export type MoneyFacts = {
  captures: { id: string; currency: string; amountMinor: bigint; capturedAt: Date; problem: string | null }[];
  refunds: { id: string; captureId: string; state: string; amountMinor: bigint; toldAt: Date | null }[];
  disputes: {
    id: string;
    captureId: string;
    state: DisputeStage;
    withdrawnMinor: bigint;
    toldMinor: bigint;
  }[];
};

/** Payments that were taken from one day on and before another (UTC; null: no bound), and some more; or all that are not set aside. */
export type Paid =
  | { since: string | null; until: string | null; ids: string[] }
  | { isSetAside(captureId: AnyPgColumn): SQL };

/** Of these payments of one organisation; with it, whose capture a posting's source is. */
export async function moneyFacts(
  db: Db,
  connectionId: string,
  which: Paid,
): Promise<{ money: MoneyFacts; captureOf: Map<string, string> }> {
  const paid = await db
    .select({
      id: captures.id,
      currency: captures.currency,
      amountMinor: captures.amountMinor,
      capturedAt: captures.capturedAt,
      problem: captures.problem,
    })
    .from(captures)
    .where(and(eq(captures.connectionId, connectionId), isOneOf(which)))
    .orderBy(captures.capturedAt);
  const ids = paid.map(({ id }) => id);
  const ofThese = isAny(ids);
  const back = await db
    .select({
      id: refunds.id,
      captureId: refunds.captureId,
      state: refunds.state,
      amountMinor: refunds.amountMinor,
      toldAt: refunds.toldAt,
    })
    .from(refunds)
    .innerJoin(captures, eq(captures.id, refunds.captureId))
    .where(ofThese);
  const lines = await db
    .select({ id: refundLines.id, captureId: refunds.captureId })
    .from(refundLines)
    .innerJoin(refunds, eq(refunds.id, refundLines.refundId))
    .innerJoin(captures, eq(captures.id, refunds.captureId))
    .where(ofThese);
  const disputed = await db
    .select({
      id: disputes.id,
      captureId: disputes.captureId,
      state: disputes.state,
      withdrawnMinor: disputes.withdrawnMinor,
      toldMinor: disputes.toldMinor,
    })
    .from(disputes)
    .innerJoin(captures, eq(captures.id, disputes.captureId))
    .where(ofThese);
  const moved = await db
    .select({ id: surpluses.id, captureId: surpluses.captureId })
    .from(surpluses)
    .innerJoin(captures, eq(captures.id, surpluses.captureId))
    .where(ofThese);
  const again = await db
    .select({ id: disputeMoves.id, captureId: disputeMoves.captureId })
    .from(disputeMoves)
    .innerJoin(captures, eq(captures.id, disputeMoves.captureId))
    .where(ofThese);
  const captureOf = new Map([
    ...ids.map((id) => [id, id] as const),
    ...[...back, ...lines, ...disputed, ...moved, ...again].map(
      ({ id, captureId }) => [id, captureId] as const,
    ),
  ]);
  return { money: { captures: paid, refunds: back, disputes: disputed }, captureOf };
}

const isAny = (ids: string[]) => sql`${captures.id} = any(${sql.param(ids)}::uuid[])`;

const midnight = (day: string) => new Date(`${day}T00:00:00Z`);

function isOneOf(which: Paid): SQL | undefined {
  if ("isSetAside" in which) return not(which.isSetAside(captures.id));
  const { since, until, ids } = which;
  const isBetween = and(
    since === null ? undefined : gte(captures.capturedAt, midnight(since)),
    until === null ? undefined : lt(captures.capturedAt, midnight(until)),
  );
  return isBetween && or(isBetween, isAny(ids));
}

/** The days (UTC) of each so many-th payment of an organisation, oldest first, no later than `before`. */
export async function daysOfPayments(
  db: Db,
  connectionId: string,
  { every, before }: { every: number; before: string },
): Promise<string[]> {
  const { rows } = await db.execute<{ day: string }>(
    sql`select distinct to_char(captured_at at time zone 'UTC', 'YYYY-MM-DD') as day from (
      select ${captures.capturedAt} as captured_at, row_number() over (order by ${captures.capturedAt}) as at
      from ${captures} where ${captures.connectionId} = ${connectionId} and ${captures.capturedAt} < ${before}::timestamptz
    ) numbered where at % ${every} = 0 order by day`,
  );
  return rows.map(({ day }) => day);
}

/** Payments of an organisation that something became of since an instant, or may at any time: refunds, disputes, what moved. */
export async function capturesWithNews(db: Db, connectionId: string, since: Date): Promise<string[]> {
  const isSince = (...columns: AnyPgColumn[]) => or(...columns.map((column) => gte(column, since)));
  const rows = await union(
    db
      .select({ id: captures.id })
      .from(refunds)
      .innerJoin(captures, eq(captures.id, refunds.captureId))
      .where(
        and(
          eq(captures.connectionId, connectionId),
          or(
            inArray(refunds.state, ["asked", "pending"]),
            isSince(refunds.createdAt, refunds.settledAt, refunds.toldAt, refunds.undoneAt),
          ),
        ),
      ),
    db
      .select({ id: captures.id })
      .from(disputes)
      .innerJoin(captures, eq(captures.id, disputes.captureId))
      .where(
        and(
          eq(captures.connectionId, connectionId),
          or(
            isNull(disputes.closedAt),
            ne(disputes.toldMinor, disputes.withdrawnMinor),
            isSince(disputes.closedAt),
          ),
        ),
      ),
    db
      .select({ id: captures.id })
      .from(disputeMoves)
      .innerJoin(captures, eq(captures.id, disputeMoves.captureId))
      .where(and(eq(captures.connectionId, connectionId), isSince(disputeMoves.createdAt))),
    db
      .select({ id: captures.id })
      .from(surpluses)
      .innerJoin(captures, eq(captures.id, surpluses.captureId))
      .where(and(eq(captures.connectionId, connectionId), isSince(surpluses.createdAt))),
  );
  return rows.map(({ id }) => id);
}
