import { and, eq, inArray, isNotNull, lt, notExists, or, type SQLWrapper, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { attempts } from "#db/schema/payments.ts";
import { eraseAddresses } from "#lib/audit/erase.ts";
import type { Db } from "#lib/core/db.ts";
import { BATCH, daysAgo, inBatches } from "#lib/core/forget.ts";
import { AGES } from "#lib/core/retention.ts";

/** An attempt of nobody: what it was for and what was accepted stays. */
export const NOBODY = { payerName: null, payerEmail: null, ip: null, userAgent: null } as const;

/** For a query of the room above: somebody has tried to pay this checkout. */
export function isTried(db: Db, checkoutId: SQLWrapper) {
  return db.select({ one: sql`1` }).from(attempts).where(eq(attempts.checkoutId, checkoutId));
}

/**
 * Forgets who tried to pay and did not, here and in the timeline; and from where those came who did. Who paid, and what they
 * accepted, stays.
 */
export async function forgetPayers(db: Db): Promise<number> {
  const unpaid = await inBatches(() => db.transaction(forgetUnpaid));
  return unpaid + (await inBatches(() => forgetAddresses(db)));
}

async function forgetUnpaid(tx: Db): Promise<number> {
  const paid = alias(attempts, "paid");
  const sameCheckout = and(eq(paid.checkoutId, attempts.checkoutId), eq(paid.state, "captured"));
  const found = await tx
    .select({ id: attempts.id, firmId: attempts.firmId, checkoutId: attempts.checkoutId })
    .from(attempts)
    .where(
      and(
        eq(attempts.state, "closed"),
        lt(attempts.createdAt, daysAgo(AGES.unpaid)),
        or(...[attempts.payerName, attempts.payerEmail, attempts.ip, attempts.userAgent].map(isNotNull)),
        notExists(tx.select({ one: sql`1` }).from(paid).where(sameCheckout)),
      ),
    )
    .limit(BATCH)
    .for("update", { skipLocked: true });
  const ids = found.map(({ id }) => id);
  await tx.update(attempts).set(NOBODY).where(inArray(attempts.id, ids));
  for (const [firmId, ofFirm] of Map.groupBy(found, (one) => one.firmId)) {
    const subjects = ofFirm.map(({ checkoutId }) => `checkout:${checkoutId}`);
    await eraseAddresses(tx, firmId, subjects);
  }
  return found.length;
}

async function forgetAddresses(db: Db): Promise<number> {
  const old = db
    .select({ id: attempts.id })
    .from(attempts)
    .where(
      and(
        lt(attempts.createdAt, daysAgo(AGES.addresses)),
        or(isNotNull(attempts.ip), isNotNull(attempts.userAgent)),
      ),
    )
    .limit(BATCH);
  const { rowCount } = await db
    .update(attempts)
    .set({ ip: null, userAgent: null })
    .where(inArray(attempts.id, old));
  return rowCount ?? 0;
}
