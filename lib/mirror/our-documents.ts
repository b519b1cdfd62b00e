import { and, asc, eq, gt, inArray, ne, or, type SQL, sql } from "drizzle-orm";
import { creditNotes, overpayments, xeroPayments } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import { REFERENCE_SHAPE } from "#lib/core/ids.ts";
import type { Books } from "./books.ts";
import { getCursor } from "./sync/cursor-store.ts";
import { readChanges } from "./sync/delta.ts";

export type MirroredPayment = typeof xeroPayments.$inferSelect;

/**
 * Reads what changed of payments and credit notes now; with `since`, all that changed from then on once more. Throws
 * XeroFault.
 */
export async function readPaymentsNow(db: Db, books: Books, since?: Date): Promise<void> {
  const kinds = ["payments", "credit_notes"] as const;
  await readChanges(db, books, { kinds, force: true, ...(since && { since }) });
}

/** When the reading of payments began that the mirror last has whole; undefined before the first. */
export async function paymentsReadAt(db: Db, connectionId: string): Promise<Date | undefined> {
  const { cursor } = (await getCursor(db, connectionId, "payments")) ?? {};
  return cursor?.page === null ? (cursor.syncedAt ?? undefined) : undefined;
}

/** Which payments: all, those that were read since an instant, or those of these ids, their batch's or their own. */
export type WhichPayments = "all" | { since: Date } | { ids: string[] };

/** Living payments whose reference may be one of ours, a page by id after the given one. */
export async function livePaymentsReferred(
  db: Db,
  connectionId: string,
  { which, after, limit }: { which: WhichPayments; after: string; limit: number },
): Promise<MirroredPayment[]> {
  return db
    .select()
    .from(xeroPayments)
    .where(
      and(
        eq(xeroPayments.connectionId, connectionId),
        gt(xeroPayments.paymentId, after),
        isOf(which),
        sql`${xeroPayments.reference} ~ ${REFERENCE_SHAPE}`,
        ne(xeroPayments.status, "DELETED"),
      ),
    )
    .orderBy(asc(xeroPayments.paymentId))
    .limit(limit);
}

/** What living payments of an organisation bear these references, in hundredths, by reference. */
export async function sumsReferred(
  db: Db,
  connectionId: string,
  references: string[],
): Promise<Map<string, bigint>> {
  if (references.length === 0) return new Map();
  const rows = await db
    .select({ reference: xeroPayments.reference, sum: sql<string>`sum(${xeroPayments.amountMinor})` })
    .from(xeroPayments)
    .where(
      and(
        eq(xeroPayments.connectionId, connectionId),
        inArray(xeroPayments.reference, references),
        ne(xeroPayments.status, "DELETED"),
      ),
    )
    .groupBy(xeroPayments.reference);
  return new Map(rows.map(({ reference, sum }) => [reference ?? "", BigInt(sum)]));
}

function isOf(which: WhichPayments): SQL | undefined {
  if (which === "all") return undefined;
  if ("since" in which) return gt(xeroPayments.seenAt, which.since);
  const { ids } = which;
  return ids.length === 0
    ? sql`false`
    : or(inArray(xeroPayments.paymentId, ids), inArray(xeroPayments.batchPaymentId, ids));
}

/**
 * Ids in Xero of what was read since an instant, a page by payment after the given one: payments and their batches, and
 * with the first page the credit notes and overpayments that are gone.
 */
export async function readSince(
  db: Db,
  connectionId: string,
  { since, after, limit }: { since: Date; after: string; limit: number },
): Promise<{ ids: string[]; after: string | null }> {
  const rows = await db
    .select({ id: xeroPayments.paymentId, batch: xeroPayments.batchPaymentId })
    .from(xeroPayments)
    .where(
      and(
        eq(xeroPayments.connectionId, connectionId),
        gt(xeroPayments.seenAt, since),
        gt(xeroPayments.paymentId, after),
      ),
    )
    .orderBy(asc(xeroPayments.paymentId))
    .limit(limit);
  const gone = async (table: typeof creditNotes | typeof overpayments) =>
    db
      .select({ id: table.creditId })
      .from(table)
      .where(
        and(
          eq(table.connectionId, connectionId),
          gt(table.seenAt, since),
          inArray(table.status, ["VOIDED", "DELETED"]),
        ),
      );
  const credits = after === "" ? [...(await gone(creditNotes)), ...(await gone(overpayments))] : [];
  const ids = [
    ...credits.map(({ id }) => id),
    ...rows.flatMap(({ id, batch }) => (batch ? [id, batch] : [id])),
  ];
  return { ids: [...new Set(ids)], after: rows.length === limit ? (rows.at(-1)?.id ?? null) : null };
}

/** Payments by id, deleted ones too. */
export async function paymentsByIds(
  db: Db,
  connectionId: string,
  ids: string[],
): Promise<Map<string, MirroredPayment>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select()
    .from(xeroPayments)
    .where(and(eq(xeroPayments.connectionId, connectionId), inArray(xeroPayments.paymentId, ids)));
  return new Map(rows.map((row) => [row.paymentId, row]));
}

/** Which of these credit notes and overpayments have been voided or deleted, by the last reading of Xero. */
export async function creditsGone(db: Db, connectionId: string, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const gone = async (table: typeof creditNotes | typeof overpayments) =>
    db
      .select({ id: table.creditId })
      .from(table)
      .where(
        and(
          eq(table.connectionId, connectionId),
          inArray(table.creditId, ids),
          inArray(table.status, ["VOIDED", "DELETED"]),
        ),
      );
  const rows = [...(await gone(creditNotes)), ...(await gone(overpayments))];
  return new Set(rows.map(({ id }) => id));
}
