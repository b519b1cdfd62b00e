import { and, asc, eq, inArray, isNotNull, isNull, lt, ne, or, sql } from "drizzle-orm";
import { allocations, captures } from "#db/schema/payments.ts";
import { refundLines, refunds } from "#db/schema/refunds-and-disputes.ts";
import type { Db } from "#lib/core/db.ts";
import { mayBeTried } from "#lib/core/failures/failures.ts";
import { takenOf } from "../disputes/dispute-store.ts";
import type { Capture } from "../store.ts";
import { leftOf, type Share } from "./refund-rules.ts";

/** What failures are kept under: of asking the processor about a refund, of telling Xero of it, and of undoing it there. */
export const REFUND = "refund";
export const REFUND_TOLD = "refund-told";
export const REFUND_UNDONE = "refund-undone";

export type Refund = typeof refunds.$inferSelect;

/** Whoever holds this row decides alone what goes back of a capture. */
export async function lockCapture(
  tx: Db,
  which: { id: string } | { processorAccountId: string; objectRef: string },
): Promise<Capture | undefined> {
  const is =
    "id" in which
      ? eq(captures.id, which.id)
      : and(
          eq(captures.processorAccountId, which.processorAccountId),
          eq(captures.objectRef, which.objectRef),
        );
  const [row] = await tx.select().from(captures).where(is).for("update");
  return row;
}

export async function listAllocated(db: Db, captureId: string): Promise<Share[]> {
  const { invoiceId, amountMinor } = allocations;
  return db
    .select({ invoiceId, amountMinor })
    .from(allocations)
    .where(eq(allocations.captureId, captureId))
    .orderBy(asc(invoiceId));
}

/** Refunds of a capture that took or will take money. */
export async function listLiveRefunds(db: Db, captureId: string): Promise<Refund[]> {
  return db
    .select()
    .from(refunds)
    .where(and(eq(refunds.captureId, captureId), ne(refunds.state, "failed")));
}

export async function listRefundShares(db: Db, refundIds: string[]): Promise<(Share & { id: string })[]> {
  if (refundIds.length === 0) return [];
  const { id, invoiceId, amountMinor } = refundLines;
  return db
    .select({ id, invoiceId, amountMinor })
    .from(refundLines)
    .where(inArray(refundLines.refundId, refundIds))
    .orderBy(asc(invoiceId));
}

/** What of each invoice's share of a capture these refunds, and disputes that the books follow, leave. */
export async function leftOfInvoices(db: Db, captureId: string, live: Refund[]): Promise<Share[]> {
  const shares = await listRefundShares(
    db,
    live.map((row) => row.id),
  );
  const disputed = await takenOf(db, { captureId });
  return leftOf(await listAllocated(db, captureId), [...shares, ...disputed.shares]);
}

export async function insertRefund(
  tx: Db,
  row: typeof refunds.$inferInsert,
  lines: Share[],
): Promise<Refund> {
  const [made] = await tx.insert(refunds).values(row).returning();
  if (!made) throw new Error("A refund was not written");
  if (lines.length > 0)
    await tx
      .insert(refundLines)
      .values(lines.map((line) => ({ refundId: made.id, firmId: row.firmId, ...line })));
  return made;
}

export async function getRefund(db: Db, id: string): Promise<Refund | undefined> {
  const [row] = await db.select().from(refunds).where(eq(refunds.id, id));
  return row;
}

/** By the processor's object, or by our own id that it carries. */
export async function findRefund(
  db: Db,
  { processorAccountId, objectRef, id }: { processorAccountId: string; objectRef: string; id: string | null },
): Promise<Refund | undefined> {
  const rows = await db
    .select()
    .from(refunds)
    .where(
      and(
        eq(refunds.processorAccountId, processorAccountId),
        or(
          eq(refunds.objectRef, objectRef),
          id ? and(eq(refunds.id, id), isNull(refunds.objectRef)) : undefined,
        ),
      ),
    );
  return rows.find((row) => row.objectRef === objectRef) ?? rows[0];
}

export async function changeRefund(
  tx: Db,
  id: string,
  {
    settled,
    told,
    undone,
    ...change
  }: Partial<Pick<Refund, "state" | "objectRef">> & { settled?: true; told?: true; undone?: true },
): Promise<void> {
  await tx
    .update(refunds)
    .set({
      ...change,
      lastPolledAt: sql`now()`,
      ...(settled ? { settledAt: sql`now()` } : {}),
      ...(told ? { toldAt: sql`now()` } : {}),
      ...(undone ? { undoneAt: sql`now()` } : {}),
    })
    .where(eq(refunds.id, id));
}

/** Refunds that have gone back, and of which it is not decided what Xero is told; the oldest first. */
export async function listUntoldRefunds(db: Db): Promise<Refund[]> {
  return db
    .select()
    .from(refunds)
    .where(and(eq(refunds.state, "succeeded"), isNull(refunds.toldAt), mayBeTried(REFUND_TOLD, refunds.id)))
    .orderBy(asc(refunds.settledAt))
    .limit(200);
}

/** Refunds that came back after Xero had been told of them, and that it has not forgotten yet; the oldest first. */
export async function listRefundsToUndo(db: Db): Promise<Refund[]> {
  return db
    .select()
    .from(refunds)
    .where(
      and(
        eq(refunds.state, "failed"),
        isNotNull(refunds.toldAt),
        isNull(refunds.undoneAt),
        mayBeTried(REFUND_UNDONE, refunds.id),
      ),
    )
    .orderBy(asc(refunds.settledAt))
    .limit(200);
}

/** Refunds to ask the processor about: asked for and not answered, or on their way for an hour without news. */
export async function listUnsettledRefunds(db: Db): Promise<Refund[]> {
  const quiet = (seconds: number) => sql`now() - make_interval(secs => ${seconds})`;
  const heard = sql`coalesce(${refunds.lastPolledAt}, ${refunds.createdAt})`;
  return db
    .select()
    .from(refunds)
    .where(
      and(
        mayBeTried(REFUND, refunds.id),
        or(
          and(eq(refunds.state, "asked"), lt(heard, quiet(60))),
          and(eq(refunds.state, "pending"), lt(heard, quiet(3_600))),
        ),
      ),
    )
    .orderBy(asc(refunds.createdAt))
    .limit(100);
}
