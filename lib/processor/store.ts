import { and, eq, isNull, sql } from "drizzle-orm";
import { processorAccounts, processorEvents } from "#db/schema/processor.ts";
import type { Db } from "#lib/core/db.ts";

export type ProcessorAccount = typeof processorAccounts.$inferSelect;

export async function getAccount(db: Db, id: string): Promise<ProcessorAccount | undefined> {
  const [row] = await db.select().from(processorAccounts).where(eq(processorAccounts.id, id));
  return row;
}

/** The account that takes a firm's new payments, whole; older ones stay for the payments they took. */
export async function currentAccount(db: Db, firmId: string): Promise<ProcessorAccount | undefined> {
  const [row] = await db
    .select()
    .from(processorAccounts)
    .where(and(eq(processorAccounts.firmId, firmId), isNull(processorAccounts.endedAt)));
  return row;
}

/** The row of one mode of an account that a firm has or had. */
export async function findAccount(
  db: Db,
  { firmId, accountRef, livemode }: Pick<ProcessorAccount, "firmId" | "accountRef" | "livemode">,
): Promise<ProcessorAccount | undefined> {
  const [row] = await db
    .select()
    .from(processorAccounts)
    .where(
      and(
        eq(processorAccounts.firmId, firmId),
        eq(processorAccounts.accountRef, accountRef),
        eq(processorAccounts.livemode, livemode),
      ),
    );
  return row;
}

/** True for an event that is new; the same one again changes nothing. */
export async function insertEvent(db: Db, row: typeof processorEvents.$inferInsert): Promise<boolean> {
  const made = await db
    .insert(processorEvents)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: processorEvents.id });
  return made.length === 1;
}

export async function noteWebhookSeen(db: Db, accountId: string): Promise<void> {
  await db
    .update(processorAccounts)
    .set({ webhookSeenAt: sql`now()` })
    .where(eq(processorAccounts.id, accountId));
}
