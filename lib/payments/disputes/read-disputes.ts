import { and, asc, desc, eq, inArray, isNull, notInArray, type SQL, sql } from "drizzle-orm";
import { allocations, attempts, captures } from "#db/schema/payments.ts";
import { disputeMoves, disputes } from "#db/schema/refunds-and-disputes.ts";
import type { Db } from "#lib/core/db.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import type { DisputeStage } from "#lib/processor/types.ts";
import { DISPUTES } from "./dispute-rules.ts";
import type { DisputeFacts } from "./dispute-words.ts";

export type DisputeRow = DisputeFacts & {
  disputeId: string;
  captureId: string;
  /** Who paid, as they said it; null once that is erased. */
  payer: { name: string | null; email: string | null };
  /** Of the invoices that the payment pays. */
  numbers: string[];
  reason: string;
  openedAt: Date;
};

const asking = (Object.keys(DISPUTES) as DisputeStage[]).filter((stage) => DISPUTES[stage].asksStaff);

/** Disputes of a payment, newest first. Throws `forbidden` to who may not see. */
export async function listDisputesOf(db: Db, firm: FirmContext, captureId: string): Promise<DisputeRow[]> {
  requireAbility(firm, "see");
  return list(db, and(eq(disputes.firmId, firm.firmId), eq(disputes.captureId, captureId)), [
    desc(disputes.openedAt),
  ]);
}

/** What staff are to answer at the processor, the nearest deadline first. Throws `forbidden` to who may not see. */
export async function listDisputesToAnswer(db: Db, firm: FirmContext): Promise<DisputeRow[]> {
  requireAbility(firm, "see");
  return list(db, and(eq(disputes.firmId, firm.firmId), inArray(disputes.state, asking)), [
    asc(disputes.dueBy),
  ]);
}

/** A bank that only asks has taken nothing: a refund is an answer to it. */
const asked: DisputeStage[] = ["inquiry", "inquiry_answered"];

/** Why nothing of a payment can be refunded now, for people to read; null when it can. */
export async function refundRefusal(db: Db, captureId: string): Promise<string | null> {
  const open = await db
    .select({ id: disputes.id })
    .from(disputes)
    .where(
      and(eq(disputes.captureId, captureId), isNull(disputes.closedAt), notInArray(disputes.state, asked)),
    )
    .limit(1);
  return open.length === 0
    ? null
    : "The payer's bank disputes this payment and holds its money. A refund would pay the client twice: answer or accept the dispute in Stripe.";
}

/** The steps by which Xero was told of a payment's disputes: each is told by postings of its own. */
export async function disputeMovesOf(db: Db, firmId: string, captureId: string): Promise<string[]> {
  const rows = await db
    .select({ id: disputeMoves.id })
    .from(disputeMoves)
    .where(and(eq(disputeMoves.firmId, firmId), eq(disputeMoves.captureId, captureId)));
  return rows.map(({ id }) => id);
}

/** One dispute and whose it is: for the e-mail to the firm's staff. */
export async function readDisputeToTell(
  db: Db,
  disputeId: string,
): Promise<(DisputeRow & { firmId: string }) | undefined> {
  const [row] = await list(db, eq(disputes.id, disputeId), []);
  const [owner] = await db
    .select({ firmId: disputes.firmId })
    .from(disputes)
    .where(eq(disputes.id, disputeId));
  return row && owner && { ...row, ...owner };
}

async function list(db: Db, which: SQL | undefined, order: SQL[]): Promise<DisputeRow[]> {
  const numbers = sql<string[]>`coalesce((
    select array_agg(${allocations.invoiceNumber} order by ${allocations.invoiceNumber})
    from ${allocations} where ${allocations.captureId} = ${disputes.captureId}), '{}')`;
  return db
    .select({
      disputeId: disputes.id,
      captureId: disputes.captureId,
      payer: { name: attempts.payerName, email: attempts.payerEmail },
      numbers,
      state: disputes.state,
      currency: disputes.currency,
      amountMinor: disputes.amountMinor,
      withdrawnMinor: disputes.withdrawnMinor,
      ofMinor: captures.amountMinor,
      reason: disputes.reason,
      dueBy: disputes.dueBy,
      openedAt: disputes.openedAt,
    })
    .from(disputes)
    .innerJoin(captures, eq(captures.id, disputes.captureId))
    .innerJoin(attempts, eq(attempts.id, captures.attemptId))
    .where(which)
    .orderBy(...order);
}
