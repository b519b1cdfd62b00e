import { and, desc, eq, gte, inArray, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { isLoose, payoutEntries, payoutSettings, payouts } from "#db/schema/payouts.ts";
import type { Db } from "#lib/core/db.ts";
import { mayBeTried } from "#lib/core/failures/failures.ts";

/** What failures are kept under: of learning of a payout (the item is the processor's name of it), and of telling Xero of it. */
export const PAYOUT = "payout";
export const PAYOUT_TOLD = "payout-told";
/** Of checking a clearing account; the item is the connection. */
export const CLEARING = "clearing";

export type Payout = typeof payouts.$inferSelect;
export type PayoutEntry = typeof payoutEntries.$inferSelect;
export type PayoutSettings = typeof payoutSettings.$inferSelect;

/** No other transaction moves it until this one ends. */
export async function lockPayout(tx: Db, id: string): Promise<Payout | undefined> {
  const [row] = await tx.select().from(payouts).where(eq(payouts.id, id)).for("update");
  return row;
}

/** Keeps what the processor says of a payout; one that came back stays so, whatever older news arrives. */
export async function keepPayout(db: Db, row: typeof payouts.$inferInsert): Promise<Payout> {
  const rank = (state: unknown) => sql`array_position(array['moving', 'paid', 'failed'], ${state}::text)`;
  const [kept] = await db
    .insert(payouts)
    .values(row)
    .onConflictDoUpdate({
      target: [payouts.processorAccountId, payouts.objectRef],
      set: {
        state: sql`case when ${rank(sql`excluded.state`)} > ${rank(payouts.state)} then excluded.state else ${payouts.state} end`,
        arrivesOn: sql`excluded.arrives_on`,
        lastReadAt: sql`now()`,
      },
    })
    .returning();
  if (!kept) throw new Error("A payout was not kept");
  return kept;
}

export async function changePayout(
  tx: Db,
  id: string,
  change: Partial<Pick<Payout, "connectionId" | "told" | "problem">> & { listed?: true; undone?: true },
): Promise<void> {
  const { listed, undone, ...columns } = change;
  await tx
    .update(payouts)
    .set({
      ...columns,
      ...(listed ? { listedAt: sql`now()` } : {}),
      ...(undone ? { undoneAt: sql`now()` } : {}),
      lastReadAt: sql`now()`,
    })
    .where(eq(payouts.id, id));
}

/** What is known already, also as a part of another payout, stays as it is. */
export async function insertEntries(tx: Db, rows: (typeof payoutEntries.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(payoutEntries).values(rows).onConflictDoNothing();
}

export async function listEntries(db: Db, payoutIds: string[]): Promise<PayoutEntry[]> {
  if (payoutIds.length === 0) return [];
  return db
    .select()
    .from(payoutEntries)
    .where(inArray(payoutEntries.payoutId, payoutIds))
    .orderBy(payoutEntries.madeAt, payoutEntries.objectRef);
}

/** Of a payout: it came back, and Xero has it as arrived. */
const isToUndo = sql`(${payouts.told} = 'written' and ${payouts.state} = 'failed' and ${payouts.undoneAt} is null)`;

/** Of a payment: it is in payouts, and all of them are set aside. */
export const isSetAside = (captureId: AnyPgColumn): SQL =>
  sql`exists (select 1 from payout_entries entry join payouts settled on settled.id = entry.payout_id
    where entry.capture_id = ${captureId} and settled.settled_at is not null
      and not exists (select 1 from payout_entries other join payouts open on open.id = other.payout_id
        where other.capture_id = entry.capture_id and open.settled_at is null))`;

/** Sets payouts aside, unless they came back meanwhile and Xero does not have that yet. */
export async function settlePayouts(tx: Db, ids: string[]): Promise<void> {
  await tx
    .update(payouts)
    .set({ settledAt: sql`now()` })
    .where(and(sql`${payouts.id} = any(${sql.param(ids)}::uuid[])`, sql`not ${isToUndo}`));
}

const holdsAny = (captureIds: string[]) =>
  sql`${payouts.id} in (select payout_id from payout_entries where capture_id = any(${sql.param(captureIds)}::uuid[]))`;

const isSetAsideOf = (connectionId: string) =>
  and(eq(payouts.connectionId, connectionId), isNotNull(payouts.settledAt));

/**
 * Payouts of an organisation that came back since an instant, or that one of these payments is in, are set aside no longer; or
 * all of them.
 */
export async function reopenPayouts(
  db: Db,
  connectionId: string,
  which: { captureIds: string[]; since: Date } | "all",
): Promise<void> {
  const isOfThese =
    which === "all"
      ? undefined
      : or(isToUndo, gte(payouts.undoneAt, which.since), holdsAny(which.captureIds));
  await db
    .update(payouts)
    .set({ settledAt: null })
    .where(and(isSetAsideOf(connectionId), isOfThese));
}

/** Whether one of these payments is in a payout that is set aside, and was never written. */
export async function isInLeftAside(db: Db, connectionId: string, captureIds: string[]): Promise<boolean> {
  const [one] = await db
    .select({ id: payouts.id })
    .from(payouts)
    .where(and(isSetAsideOf(connectionId), eq(payouts.told, "left"), holdsAny(captureIds)))
    .limit(1);
  return one !== undefined;
}

/** What is in these payouts of these payments, and what they hold of payouts that came back. */
export async function listEntriesElsewhere(
  db: Db,
  { payoutIds, captureIds }: { payoutIds: string[]; captureIds: string[] },
): Promise<PayoutEntry[]> {
  return db
    .select()
    .from(payoutEntries)
    .where(
      and(
        sql`${payoutEntries.payoutId} = any(${sql.param(payoutIds)}::uuid[])`,
        sql`(${payoutEntries.captureId} = any(${sql.param(captureIds)}::uuid[]) or ${payoutEntries.kind} = 'payout_back')`,
      ),
    );
}

/** Of the last half year, those that nothing here is known to be about, though the processor names a payment. */
export async function listLoose(db: Db): Promise<PayoutEntry[]> {
  return db
    .select()
    .from(payoutEntries)
    .where(and(isLoose(payoutEntries), sql`${payoutEntries.madeAt} > now() - interval '180 days'`));
}

export async function linkEntry(
  tx: Db,
  id: string,
  links: Pick<PayoutEntry, "captureId" | "refundId" | "disputeId">,
): Promise<void> {
  await tx.update(payoutEntries).set(links).where(eq(payoutEntries.id, id));
}

/** The newest payout that is known of an account. */
export async function newestPayout(db: Db, processorAccountId: string): Promise<Payout | undefined> {
  const [row] = await db
    .select()
    .from(payouts)
    .where(eq(payouts.processorAccountId, processorAccountId))
    .orderBy(desc(payouts.madeAt))
    .limit(1);
  return row;
}

/** The payout by hand before this one. */
export async function lastByHand(
  db: Db,
  { processorAccountId, madeAt }: Payout,
): Promise<Payout | undefined> {
  const [row] = await db
    .select()
    .from(payouts)
    .where(
      and(
        eq(payouts.processorAccountId, processorAccountId),
        eq(payouts.isAutomatic, false),
        isNotNull(payouts.listedAt),
        lt(payouts.madeAt, madeAt),
      ),
    )
    .orderBy(desc(payouts.madeAt))
    .limit(1);
  return row;
}

/** Those of an account that may still move, or of which something is missing. */
export async function listUnsettled(db: Db, processorAccountId: string): Promise<Payout[]> {
  return db
    .select()
    .from(payouts)
    .where(
      and(
        eq(payouts.processorAccountId, processorAccountId),
        or(eq(payouts.state, "moving"), isNull(payouts.listedAt)),
      ),
    )
    .orderBy(payouts.madeAt);
}

const isToTell = or(
  sql`${payouts.told} is null and ${payouts.listedAt} is not null and ${payouts.state} <> 'moving'`,
  isToUndo,
);

/** Those of which Xero has to be told something. */
export async function listToTell(db: Db): Promise<{ id: string }[]> {
  return db
    .select({ id: payouts.id })
    .from(payouts)
    .where(and(isToTell, mayBeTried(PAYOUT_TOLD, payouts.id)))
    .orderBy(payouts.madeAt);
}

export async function getSettings(db: Db, connectionId: string): Promise<PayoutSettings | undefined> {
  const [row] = await db.select().from(payoutSettings).where(eq(payoutSettings.connectionId, connectionId));
  return row;
}
