import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { attempts, captures } from "#db/schema/payments.ts";
import { disputes, refunds } from "#db/schema/refunds-and-disputes.ts";
import { eraseFacts } from "#lib/audit/erase.ts";
import type { Db } from "#lib/core/db.ts";
import { NOBODY } from "../forget-payers.ts";

type Tries = {
  /** The checkouts whose tries by this person were erased. */
  checkoutIds: string[];
  payments: number;
  unpaid: number;
  /** Checkouts of those that were left, since their money is moving or disputed: name and address are needed until it is settled. */
  moving: string[];
};

/** Erases who tried to pay, or paid, under this e-mail, and what staff wrote of their refunds. Amounts, invoices and accepted terms stay. */
export async function eraseAttempts(tx: Db, firmId: string, email: string): Promise<Tries> {
  const isMoving = sql<boolean>`${attempts.state} in ('creating', 'open', 'submitted')
    or exists (select 1 from ${refunds} where ${refunds.captureId} = ${captures.id} and ${refunds.state} in ('asked', 'pending'))
    or exists (select 1 from ${disputes} where ${disputes.captureId} = ${captures.id} and ${disputes.closedAt} is null)`;
  const found = await tx
    .select({ id: attempts.id, checkoutId: attempts.checkoutId, captureId: captures.id, isMoving })
    .from(attempts)
    .leftJoin(captures, eq(captures.attemptId, attempts.id))
    .where(and(eq(attempts.firmId, firmId), sql`lower(${attempts.payerEmail}) = lower(${email})`));
  const settled = found.filter((one) => !one.isMoving);
  const ids = settled.map(({ id }) => id);
  await tx.update(attempts).set(NOBODY).where(inArray(attempts.id, ids));
  const captureIds = settled.flatMap(({ captureId }) => captureId ?? []);
  await tx
    .update(refunds)
    .set({ note: null })
    .where(and(inArray(refunds.captureId, captureIds), isNotNull(refunds.note)));
  const subjects = captureIds.map((id) => `capture:${id}`);
  await eraseFacts(tx, firmId, { subjects, action: "refund.asked" });
  return {
    checkoutIds: [...new Set(settled.map(({ checkoutId }) => checkoutId))],
    payments: captureIds.length,
    unpaid: settled.length - captureIds.length,
    moving: [...new Set(found.filter((one) => one.isMoving).map(({ checkoutId }) => checkoutId))],
  };
}
