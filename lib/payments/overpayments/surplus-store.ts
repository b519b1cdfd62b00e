import { and, asc, eq, gt, inArray, isNull, ne, or, sql } from "drizzle-orm";
import { allocations, captures, surpluses } from "#db/schema/payments.ts";
import { disputeMoves, disputes, refunds } from "#db/schema/refunds-and-disputes.ts";
import type { Db } from "#lib/core/db.ts";
import { sumOf } from "#lib/core/money/money.ts";
import { listLiveRefunds, listRefundShares } from "../refunds/refund-store.ts";

export type Surplus = typeof surpluses.$inferSelect;

/** The oldest first. */
async function listSurpluses(db: Db, captureId: string): Promise<Surplus[]> {
  return db
    .select()
    .from(surpluses)
    .where(eq(surpluses.captureId, captureId))
    .orderBy(asc(surpluses.createdAt), asc(surpluses.id));
}

/** The captures that these postings' sources belong to: captures, surpluses of them, and steps of disputes. */
export async function capturesOfSources(db: Db, sourceIds: string[]): Promise<Map<string, string>> {
  if (sourceIds.length === 0) return new Map();
  const [whole, parts, again] = await Promise.all([
    db.select({ id: captures.id }).from(captures).where(inArray(captures.id, sourceIds)),
    db
      .select({ id: surpluses.id, captureId: surpluses.captureId })
      .from(surpluses)
      .where(inArray(surpluses.id, sourceIds)),
    db
      .select({ id: disputeMoves.id, captureId: disputeMoves.captureId })
      .from(disputeMoves)
      .where(inArray(disputeMoves.id, sourceIds)),
  ]);
  return new Map([
    ...whole.map(({ id }) => [id, id] as const),
    ...[...parts, ...again].map(({ id, captureId }) => [id, captureId] as const),
  ]);
}

/** What a capture's postings are for: itself, its surpluses, and the steps of its disputes. */
export async function sourcesOf(db: Db, captureId: string): Promise<string[]> {
  const moves = await db
    .select({ id: disputeMoves.id })
    .from(disputeMoves)
    .where(eq(disputeMoves.captureId, captureId));
  return [captureId, ...[...(await listSurpluses(db, captureId)), ...moves].map(({ id }) => id)];
}

export async function insertSurplus(tx: Db, row: typeof surpluses.$inferInsert): Promise<Surplus> {
  const [made] = await tx.insert(surpluses).values(row).returning();
  if (!made) throw new Error("A surplus was not written");
  return made;
}

type Move = {
  firmId: string;
  captureId: string;
  from: string;
  /** Null: to no invoice. */
  to: { invoiceId: string; number: string } | null;
  amountMinor: bigint;
};

/** So much of a capture is another invoice's from now on. Throws when the first one has no such share. */
export async function moveAllocation(
  tx: Db,
  { firmId, captureId, from, to, amountMinor }: Move,
): Promise<void> {
  const share = and(eq(allocations.captureId, captureId), eq(allocations.invoiceId, from));
  const whole = await tx
    .delete(allocations)
    .where(and(share, eq(allocations.amountMinor, amountMinor)))
    .returning({ id: allocations.id });
  if (whole.length === 0) {
    const less = await tx
      .update(allocations)
      .set({ amountMinor: sql`${allocations.amountMinor} - ${amountMinor}` })
      .where(and(share, sql`${allocations.amountMinor} > ${amountMinor}`))
      .returning({ id: allocations.id });
    if (less.length === 0) throw new Error(`Capture ${captureId} has no ${amountMinor} of ${from}`);
  }
  if (!to) return;
  await tx
    .insert(allocations)
    .values({ firmId, captureId, invoiceId: to.invoiceId, invoiceNumber: to.number, amountMinor })
    .onConflictDoUpdate({
      target: [allocations.captureId, allocations.invoiceId],
      set: { amountMinor: sql`${allocations.amountMinor} + ${amountMinor}` },
    });
}

/** The numbers of a capture's invoices, as the payer saw them. */
export async function numbersOf(db: Db, captureId: string): Promise<Map<string, string>> {
  const rows = await db
    .select({ invoiceId: allocations.invoiceId, number: allocations.invoiceNumber })
    .from(allocations)
    .where(eq(allocations.captureId, captureId));
  return new Map(rows.map(({ invoiceId, number }) => [invoiceId, number]));
}

/** Money of this capture goes back or is disputed, and Xero has not been told: whoever decides about it waits. */
export async function isGoingBack(db: Db, captureId: string): Promise<boolean> {
  const [back, disputed] = await Promise.all([
    db
      .select({ id: refunds.id })
      .from(refunds)
      .where(
        and(
          eq(refunds.captureId, captureId),
          inArray(refunds.state, ["asked", "pending", "succeeded"]),
          isNull(refunds.toldAt),
        ),
      ),
    db
      .select({ id: disputes.id })
      .from(disputes)
      .where(
        and(
          eq(disputes.captureId, captureId),
          or(
            and(isNull(disputes.closedAt), gt(disputes.withdrawnMinor, 0n)),
            ne(disputes.withdrawnMinor, disputes.toldMinor),
          ),
        ),
      ),
  ]);
  return back.length + disputed.length > 0;
}

/** Whether a refund of this capture by the firm's policy, for which nobody asked, has failed. */
export async function hasPolicyRefundFailed(db: Db, captureId: string): Promise<boolean> {
  const rows = await db
    .select({ id: refunds.id })
    .from(refunds)
    .where(
      and(
        eq(refunds.captureId, captureId),
        eq(refunds.state, "failed"),
        refunds.ofSurplus,
        isNull(refunds.requestedBy),
      ),
    );
  return rows.length > 0;
}

/** What of a capture stands in Xero as overpayments, less what refunds have taken of it: all that no invoice's share covers. */
export async function leftOfOverpayments(db: Db, captureId: string): Promise<bigint> {
  const over = (await listSurpluses(db, captureId)).filter((row) => row.toInvoiceId === null);
  if (over.length === 0) return 0n;
  const live = await listLiveRefunds(db, captureId);
  const shares = await listRefundShares(
    db,
    live.map(({ id }) => id),
  );
  const total = (rows: { amountMinor: bigint }[]) => sumOf(rows.map((row) => row.amountMinor));
  const left = total(over) - (total(live) - total(shares));
  return left > 0n ? left : 0n;
}
