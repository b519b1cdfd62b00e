import { and, asc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { processorAccounts, processorEvents } from "#db/schema/processor.ts";
import type { Db } from "#lib/core/db.ts";
import { lastReason } from "#lib/core/failures/failures.ts";
import type { Late, Unfinished } from "#lib/core/failures/unfinished.ts";
import { EVENT, EVENT_ITEM, eventItem } from "./webhooks/inbox.ts";

/** Objects of the processor's whose events nobody has worked through; the oldest first. */
export async function unfinishedEvents(db: Db, { minutes, firmId }: Late): Promise<Unfinished[]> {
  const { accountId, objectRef } = processorEvents;
  const since = sql<Date>`min(${processorEvents.receivedAt})`.mapWith(processorEvents.receivedAt);
  const rows = await db
    .select({
      firmId: processorEvents.firmId,
      accountId,
      objectRef,
      since,
      reason: lastReason(EVENT, EVENT_ITEM),
    })
    .from(processorEvents)
    .where(and(isNull(processorEvents.processedAt), firmId ? eq(processorEvents.firmId, firmId) : undefined))
    .groupBy(processorEvents.firmId, accountId, objectRef)
    .having(sql`min(${processorEvents.receivedAt}) <= now() - make_interval(mins => ${minutes})`)
    .orderBy(asc(since));
  return rows.map(({ accountId, objectRef, ...row }) => {
    const item = eventItem(accountId, objectRef);
    return { ...row, id: item, what: objectRef, money: null, failure: { kind: EVENT, item } };
  });
}

/** Accounts that take a firm's new payments, and whose key the processor does not take. */
export async function refusedKeys(db: Db, { minutes, firmId }: Late): Promise<Unfinished[]> {
  const since = sql<Date>`${processorAccounts.keyRefusedSince}`.mapWith(processorAccounts.setAt);
  const rows = await db
    .select({
      id: processorAccounts.id,
      firmId: processorAccounts.firmId,
      what: processorAccounts.displayName,
      since,
      reason: processorAccounts.keyRefusal,
    })
    .from(processorAccounts)
    .where(
      and(
        isNull(processorAccounts.endedAt),
        isNotNull(processorAccounts.keyRefusedSince),
        sql`${processorAccounts.keyRefusedSince} <= now() - make_interval(mins => ${minutes})`,
        firmId ? eq(processorAccounts.firmId, firmId) : undefined,
      ),
    );
  return rows.map((row) => ({ ...row, money: null, failure: null }));
}
