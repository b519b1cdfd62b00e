import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { disputes } from "#db/schema/payments.ts";
import type { Db } from "#lib/core/db.ts";

export type Dispute = typeof disputes.$inferSelect;

/** By the processor's object. */
export async function findDispute(
  db: Db,
  { processorAccountId, objectRef }: { processorAccountId: string; objectRef: string },
): Promise<Dispute | undefined> {
  const [row] = await db
    .select()
    .from(disputes)
    .where(and(eq(disputes.processorAccountId, processorAccountId), eq(disputes.objectRef, objectRef)));
  return row;
}

export async function getDispute(db: Db, id: string): Promise<Dispute | undefined> {
  const [row] = await db.select().from(disputes).where(eq(disputes.id, id));
  return row;
}

export async function insertDispute(tx: Db, row: typeof disputes.$inferInsert): Promise<Dispute> {
  const [made] = await tx.insert(disputes).values(row).returning();
  if (!made) throw new Error("A dispute was not written");
  return made;
}

/** `closed` and `told`: now. */
export async function changeDispute(
  tx: Db,
  id: string,
  { closed, told, ...change }: Partial<Pick<Dispute, "state" | "dueBy">> & { closed?: boolean; told?: true },
): Promise<void> {
  await tx
    .update(disputes)
    .set({
      ...change,
      ...(closed ? { closedAt: sql`now()` } : {}),
      ...(told ? { toldAt: sql`now()` } : {}),
    })
    .where(eq(disputes.id, id));
}

/** Disputes of an account's payments that no bank has decided yet, by the processor's object. */
export async function listUndecided(db: Db, processorAccountId: string): Promise<string[]> {
  const rows = await db
    .select({ objectRef: disputes.objectRef })
    .from(disputes)
    .where(and(eq(disputes.processorAccountId, processorAccountId), eq(disputes.state, "open")));
  return rows.map(({ objectRef }) => objectRef);
}

/** Disputes that are lost, and of which it is not decided what Xero is told; the oldest first. */
export async function listUntoldDisputes(db: Db): Promise<Dispute[]> {
  return db
    .select()
    .from(disputes)
    .where(and(eq(disputes.state, "lost"), isNull(disputes.toldAt)))
    .orderBy(asc(disputes.closedAt))
    .limit(200);
}
