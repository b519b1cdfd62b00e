import { and, asc, eq, inArray, isNull, lt, type SQL, sql } from "drizzle-orm";
import { breaks, comparisons, type SWEPT, sweeps } from "#db/schema/reconcile.ts";
import type { Db } from "#lib/core/db.ts";

export type Break = typeof breaks.$inferSelect;
export type BreakKind = Break["kind"];
export type NewBreak = Pick<Break, "firmId" | "kind" | "subject" | "here" | "there" | "captureId"> &
  Partial<Pick<Break, "connectionId" | "processorAccountId" | "reference">>;

/** Opens a break, or says of an open one that it is still so; `isNew` when it was opened. */
export async function upsertBreak(tx: Db, row: NewBreak): Promise<{ id: string; isNew: boolean }> {
  const { here, there } = row;
  const [kept] = await tx
    .insert(breaks)
    .values(row)
    .onConflictDoUpdate({
      target: [breaks.firmId, breaks.kind, breaks.subject],
      targetWhere: isNull(breaks.closedAt),
      set: { here, there, lastSeenAt: sql`now()` },
    })
    .returning({ id: breaks.id, isNew: sql<boolean>`xmax = 0` });
  if (!kept) throw new Error("A break was not written");
  return kept;
}

/** Open breaks of one side of a firm, that were opened before this instant; the oldest first. */
export async function listOpen(
  db: Db,
  firmId: string,
  of: { kinds: BreakKind[]; before?: Date; connectionId?: string; processorAccountId?: string },
): Promise<Break[]> {
  return db
    .select()
    .from(breaks)
    .where(
      and(
        eq(breaks.firmId, firmId),
        isNull(breaks.closedAt),
        inArray(breaks.kind, of.kinds),
        of.before && lt(breaks.openedAt, of.before),
        of.connectionId ? eq(breaks.connectionId, of.connectionId) : undefined,
        of.processorAccountId ? eq(breaks.processorAccountId, of.processorAccountId) : undefined,
      ),
    )
    .orderBy(asc(breaks.openedAt));
}

/** True for whoever closed it. */
export async function closeBreak(tx: Db, id: string): Promise<boolean> {
  const closed = await tx
    .update(breaks)
    .set({ closedAt: sql`now()` })
    .where(and(eq(breaks.id, id), isNull(breaks.closedAt)))
    .returning({ id: breaks.id });
  return closed.length === 1;
}

/** Open doubles in Xero that were first seen this long ago, or longer. */
export async function listDoubles(db: Db, seconds: number): Promise<Break[]> {
  return db
    .select()
    .from(breaks)
    .where(
      and(
        eq(breaks.kind, "xero_twice"),
        isNull(breaks.closedAt),
        lt(breaks.openedAt, sql`now() - make_interval(secs => ${seconds})`),
      ),
    );
}

/** Up to when an organisation's mirror has been compared; null before the first time. */
export async function comparedUpTo(db: Db, connectionId: string): Promise<Date | null> {
  const [row] = await db.select().from(comparisons).where(eq(comparisons.connectionId, connectionId));
  return row?.reachedAt ?? null;
}

export async function reachCompared(
  db: Db,
  row: { firmId: string; connectionId: string; reachedAt: Date },
): Promise<void> {
  const { reachedAt } = row;
  await db
    .insert(comparisons)
    .values(row)
    .onConflictDoUpdate({ target: comparisons.connectionId, set: { reachedAt } });
}

export type Swept = (typeof SWEPT)[number];
export type Span = "recent" | "all";
export type Turn = { firmId: string; processorAccountId: string; kind: Swept; span: Span };

const ofTurn = ({ processorAccountId, kind, span }: Turn): SQL | undefined =>
  and(eq(sweeps.processorAccountId, processorAccountId), eq(sweeps.kind, kind), eq(sweeps.span, span));

/** Where a turn begins, or goes on that was left in the middle: a list of what was made since, after a thing of it. */
export async function beginTurn(
  db: Db,
  turn: Turn,
  { overlapHours, windowDays }: { overlapHours: number; windowDays: number },
): Promise<{ since: Date; after: string | null }> {
  await db.insert(sweeps).values(turn).onConflictDoNothing();
  const window = sql`now() - make_interval(days => ${windowDays})`;
  const since =
    turn.span === "all"
      ? window
      : sql`coalesce(${sweeps.reachedAt} - make_interval(hours => ${overlapHours}), ${window})`;
  const [row] = await db
    .update(sweeps)
    .set({
      since: sql`coalesce(${sweeps.since}, ${since})`,
      beganAt: sql`coalesce(${sweeps.beganAt}, now())`,
    })
    .where(ofTurn(turn))
    .returning({ since: sweeps.since, after: sweeps.after });
  if (!row?.since) throw new Error("A sweep did not begin");
  return { since: row.since, after: row.after };
}

/** A page is done; null after the last. */
export async function turnPage(db: Db, turn: Turn, after: string | null): Promise<void> {
  await db
    .update(sweeps)
    .set(
      after === null
        ? {
            after: null,
            since: null,
            reachedAt: sql`coalesce(${sweeps.beganAt}, ${sweeps.reachedAt})`,
            beganAt: null,
          }
        : { after },
    )
    .where(ofTurn(turn));
}
