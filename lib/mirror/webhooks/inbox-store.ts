import { and, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { webhookInbox, webhookSequences } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import type { Delivery } from "./webhook-rules.ts";

export type Kept = { bodyHash: string } & (
  | { events: Delivery["events"]; firstSequence: number; lastSequence: number }
  | { unreadable: string }
);

/** Does nothing for a delivery that is here already. */
export async function insertDeliveries(db: Db, appId: string, deliveries: Kept[]): Promise<void> {
  await db.execute(sql`
    insert into ${webhookInbox} (app_id, body_hash, events, unreadable, first_sequence, last_sequence)
    select ${appId}, "bodyHash", events, unreadable, "firstSequence", "lastSequence"
    from jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb)
      as delivery ("bodyHash" text, events jsonb, unreadable text, "firstSequence" bigint, "lastSequence" bigint)
    on conflict do nothing`);
}

/** A delivery that waits; without events when we could not read it. */
export type Waiting = {
  id: string;
  events: Delivery["events"] | null;
  first: number | null;
  last: number | null;
};

export async function listWaiting(db: Db, appId: string, atMost: number): Promise<Waiting[]> {
  const { id, events, firstSequence: first, lastSequence: last } = webhookInbox;
  const rows = await db
    .select({ id, events, first, last })
    .from(webhookInbox)
    .where(and(eq(webhookInbox.appId, appId), isNull(webhookInbox.processedAt)))
    .orderBy(webhookInbox.receivedAt)
    .limit(atMost);
  return rows.map((row) => ({ ...row, events: row.events as Waiting["events"] }));
}

export async function markProcessed(db: Db, ids: string[]): Promise<void> {
  await db.update(webhookInbox).set({ processedAt: sql`now()` }).where(inArray(webhookInbox.id, ids));
}

/** The last of Xero's numbers that came for this app; locked until the transaction ends. Null when none is known. */
export async function lockReached(tx: Db, appId: string): Promise<number | null> {
  await tx.insert(webhookSequences).values({ appId }).onConflictDoNothing();
  const [row] = await tx
    .select({ reached: webhookSequences.reached })
    .from(webhookSequences)
    .where(eq(webhookSequences.appId, appId))
    .for("update");
  return row?.reached ?? null;
}

export async function saveReached(
  tx: Db,
  appId: string,
  { reached, gap }: { reached: number | null; gap: boolean },
): Promise<void> {
  await tx
    .update(webhookSequences)
    .set({ reached, ...(gap && { gapAt: sql`now()` }) })
    .where(eq(webhookSequences.appId, appId));
}

/** Numbering may begin anew. False when it has been forgotten already, and nothing came since. */
export async function forgetReached(tx: Db, appId: string): Promise<boolean> {
  const forgotten = await tx
    .update(webhookSequences)
    .set({ reached: null })
    .where(and(eq(webhookSequences.appId, appId), isNotNull(webhookSequences.reached)))
    .returning({ appId: webhookSequences.appId });
  return forgotten.length > 0;
}
