import { and, eq, inArray, min, sql } from "drizzle-orm";
import { captures, disputes, refunds } from "#db/schema/payments.ts";
import type { Db } from "#lib/core/db.ts";

/** Processor accounts that money came by in the last half year, with the day it first did. */
export async function accountsPaidBy(db: Db): Promise<{ processorAccountId: string; since: Date }[]> {
  const rows = await db
    .select({ processorAccountId: captures.processorAccountId, since: min(captures.capturedAt) })
    .from(captures)
    .where(
      sql`${captures.processorAccountId} in (select processor_account_id from ${captures} where captured_at > now() - interval '180 days')`,
    )
    .groupBy(captures.processorAccountId);
  return rows.flatMap(({ since, ...row }) => (since ? [{ ...row, since }] : []));
}

/** Which of the processor's names are ours: payments by payment object, refunds and disputes by their own. */
export async function knownAs(
  db: Db,
  processorAccountId: string,
  refs: string[],
): Promise<{
  payments: Map<string, string>;
  refunds: Map<string, string>;
  disputes: Map<string, string>;
}> {
  if (refs.length === 0) return { payments: new Map(), refunds: new Map(), disputes: new Map() };
  const of = <T extends typeof captures | typeof refunds | typeof disputes>(table: T) =>
    and(eq(table.processorAccountId, processorAccountId), inArray(table.objectRef, refs));
  const paid = await db
    .select({ ref: captures.objectRef, captureId: captures.id })
    .from(captures)
    .where(of(captures));
  const back = await db.select({ ref: refunds.objectRef, id: refunds.id }).from(refunds).where(of(refunds));
  const disputed = await db
    .select({ ref: disputes.objectRef, id: disputes.id })
    .from(disputes)
    .where(of(disputes));
  return {
    payments: new Map(paid.map(({ ref, captureId }) => [ref, captureId])),
    refunds: new Map(back.flatMap(({ ref, id }) => (ref ? [[ref, id] as const] : []))),
    disputes: new Map(disputed.map(({ ref, id }) => [ref, id])),
  };
}

/** The organisations that these payments are of, each once. */
export async function connectionsOfCaptures(db: Db, captureIds: string[]): Promise<string[]> {
  if (captureIds.length === 0) return [];
  const rows = await db
    .selectDistinct({ connectionId: captures.connectionId })
    .from(captures)
    .where(inArray(captures.id, captureIds));
  return rows.map(({ connectionId }) => connectionId);
}
