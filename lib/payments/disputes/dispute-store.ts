import { and, asc, eq, isNotNull, isNull, ne, or, sql } from "drizzle-orm";
import { disputeLines, disputeMoves, disputes } from "#db/schema/refunds-and-disputes.ts";
import type { Db } from "#lib/core/db.ts";
import { mayBeTried } from "#lib/core/failures/failures.ts";
import { sumOf } from "#lib/core/money/money.ts";
import type { Share } from "../refunds/refund-rules.ts";

/** What failures of letting Xero follow a dispute's money are kept under. */
export const DISPUTE_TOLD = "dispute-told";

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

export async function changeDispute(
  tx: Db,
  id: string,
  change: Partial<
    Pick<Dispute, "state" | "dueBy" | "withdrawnMinor" | "toldMinor" | "changes" | "askedAt" | "closedAt">
  >,
): Promise<void> {
  await tx.update(disputes).set(change).where(eq(disputes.id, id));
}

/** How long after its end a dispute is still asked about: an appeal may follow. */
const APPEALED_WITHIN = sql`interval '120 days'`;

/** Disputes of an account's payments that may change still, by the processor's object. */
export async function listUnsettled(db: Db, processorAccountId: string): Promise<string[]> {
  const rows = await db
    .select({ objectRef: disputes.objectRef })
    .from(disputes)
    .where(
      and(
        eq(disputes.processorAccountId, processorAccountId),
        or(
          isNull(disputes.closedAt),
          // Those that ended a while ago are asked about once a day.
          sql`${disputes.closedAt} > now() - ${APPEALED_WITHIN} and ${disputes.askedAt} < now() - interval '1 day'`,
        ),
      ),
    );
  return rows.map(({ objectRef }) => objectRef);
}

/** Decided disputes whose money Xero has not been told of; the oldest first. */
export async function listUntoldDisputes(db: Db): Promise<Dispute[]> {
  return db
    .select()
    .from(disputes)
    .where(
      and(
        ne(disputes.toldMinor, disputes.withdrawnMinor),
        isNotNull(disputes.closedAt),
        mayBeTried(DISPUTE_TOLD, disputes.id),
      ),
    )
    .orderBy(asc(disputes.closedAt))
    .limit(200);
}

type Taken = { shares: Share[]; overMinor: bigint };

/** Keeps a step; answers its id, and which of the dispute's it is, from 1. */
export async function insertMove(
  tx: Db,
  dispute: Dispute,
  { amountMinor, shares, overMinor }: Taken & { amountMinor: bigint },
): Promise<{ moveId: string; step: number }> {
  const { firmId, captureId, id: disputeId } = dispute;
  const [made] = await tx
    .insert(disputeMoves)
    .values({ firmId, captureId, disputeId, amountMinor, overMinor })
    .returning({ id: disputeMoves.id });
  if (!made) throw new Error("A dispute's step was not written");
  if (shares.length > 0)
    await tx.insert(disputeLines).values(shares.map((share) => ({ moveId: made.id, firmId, ...share })));
  return { moveId: made.id, step: (await listMoves(tx, disputeId)).length };
}

/** With its lines. */
export async function deleteMove(tx: Db, moveId: string): Promise<void> {
  await tx.delete(disputeMoves).where(eq(disputeMoves.id, moveId));
}

export type Move = typeof disputeMoves.$inferSelect;

/** The newest first. */
export async function listMoves(db: Db, disputeId: string): Promise<Move[]> {
  return db
    .select()
    .from(disputeMoves)
    .where(eq(disputeMoves.disputeId, disputeId))
    .orderBy(sql`${disputeMoves.createdAt} desc`);
}

/** What disputes have taken of a capture in the books and not given back, or one of them has. */
export async function takenOf(
  db: Db,
  { captureId, disputeId }: { captureId: string; disputeId?: string },
): Promise<Taken> {
  const which = and(
    eq(disputeMoves.captureId, captureId),
    disputeId ? eq(disputeMoves.disputeId, disputeId) : undefined,
  );
  const over = await db.select({ minor: disputeMoves.overMinor }).from(disputeMoves).where(which);
  const rows = await db
    .select({
      invoiceId: disputeLines.invoiceId,
      amountMinor: sql<string>`sum(${disputeLines.amountMinor})`,
    })
    .from(disputeLines)
    .innerJoin(disputeMoves, eq(disputeMoves.id, disputeLines.moveId))
    .where(which)
    .groupBy(disputeLines.invoiceId)
    .orderBy(asc(disputeLines.invoiceId));
  return {
    overMinor: sumOf(over.map(({ minor }) => minor)),
    shares: rows
      .map(({ invoiceId, amountMinor }) => ({ invoiceId, amountMinor: BigInt(amountMinor) }))
      .filter(({ amountMinor }) => amountMinor !== 0n),
  };
}

/** What the processor has withdrawn of a capture by all its disputes. */
export async function withdrawnOfCapture(db: Db, captureId: string): Promise<bigint> {
  const rows = await db
    .select({ minor: disputes.withdrawnMinor })
    .from(disputes)
    .where(eq(disputes.captureId, captureId));
  return sumOf(rows.map(({ minor }) => minor));
}
