import { and, eq, isNull, sql } from "drizzle-orm";
import { processorEvents } from "#db/schema/processor.ts";
import type { Db } from "#lib/core/db.ts";

type About = "session" | "refund" | "dispute";

function aboutOf(type: string): About {
  if (type.startsWith("refund.")) return "refund";
  return type.startsWith("charge.dispute.") ? "dispute" : "session";
}

/** Events of an account that nobody has worked through, of payouts or of payments, oldest first, 100 at most. */
export async function listWaitingEvents(
  db: Db,
  accountId: string,
  of: "payments" | "payouts",
): Promise<{ id: string; about: About; objectRef: string }[]> {
  const rows = await db
    .select({ id: processorEvents.id, type: processorEvents.type, objectRef: processorEvents.objectRef })
    .from(processorEvents)
    .where(
      and(
        eq(processorEvents.accountId, accountId),
        isNull(processorEvents.processedAt),
        sql`(${processorEvents.type} like 'payout.%') = ${of === "payouts"}`,
      ),
    )
    .orderBy(processorEvents.receivedAt)
    .limit(100);
  return rows.map(({ type, ...row }) => ({
    ...row,
    about: aboutOf(type),
  }));
}

/** An event has had its effect. */
export async function settleEvent(db: Db, id: string): Promise<void> {
  await db.update(processorEvents).set({ processedAt: sql`now()` }).where(eq(processorEvents.id, id));
}
