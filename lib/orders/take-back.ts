import { and, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { orderDocuments } from "#db/schema/orders.ts";
import type { Db } from "#lib/core/db.ts";
import { sumOf } from "#lib/core/money/money.ts";
import { findByIds, type MirroredInvoice } from "#lib/mirror/read.ts";
import { listOpenHolds } from "#lib/payments/open-holds.ts";
import { listUnreflected } from "#lib/posting/read.ts";
import {
  allocationsUnderWay,
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
  | { kind: "stands"; invoice: OrderDocumentRow; invoiceId: string; contactId: string; dueMinor: bigint }
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
  const { unsent, written } = standing;
  const posted = written.find(({ kind }) => kind === "invoice");
  const invoice = live.find(({ id }) => id === posted?.sourceId);
  let isGone = false;
  if (posted && invoice) {
    const [there] = await findByIds(tx, posted.connectionId, [posted.xeroId ?? ""]);
    if (!there) return { kind: "under-way" };
    isGone = there.status === "VOIDED" || there.status === "DELETED";
    if (!isGone && there.totalMinor !== invoice.totalMinor)
      return {
        kind: "changed",
        detail: `Its invoice ${there.number ?? ""} has another total in Xero by now.`,
      };
    const isDraft = there.status === "DRAFT" || there.status === "SUBMITTED";
    const owedMinor = await owedOf(tx, { orderId, invoice: there });
    const isOpen = owedMinor === there.totalMinor && (lockedUntil === null || posted.date > lockedUntil);
    const mayEnd = mayVoid && isOpen && !(await isBeingPaid(tx, invoice, there.invoiceId));
    if (!isGone && !isDraft && !mayEnd)
      return { kind: "stands", invoice, ...idsOf(there), dueMinor: owedMinor };
  }
  await withdraw(tx, unsent);
  for (const posting of written) if (posting !== posted || !isGone) await removeDocument(tx, posting);
  await markTakenBack(
    tx,
    written.map(({ sourceId }) => sourceId),
  );
  return { kind: written.length > 0 ? "removed" : "withdrawn" };
}

const idsOf = ({ invoiceId, contactId }: MirroredInvoice) => ({ invoiceId, contactId });

/** Money is on its way to it: paid with the order, or by a payer who holds it at this moment. */
async function isBeingPaid(tx: Db, invoice: OrderDocumentRow, invoiceId: string): Promise<boolean> {
  const holds = await listOpenHolds(tx, invoice.connectionId, [invoiceId]);
  return holds.length > 0 || (await hasPayments(tx, invoice.id));
}

async function withdraw(tx: Db, unsent: { sourceId: string }[]): Promise<void> {
  const ids = unsent.map(({ sourceId }) => sourceId);
  if (ids.length === 0) return;
  await withdrawDocuments(tx, ids);
  await tx.delete(orderDocuments).where(inArray(orderDocuments.id, ids));
}

/** What an order's invoice still owes: what the mirror has, less what was paid or credited and no reading has shown yet. */
export async function owedOf(
  tx: Db,
  {
    orderId,
    invoice,
  }: { orderId: string; invoice: Pick<MirroredInvoice, "connectionId" | "invoiceId" | "dueMinor"> },
): Promise<bigint> {
  const { connectionId, invoiceId, dueMinor } = invoice;
  const unshown = await listUnreflected(tx, connectionId, [invoiceId]);
  const credits = await tx
    .select({ id: orderDocuments.id })
    .from(orderDocuments)
    .where(and(eq(orderDocuments.orderId, orderId), eq(orderDocuments.kind, "order_credit")));
  const allocated = await allocationsUnderWay(
    tx,
    credits.map(({ id }) => id),
  );
  const owed = dueMinor - sumOf(unshown.map(({ amountMinor }) => amountMinor)) - allocated;
  return owed > 0n ? owed : 0n;
}

/** Whether an order's documents take the place of others that were voided. */
export async function replacesVoided(tx: Db, orderId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: orderDocuments.id })
    .from(orderDocuments)
    .where(and(eq(orderDocuments.orderId, orderId), isNotNull(orderDocuments.takenBackAt)));
  return rows.length > 0;
}

/** Promises that the purchase order of an order whose invoice is credited will be deleted; one that was not sent is withdrawn. */
export async function removePurchaseOrder(tx: Db, orderId: string): Promise<void> {
  const bought = (await liveDocuments(tx, orderId)).filter(({ kind }) => kind === "purchase_order");
  const ids = bought.map(({ id }) => id);
  const standing = await lockDocuments(tx, ids);
  if (standing.kind !== "settled") return;
  await withdraw(tx, standing.unsent);
  for (const posting of standing.written) await removeDocument(tx, posting);
  await markTakenBack(
    tx,
    standing.written.map(({ sourceId }) => sourceId),
  );
}

async function markTakenBack(tx: Db, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.update(orderDocuments).set({ takenBackAt: sql`now()` }).where(inArray(orderDocuments.id, ids));
}
