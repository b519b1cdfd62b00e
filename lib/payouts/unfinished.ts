import { and, asc, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { payoutSettings, payouts } from "#db/schema/payouts.ts";
import type { Db } from "#lib/core/db.ts";
import { failedFor, lastReason } from "#lib/core/failures/failures.ts";
import type { Late, Unfinished } from "#lib/core/failures/unfinished.ts";
import { CLEARING, PAYOUT, PAYOUT_TOLD } from "./store.ts";

/** Payouts that are not at the bank days after they should be, or of which the processor does not say what is in them. */
export async function payoutsUnderWay(db: Db, late: Late): Promise<Unfinished[]> {
  return list(db, late, {
    since: sql`(${payouts.arrivesOn}::timestamp at time zone 'UTC')`,
    where: or(eq(payouts.state, "moving"), and(payouts.isAutomatic, isNull(payouts.listedAt))),
    kind: PAYOUT,
    item: payouts.objectRef,
  });
}

/** Payouts that arrived or came back, at firms that have set them up, and that Xero was not told of; not those with a problem of their own. */
export async function untoldPayouts(db: Db, late: Late): Promise<Unfinished[]> {
  return list(db, late, {
    since: sql`${payouts.listedAt}`,
    where: sql`${payouts.listedAt} is not null and ((${payouts.told} is null and ${payouts.state} <> 'moving')
      or (${payouts.told} = 'written' and ${payouts.state} = 'failed' and ${payouts.undoneAt} is null))
      and exists (select 1 from ${payoutSettings} where ${payoutSettings.firmId} = ${payouts.firmId})`,
    kind: PAYOUT_TOLD,
    item: payouts.id,
  });
}

type Which = {
  since: SQL;
  where: SQL | undefined;
  kind: string;
  item: typeof payouts.id | typeof payouts.objectRef;
};

async function list(
  db: Db,
  { minutes, firmId }: Late,
  { since, where, kind, item }: Which,
): Promise<Unfinished[]> {
  const rows = await db
    .select({
      id: payouts.id,
      firmId: payouts.firmId,
      objectRef: payouts.objectRef,
      since: sql<Date>`${since}`.mapWith(payouts.madeAt),
      currency: payouts.currency,
      minor: payouts.amountMinor,
      item,
      reason: lastReason(kind, item),
    })
    .from(payouts)
    .where(
      and(
        where,
        isNull(payouts.problem),
        sql`${since} <= now() - make_interval(mins => ${minutes})`,
        firmId ? eq(payouts.firmId, firmId) : undefined,
      ),
    )
    .orderBy(asc(payouts.madeAt));
  return rows.map(({ objectRef, currency, minor, item: failed, ...row }) => ({
    ...row,
    what: `Payout ${objectRef}`,
    money: { minor, currency },
    failure: { kind, item: failed },
  }));
}

/** Clearing accounts that could not be checked. */
export async function uncheckedClearing(db: Db, { minutes, firmId }: Late): Promise<Unfinished[]> {
  const failed = await failedFor(db, CLEARING, minutes);
  if (failed.length === 0) return [];
  const rows = await db
    .select({ id: payoutSettings.connectionId, firmId: payoutSettings.firmId })
    .from(payoutSettings)
    .where(
      inArray(
        payoutSettings.connectionId,
        failed.map(({ item }) => item),
      ),
    );
  return rows
    .filter((row) => firmId === undefined || row.firmId === firmId)
    .map((row) => {
      const why = failed.find(({ item }) => item === row.id);
      return {
        ...row,
        what: "The check of the clearing account",
        since: why?.since ?? new Date(0),
        reason: why?.reason ?? null,
        money: null,
        failure: { kind: CLEARING, item: row.id },
      };
    });
}
