import { and, asc, desc, eq } from "drizzle-orm";
import { captures, disputes } from "#db/schema/payments.ts";
import type { Db } from "#lib/core/db.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";

export type DisputeRow = {
  disputeId: string;
  captureId: string;
  state: (typeof disputes.$inferSelect)["state"];
  currency: string;
  amountMinor: bigint;
  /** All of the payment; of a part Xero can take nothing off. */
  isWhole: boolean;
  reason: string;
  dueBy: Date | null;
  openedAt: Date;
};

const shown = {
  disputeId: disputes.id,
  captureId: disputes.captureId,
  state: disputes.state,
  currency: disputes.currency,
  amountMinor: disputes.amountMinor,
  ofMinor: captures.amountMinor,
  reason: disputes.reason,
  dueBy: disputes.dueBy,
  openedAt: disputes.openedAt,
};

const rowOf = ({ ofMinor, ...row }: Omit<DisputeRow, "isWhole"> & { ofMinor: bigint }): DisputeRow => ({
  ...row,
  isWhole: row.amountMinor === ofMinor,
});

/** Disputes of a payment, newest first. Throws `forbidden` to who may not see. */
export async function listDisputesOf(db: Db, firm: FirmContext, captureId: string): Promise<DisputeRow[]> {
  requireAbility(firm, "see");
  const rows = await db
    .select(shown)
    .from(disputes)
    .innerJoin(captures, eq(captures.id, disputes.captureId))
    .where(and(eq(disputes.firmId, firm.firmId), eq(disputes.captureId, captureId)))
    .orderBy(desc(disputes.openedAt));
  return rows.map(rowOf);
}

/** What a bank has not decided yet, the nearest deadline first. Throws `forbidden` to who may not see. */
export async function listOpenDisputes(db: Db, firm: FirmContext): Promise<DisputeRow[]> {
  requireAbility(firm, "see");
  const rows = await db
    .select(shown)
    .from(disputes)
    .innerJoin(captures, eq(captures.id, disputes.captureId))
    .where(and(eq(disputes.firmId, firm.firmId), eq(disputes.state, "open")))
    .orderBy(asc(disputes.dueBy));
  return rows.map(rowOf);
}

/** Why nothing of a payment can be refunded now, for people to read; null when it can. */
export async function refundRefusal(db: Db, captureId: string): Promise<string | null> {
  const open = await db
    .select({ id: disputes.id })
    .from(disputes)
    .where(and(eq(disputes.captureId, captureId), eq(disputes.state, "open")))
    .limit(1);
  return open.length === 0
    ? null
    : "The payer's bank disputes this payment and holds its money. A refund would pay the client twice: answer or accept the dispute in Stripe.";
}

/** One dispute and whose it is: for the letter to the firm's staff. */
export async function readDisputeToTell(
  db: Db,
  disputeId: string,
): Promise<(DisputeRow & { firmId: string }) | undefined> {
  const [row] = await db
    .select({ ...shown, firmId: disputes.firmId })
    .from(disputes)
    .innerJoin(captures, eq(captures.id, disputes.captureId))
    .where(eq(disputes.id, disputeId));
  return row && { ...rowOf(row), firmId: row.firmId };
}
