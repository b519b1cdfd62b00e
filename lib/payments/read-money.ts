import { and, eq } from "drizzle-orm";
import { allocations, attempts, captures, holds } from "#db/schema/payments.ts";
import type { Db } from "#lib/core/db.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";

export type MoneyHistory = {
  captureId: string;
  checkoutId: string;
  connectionId: string;
  processorAccountId: string;
  /** Every try at this checkout; the last one was paid. */
  attemptIds: string[];
  sessionRef: string | null;
  objectRef: string;
  currency: string;
  amountMinor: bigint;
  method: string | null;
  capturedAt: Date;
  recordedAt: Date;
  receiptSentAt: Date | null;
  problem: string | null;
  payer: {
    name: string | null;
    email: string | null;
    ip: string | null;
    userAgent: string | null;
    termsVersionId: string | null;
    termsAcceptedAt: Date | null;
  };
  /** What it paid. */
  lines: { invoiceId: string; number: string; amountMinor: bigint }[];
  /** The number of each invoice that one of the tries was for, by Xero's id. */
  numbers: Map<string, string>;
};

/** All that staff may know of money that came in; null when the firm has no such payment. */
export async function readMoney(db: Db, firm: FirmContext, captureId: string): Promise<MoneyHistory | null> {
  requireAbility(firm, "see");
  const [row] = await db
    .select({
      captureId: captures.id,
      checkoutId: attempts.checkoutId,
      connectionId: captures.connectionId,
      processorAccountId: captures.processorAccountId,
      sessionRef: attempts.sessionRef,
      objectRef: captures.objectRef,
      currency: captures.currency,
      amountMinor: captures.amountMinor,
      method: captures.method,
      capturedAt: captures.capturedAt,
      recordedAt: captures.recordedAt,
      receiptSentAt: captures.receiptSentAt,
      problem: captures.problem,
      payer: {
        name: attempts.payerName,
        email: attempts.payerEmail,
        ip: attempts.ip,
        userAgent: attempts.userAgent,
        termsVersionId: attempts.termsVersionId,
        termsAcceptedAt: attempts.termsAcceptedAt,
      },
    })
    .from(captures)
    .innerJoin(attempts, eq(attempts.id, captures.attemptId))
    .where(and(eq(captures.firmId, firm.firmId), eq(captures.id, captureId)));
  if (!row) return null;
  const [tries, held, lines] = await Promise.all([
    db
      .select({ id: attempts.id })
      .from(attempts)
      .where(and(eq(attempts.firmId, firm.firmId), eq(attempts.checkoutId, row.checkoutId)))
      .orderBy(attempts.createdAt),
    db
      .select({ invoiceId: holds.invoiceId, number: holds.invoiceNumber })
      .from(holds)
      .innerJoin(attempts, eq(attempts.id, holds.attemptId))
      .where(and(eq(attempts.firmId, firm.firmId), eq(attempts.checkoutId, row.checkoutId))),
    db
      .select({
        invoiceId: allocations.invoiceId,
        number: allocations.invoiceNumber,
        amountMinor: allocations.amountMinor,
      })
      .from(allocations)
      .where(eq(allocations.captureId, captureId))
      .orderBy(allocations.invoiceNumber),
  ]);
  return {
    ...row,
    attemptIds: tries.map(({ id }) => id),
    lines,
    numbers: new Map(held.map(({ invoiceId, number }) => [invoiceId, number])),
  };
}
