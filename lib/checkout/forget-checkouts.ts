import { and, inArray, isNotNull, lt, notExists, or } from "drizzle-orm";
import { checkouts, emailCodes, linkTries } from "#db/schema/checkout.ts";
import { eraseAddresses } from "#lib/audit/erase.ts";
import type { Db } from "#lib/core/db.ts";
import { BATCH, daysAgo, deleteOld, inBatches } from "#lib/core/forget.ts";
import { AGES } from "#lib/core/retention.ts";
import { isTried } from "#lib/payments/forget-payers.ts";

const isOld = lt(checkouts.createdAt, daysAgo(AGES.checkouts));

/** Forgets what came of no payment: checkouts, and from where they were opened; what was typed; codes; what pay links were asked. */
export async function forgetCheckouts(db: Db): Promise<number> {
  const codes = await deleteOld(db, emailCodes, lt(emailCodes.createdAt, daysAgo(AGES.codes)));
  const tries = await deleteOld(db, linkTries, lt(linkTries.at, daysAgo(AGES.linkTries)));
  const untried = await inBatches(() => db.transaction(forgetUntried));
  return codes + tries + untried + (await inBatches(() => forgetTyped(db)));
}

async function forgetUntried(tx: Db): Promise<number> {
  const found = await tx
    .select({ id: checkouts.id, firmId: checkouts.firmId })
    .from(checkouts)
    .where(and(isOld, notExists(isTried(tx, checkouts.id))))
    .limit(BATCH)
    .for("update", { skipLocked: true });
  for (const [firmId, ofFirm] of Map.groupBy(found, (one) => one.firmId)) {
    const subjects = ofFirm.map(({ id }) => `checkout:${id}`);
    await eraseAddresses(tx, firmId, subjects);
  }
  const ids = found.map(({ id }) => id);
  await tx.delete(checkouts).where(inArray(checkouts.id, ids));
  return found.length;
}

async function forgetTyped(db: Db): Promise<number> {
  const typed = or(isNotNull(checkouts.payerName), isNotNull(checkouts.payerEmail));
  const old = db.select({ id: checkouts.id }).from(checkouts).where(and(isOld, typed)).limit(BATCH);
  const { rowCount } = await db
    .update(checkouts)
    .set({ payerName: null, payerEmail: null })
    .where(inArray(checkouts.id, old));
  return rowCount ?? 0;
}
