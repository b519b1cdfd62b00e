import { and, desc, eq, gt, sql } from "drizzle-orm";
import { attempts, holds } from "#db/schema/payments.ts";
import type { Db } from "#lib/core/db.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";

export type RefusedAttempt = {
  attemptId: string;
  currency: string;
  amountMinor: bigint;
  at: Date;
  numbers: string[];
  /** The processor's code and words: "amount_too_small: The Checkout Session's total …". */
  reason: string;
};

/**
 * Payments of the last three days that the processor refused before its page opened, newest first: no money moved, and the
 * payer was told to ask the firm. Those that have since been opened after all are left out. Throws `forbidden` to who may not see.
 */
export async function listRefusedAttempts(db: Db, firm: FirmContext): Promise<RefusedAttempt[]> {
  requireAbility(firm, "see");
  const rows = await db
    .select({
      attemptId: attempts.id,
      currency: attempts.currency,
      amountMinor: attempts.amountMinor,
      at: attempts.createdAt,
      reason: attempts.closedReason,
      numbers: sql<string[]>`array_agg(${holds.invoiceNumber} order by ${holds.invoiceNumber})`,
    })
    .from(attempts)
    .innerJoin(holds, eq(holds.attemptId, attempts.id))
    .where(
      and(
        eq(attempts.firmId, firm.firmId),
        gt(attempts.createdAt, sql`now() - interval '3 days'`),
        sql`starts_with(${attempts.closedReason}, ${REFUSED})`,
        sql`not exists (
          select 1 from ${holds} later join ${attempts} opened on opened.id = later.attempt_id
          where opened.created_at > ${attempts.createdAt} and opened.session_ref is not null
            and later.connection_id = ${attempts.connectionId}
            and later.invoice_id in (select invoice_id from ${holds} mine where mine.attempt_id = ${attempts.id}))`,
      ),
    )
    .groupBy(attempts.id)
    .orderBy(desc(attempts.createdAt))
    .limit(20);
  return rows.map((row) => ({ ...row, reason: row.reason?.slice(REFUSED.length) ?? "" }));
}

/** How such an attempt's reason begins, which `closedReason` keeps. */
export const REFUSED = "Refused by Stripe: ";
