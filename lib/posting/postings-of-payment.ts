import { and, eq, inArray, isNull, lte, ne, notInArray, type SQL, sql } from "drizzle-orm";
import { postingLines, postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import { causeOfPosting } from "./kinds/registry.ts";
import {
  AGAIN,
  type Claimed,
  endByHand,
  INCOMING,
  listLines,
  type Posting,
  REVISIT_AFTER,
  withLines,
} from "./store.ts";

export type Incoming = Claimed;

/** `isLeaving`: it is being taken off in Xero, or waits for a person there. */
export type Standing = Incoming & { isLeaving: boolean };

/**
 * The postings that tell Xero of these, a capture, its surpluses and what was written again after a dispute; but for what
 * we took off again. No worker moves them until the transaction ends. Hold the capture's row first.
 */
export async function lockIncoming(tx: Db, sourceIds: string[]): Promise<Standing[]> {
  const removal = (states: SQL) => sql<boolean>`exists (
    select 1 from postings removal where removal.kind = 'removal' and removal.connection_id = ${postings.connectionId}
      and removal.target_id = ${postings.xeroId} and removal.state ${states})`;
  const rows = await tx
    .select()
    .from(postings)
    .where(
      and(
        inArray(postings.sourceId, sourceIds),
        inArray(postings.kind, [...INCOMING]),
        sql`not ${removal(sql`in ('done', 'by_hand')`)}`,
      ),
    )
    .orderBy(postings.id)
    .for("update");
  const leaving = await tx
    .select({ id: postings.id })
    .from(postings)
    .where(
      and(
        inArray(
          postings.id,
          rows.map(({ id }) => id),
        ),
        removal(sql`not in ('done', 'by_hand')`),
      ),
    );
  const ids = new Set(leaving.map(({ id }) => id));
  return (await withLines(tx, rows)).map((row) => ({ ...row, isLeaving: ids.has(row.id) }));
}

/** The posting that moves a payout to the bank, kept still in the same way. */
export async function lockTransfer(tx: Db, payoutId: string): Promise<Posting | undefined> {
  const [row] = await tx
    .select()
    .from(postings)
    .where(and(eq(postings.sourceId, payoutId), eq(postings.kind, "transfer")))
    .for("update");
  return row;
}

/** The postings of these sources that are of one kind, locked too. */
export async function lockOfKind(tx: Db, kind: Posting["kind"], sourceIds: string[]): Promise<Posting[]> {
  if (sourceIds.length === 0) return [];
  return tx
    .select()
    .from(postings)
    .where(and(inArray(postings.sourceId, sourceIds), eq(postings.kind, kind)))
    .orderBy(postings.id)
    .for("update");
}

/** It may still reach Xero by itself, or leave it: whoever decides about it waits. */
export function isOnItsWay({
  state,
  isLeaving = false,
}: Pick<Posting, "state"> & { isLeaving?: boolean }): boolean {
  return isLeaving || state === "ready" || state === "sending" || state === "unknown";
}

/** There is nothing more to tell Xero of what it refused. */
export async function endRefused(tx: Db, { id: postingId, firmId }: Posting, note: string): Promise<void> {
  await endByHand(tx, { firmId, postingId, note, states: ["refused"] });
}

/** Xero is asked again for what it refused, after a look. */
export async function sendAgain(tx: Db, { id }: Posting): Promise<void> {
  await tx.update(postings).set(AGAIN).where(eq(postings.id, id));
}

/** So much less is to be written of a payment that Xero refused: it is tried again, or ends when nothing is left of it. */
export async function lessenRefused(
  tx: Db,
  payment: Posting,
  { shares, note }: { shares: { invoiceId: string; amountMinor: bigint }[]; note: string },
): Promise<void> {
  const lines = await listLines(tx, payment.id);
  const lessOf = (id: string) => shares.find(({ invoiceId }) => invoiceId === id)?.amountMinor ?? 0n;
  if (lines.every((line) => line.amountMinor <= lessOf(line.invoiceId))) {
    await endRefused(tx, payment, note);
    return;
  }
  for (const { invoiceId, amountMinor: less } of shares) {
    const line = and(eq(postingLines.postingId, payment.id), eq(postingLines.invoiceId, invoiceId));
    await tx.delete(postingLines).where(and(line, lte(postingLines.amountMinor, less)));
    await tx
      .update(postingLines)
      .set({ amountMinor: sql`${postingLines.amountMinor} - ${less}` })
      .where(line);
  }
  await sendAgain(tx, payment);
}

/** The same of an overpayment. */
export async function lessenOverpayment(
  tx: Db,
  overpayment: Posting,
  { less, note }: { less: bigint; note: string },
): Promise<void> {
  const amountMinor = (overpayment.amountMinor ?? 0n) - less;
  if (amountMinor <= 0n) return endRefused(tx, overpayment, note);
  await tx
    .update(postings)
    .set({ ...AGAIN, amountMinor })
    .where(eq(postings.id, overpayment.id));
}

/** What of an overpayment in Xero we have not paid out, and are not about to. */
export async function leftOfCredit(tx: Db, { amountMinor, xeroId, firmId }: Posting): Promise<bigint> {
  const [row] = await tx
    .select({ paidOut: sql<string>`coalesce(sum(${postings.amountMinor}), 0)` })
    .from(postings)
    .where(
      and(
        eq(postings.firmId, firmId),
        eq(postings.kind, "credit_refund"),
        eq(postings.targetId, xeroId ?? ""),
        // One that came back is taken off, and leaves what it took.
        sql`not exists (select 1 from postings removal where removal.kind = 'removal' and removal.source_id = ${postings.id})`,
      ),
    );
  return (amountMinor ?? 0n) - BigInt(row?.paidOut ?? 0);
}

export type RefusedPayment = { postingId: string; firmId: string; sourceId: string };

/** When Xero refused it last: see `refuseClaimed`. */
const REFUSED_AT = sql`(${postings.dueAt} - make_interval(secs => ${REVISIT_AFTER}))`;

/**
 * Payments that Xero refused in the last minutes because their invoices owe less by now; the oldest first. What nobody
 * could settle then comes again when Xero has refused it once more.
 */
export async function listUnsettled(db: Db, firmIds: string[]): Promise<RefusedPayment[]> {
  if (firmIds.length === 0) return [];
  const rows = await db
    .select({
      postingId: postings.id,
      firmId: postings.firmId,
      sourceId: postings.sourceId,
      kind: postings.kind,
      message: postings.message,
      cause: postings.cause,
    })
    .from(postings)
    .where(
      and(
        inArray(postings.firmId, firmIds),
        eq(postings.state, "refused"),
        inArray(postings.kind, ["payment", "batch_payment"]),
        sql`${REFUSED_AT} > now() - interval '5 minutes'`,
      ),
    )
    .orderBy(postings.createdAt);
  return rows.filter((row) => causeOfPosting(row) === "settled");
}

/** A refused payment of a firm, with its lines. */
export async function getRefusedPayment(
  db: Db,
  firmId: string,
  postingId: string,
): Promise<Incoming | undefined> {
  const rows = await db
    .select()
    .from(postings)
    .where(
      and(
        eq(postings.id, postingId),
        eq(postings.firmId, firmId),
        eq(postings.state, "refused"),
        inArray(postings.kind, ["payment", "batch_payment"]),
      ),
    );
  const [found] = await withLines(db, rows);
  return found;
}

/** Whether other money is on its way to one of these invoices: what they owe is not certain before it has arrived. */
export async function isOtherOnItsWay(tx: Db, posting: Incoming): Promise<boolean> {
  const rows = await tx
    .select({ id: postings.id })
    .from(postingLines)
    .innerJoin(postings, eq(postings.id, postingLines.postingId))
    .where(
      and(
        eq(postingLines.connectionId, posting.connectionId),
        inArray(
          postingLines.invoiceId,
          posting.lines.map((line) => line.invoiceId),
        ),
        isNull(postingLines.reflectedAt),
        ne(postings.id, posting.id),
        notInArray(postings.state, ["refused", "by_hand"]),
      ),
    )
    .limit(1);
  return rows.length > 0;
}
