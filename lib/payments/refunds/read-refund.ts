import { and, asc, desc, eq, inArray } from "drizzle-orm";
import { allocations, captures } from "#db/schema/payments.ts";
import { refundLines, refunds } from "#db/schema/refunds-and-disputes.ts";
import type { Db } from "#lib/core/db.ts";
import { sumOf } from "#lib/core/money/money.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { withdrawnOfCapture } from "../disputes/dispute-store.ts";
import { refundRefusal } from "../disputes/read-disputes.ts";
import { capturesOfSources } from "../overpayments/surplus-store.ts";
import { listLiveRefunds, type Refund } from "./refund-store.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export type Refunded = {
  firmId: string;
  captureId: string;
  currency: string;
  amountMinor: bigint;
  ofSurplus: boolean;
  settledAt: Date | null;
  numbers: string[];
};

/** A refund and the numbers of the invoices that it takes from: for the letter to whoever paid. */
export async function readRefunded(db: Db, refundId: string): Promise<Refunded | undefined> {
  const [row] = await db
    .select({
      firmId: refunds.firmId,
      captureId: refunds.captureId,
      currency: refunds.currency,
      amountMinor: refunds.amountMinor,
      ofSurplus: refunds.ofSurplus,
      settledAt: refunds.settledAt,
    })
    .from(refunds)
    .where(eq(refunds.id, refundId));
  if (!row) return undefined;
  const taken = db
    .select({ id: refundLines.invoiceId })
    .from(refundLines)
    .where(eq(refundLines.refundId, refundId));
  const numbers = await db
    .select({ number: allocations.invoiceNumber })
    .from(allocations)
    .where(and(eq(allocations.captureId, row.captureId), inArray(allocations.invoiceId, taken)))
    .orderBy(asc(allocations.invoiceNumber));
  return { ...row, numbers: numbers.map(({ number }) => number) };
}

export type Refundable = {
  currency: string;
  amountMinor: bigint;
  /** What has not gone back, and is not about to, and no dispute has taken. */
  leftMinor: bigint;
  /** Why nothing can be refunded now, for people to read. */
  refusal: string | null;
  method: string | null;
  numbers: string[];
};

/** A payment as whoever gives it back must know it; null for another firm's. Throws `forbidden` to who may not. */
export async function readRefundable(
  db: Db,
  firm: FirmContext,
  captureId: string,
): Promise<Refundable | null> {
  requireAbility(firm, "act");
  if (!UUID.test(captureId)) return null;
  const [row] = await db
    .select()
    .from(captures)
    .where(and(eq(captures.firmId, firm.firmId), eq(captures.id, captureId)));
  if (!row) return null;
  const [live, disputed, refusal, numbers] = await Promise.all([
    listLiveRefunds(db, captureId),
    withdrawnOfCapture(db, captureId),
    refundRefusal(db, captureId),
    db
      .select({ number: allocations.invoiceNumber })
      .from(allocations)
      .where(eq(allocations.captureId, captureId))
      .orderBy(asc(allocations.invoiceNumber)),
  ]);
  return {
    currency: row.currency,
    amountMinor: row.amountMinor,
    leftMinor: row.amountMinor - disputed - sumOf(live.map((refund) => refund.amountMinor)),
    refusal,
    method: row.method,
    numbers: numbers.map(({ number }) => number),
  };
}

export type RefundRow = Pick<
  Refund,
  "state" | "currency" | "amountMinor" | "note" | "objectRef" | "createdAt"
> & { refundId: string };

/** Refunds of a payment, newest first. Throws `forbidden` to who may not see. */
export async function listRefundsOf(db: Db, firm: FirmContext, captureId: string): Promise<RefundRow[]> {
  requireAbility(firm, "see");
  return db
    .select({
      refundId: refunds.id,
      state: refunds.state,
      currency: refunds.currency,
      amountMinor: refunds.amountMinor,
      note: refunds.note,
      objectRef: refunds.objectRef,
      createdAt: refunds.createdAt,
    })
    .from(refunds)
    .where(and(eq(refunds.firmId, firm.firmId), eq(refunds.captureId, captureId)))
    .orderBy(desc(refunds.createdAt));
}

/** The shares that a payment's refunds have of its invoices: each is told to Xero by postings of its own. */
export async function refundLineIds(db: Db, firmId: string, captureId: string): Promise<string[]> {
  const rows = await db
    .select({ id: refundLines.id })
    .from(refundLines)
    .innerJoin(refunds, eq(refunds.id, refundLines.refundId))
    .where(and(eq(refunds.firmId, firmId), eq(refunds.captureId, captureId)));
  return rows.map(({ id }) => id);
}

/** The captures that these postings are about, by their sources: captures, surpluses, and refunds' shares of invoices. */
export async function capturesOfDocuments(db: Db, sourceIds: string[]): Promise<Map<string, string>> {
  if (sourceIds.length === 0) return new Map();
  const incoming = await capturesOfSources(db, sourceIds);
  const shares = await db
    .select({ source: refundLines.id, captureId: refunds.captureId })
    .from(refundLines)
    .innerJoin(refunds, eq(refunds.id, refundLines.refundId))
    .where(inArray(refundLines.id, sourceIds));
  return new Map([...incoming, ...shares.map(({ source, captureId }) => [source, captureId] as const)]);
}
