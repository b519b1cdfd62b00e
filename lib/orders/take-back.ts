import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { orderDocuments } from "#db/schema/orders.ts";
import type { Db } from "#lib/core/db.ts";
import { sumOf } from "#lib/core/money/money.ts";
import { findByIds } from "#lib/mirror/read.ts";
import { listUnreflected } from "#lib/posting/read.ts";
import {
  hasPayments,
  lockDocuments,
  removeDocument,
  withdrawDocuments,
} from "#lib/posting/take-back-documents.ts";

export type OrderDocumentRow = typeof orderDocuments.$inferSelect;

/** The invoice and purchase order that an order has at present; the order is locked. */
export async function liveDocuments(tx: Db, orderId: string): Promise<OrderDocumentRow[]> {
  return tx
    .select()
    .from(orderDocuments)
    .where(
      and(
        eq(orderDocuments.orderId, orderId),
        inArray(orderDocuments.kind, ["invoice", "purchase_order"]),
        isNull(orderDocuments.takenBackAt),
      ),
    );
}

/** What can become of an order's documents that are no longer wanted as they are. */
export type TakenBack =
  /** Nothing of them was sent, and nothing will be. */
  | { kind: "withdrawn" }
  /** They will be voided and deleted. */
  | { kind: "removed" }
  /** The invoice is paid, locked, or to be credited whatever it is: Xero voids no such one, so nothing was changed. */
  | { kind: "stands"; invoice: OrderDocumentRow; invoiceId: string; dueMinor: bigint }
  /** A part of them may arrive in Xero at any moment: nothing was changed, ask again. */
  | { kind: "under-way" }
  /** Somebody has changed the invoice in Xero, or dealt with it by hand: it is theirs, and nothing was changed. */
  | { kind: "changed"; detail: string };

/**
 * Takes an order's documents back as far as Xero allows: what was not sent is withdrawn, an unpaid invoice of an open day is
 * voided and a draft deleted, with the purchase order. `lockedUntil`: the organisation's lock date.
 */
export async function takeBack(
  tx: Db,
  { orderId, lockedUntil, mayVoid }: { orderId: string; lockedUntil: string | null; mayVoid: boolean },
): Promise<TakenBack> {
  const live = await liveDocuments(tx, orderId);
  const ids = live.map(({ id }) => id);
  const standing = await lockDocuments(tx, ids);
  if (standing.kind === "under-way") return standing;
  if (standing.kind === "by-hand") return { kind: "changed", detail: "Staff have entered it by hand." };
  if (standing.kind === "unsent") {
    await withdrawDocuments(tx, ids);
    if (ids.length > 0) await tx.delete(orderDocuments).where(inArray(orderDocuments.id, ids));
    return { kind: "withdrawn" };
  }
  const invoice = live.find(({ kind }) => kind === "invoice");
  const written = standing.postings.find(({ kind }) => kind === "invoice");
  const [there] = written ? await findByIds(tx, written.connectionId, [written.xeroId ?? ""]) : [];
  if (!invoice || !written || !there) return { kind: "under-way" };
  const isGone = there.status === "VOIDED" || there.status === "DELETED";
  if (!isGone && there.totalMinor !== invoice.totalMinor)
    return { kind: "changed", detail: `Its invoice ${there.number ?? ""} has another total in Xero by now.` };
  const isDraft = there.status === "DRAFT" || there.status === "SUBMITTED";
  const isOpen = there.dueMinor === there.totalMinor && (lockedUntil === null || written.date > lockedUntil);
  if (!isGone && !isDraft && !(mayVoid && isOpen && !(await hasPayments(tx, invoice.id))))
    return {
      kind: "stands",
      invoice,
      invoiceId: there.invoiceId,
      dueMinor: await owedOf(tx, written.connectionId, there),
    };
  for (const posting of standing.postings) {
    if (posting !== written || !isGone) await removeDocument(tx, posting);
  }
  await markTakenBack(tx, ids);
  return { kind: "removed" };
}

/** What an invoice still owes: what the mirror has, less what was paid and no reading has shown yet. */
export async function owedOf(
  tx: Db,
  connectionId: string,
  { invoiceId, dueMinor }: { invoiceId: string; dueMinor: bigint },
): Promise<bigint> {
  const unshown = await listUnreflected(tx, connectionId, [invoiceId]);
  const owed = dueMinor - sumOf(unshown.map(({ amountMinor }) => amountMinor));
  return owed > 0n ? owed : 0n;
}

/** Promises that the purchase order of an order whose invoice is credited will be deleted. */
export async function removePurchaseOrder(tx: Db, orderId: string): Promise<void> {
  const bought = (await liveDocuments(tx, orderId)).filter(({ kind }) => kind === "purchase_order");
  const ids = bought.map(({ id }) => id);
  if (ids.length === 0) return;
  const standing = await lockDocuments(tx, ids);
  if (standing.kind !== "written") return;
  for (const posting of standing.postings) await removeDocument(tx, posting);
  await markTakenBack(tx, ids);
}

async function markTakenBack(tx: Db, ids: string[]): Promise<void> {
  await tx.update(orderDocuments).set({ takenBackAt: sql`now()` }).where(inArray(orderDocuments.id, ids));
}
