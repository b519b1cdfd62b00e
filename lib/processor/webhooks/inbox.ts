import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { processorEvents } from "#db/schema/processor.ts";
import type { Db } from "#lib/core/db.ts";
import { mayBeTried } from "#lib/core/failures/failures.ts";

/** What failures of working through an object's events are kept under; the item is `eventItem`. */
export const EVENT = "processor-event";

type About = "session" | "refund" | "dispute";

/** An object of the processor's that its events ask us to look at; settling them all takes one look. */
export type Rung = { about: About; objectRef: string; eventIds: string[] };

function aboutOf(type: string): About {
  if (type.startsWith("refund.")) return "refund";
  return type.startsWith("charge.dispute.") ? "dispute" : "session";
}

export const eventItem = (accountId: string, objectRef: string) => `${accountId} ${objectRef}`;
export const EVENT_ITEM = sql`(${processorEvents.accountId} || ' ' || ${processorEvents.objectRef})`;

/** Nobody has worked through it, and it is not waiting after a failure. */
const isDue = and(isNull(processorEvents.processedAt), mayBeTried(EVENT, EVENT_ITEM)) as SQL;

/**
 * Objects of an account whose events nobody has worked through, of payouts or of payments: by their oldest event, 200 events
 * at most. One that failed the last time is left out until its pause is over.
 */
export async function listRung(db: Db, accountId: string, of: "payments" | "payouts"): Promise<Rung[]> {
  const rows = await db
    .select({ id: processorEvents.id, type: processorEvents.type, objectRef: processorEvents.objectRef })
    .from(processorEvents)
    .where(
      and(
        eq(processorEvents.accountId, accountId),
        isDue,
        sql`(${processorEvents.type} like 'payout.%') = ${of === "payouts"}`,
      ),
    )
    .orderBy(processorEvents.receivedAt)
    .limit(200);
  return [...Map.groupBy(rows, (row) => row.objectRef)].map(([objectRef, events]) => ({
    about: aboutOf(events[0]?.type ?? ""),
    objectRef,
    eventIds: events.map(({ id }) => id),
  }));
}

/** Accounts that have such events. */
export async function accountsRung(db: Db): Promise<string[]> {
  const rows = await db
    .selectDistinct({ accountId: processorEvents.accountId })
    .from(processorEvents)
    .where(isDue);
  return rows.map(({ accountId }) => accountId);
}

/** These events have had their effect. */
export async function settleEvents(db: Db, ids: string[]): Promise<void> {
  await db.update(processorEvents).set({ processedAt: sql`now()` }).where(inArray(processorEvents.id, ids));
}
