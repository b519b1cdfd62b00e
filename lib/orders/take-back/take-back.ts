import { and, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { orderDocuments } from "#db/schema/orders.ts";
import type { Db } from "#lib/core/db.ts";
import { sumOf } from "#lib/core/money/money.ts";
import { findByIds, type MirroredInvoice } from "#lib/mirror/read.ts";
import { listOpenHolds } from "#lib/payments/open-holds.ts";
import { endWithInvoices } from "#lib/posting/order-kinds/with-invoice.ts";
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
  /** A payer is paying its invoice at this moment: nothing was changed, ask again when they are done. */
  | { kind: "being-paid" }
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
    if (!isGone && there.totalMinor !== posted.amountMinor)
      return {
        kind: "changed",
        detail: `Its invoice ${there.number ?? ""} has another total in Xero by now.`,
      };
    const isDraft = there.status === "DRAFT" || there.status === "SUBMITTED";
    if (!isGone && (await heldOf(tx, there)) > 0n) return { kind: "being-paid" };
    const owedMinor = await owedOf(tx, { orderId, invoice: there });
    const isOpen = owedMinor === there.totalMinor && (lockedUntil === null || posted.date > lockedUntil);
    const mayEnd = mayVoid && isOpen && !(await hasPayments(tx, invoice.id));
    if (!isGone && !isDraft && !mayEnd)
      return { kind: "stands", invoice, ...idsOf(there), dueMinor: owedMinor };
  }
  await withdraw(tx, unsent);
  await endWithInvoices(
    tx,
    written.map(({ sourceId }) => sourceId),
    TAKEN_BACK,
  );
  for (const posting of written) if (posting !== posted || !isGone) await removeDocument(tx, posting);
  await markTakenBack(
    tx,
    written.map(({ sourceId }) => sourceId),
  );
  return { kind: written.length > 0 ? "removed" : "withdrawn" };
}

/** What stands beside a file or an e-mail that did not go. */
export const TAKEN_BACK = "Its invoice was taken back before.";

const idsOf = ({ invoiceId, contactId }: MirroredInvoice) => ({ invoiceId, contactId });

type OfInvoice = Pick<MirroredInvoice, "connectionId" | "invoiceId">;

/** What payers are paying of an invoice at this moment. */
async function heldOf(tx: Db, { connectionId, invoiceId }: OfInvoice): Promise<bigint> {
  const holds = await listOpenHolds(tx, connectionId, [invoiceId]);
  return sumOf(holds.map(({ amountMinor }) => amountMinor));
}

async function withdraw(tx: Db, unsent: { sourceId: string }[]): Promise<void> {
  const ids = unsent.map(({ sourceId }) => sourceId);
  if (ids.length === 0) return;
  await withdrawDocuments(tx, ids);
  await tx.delete(orderDocuments).where(inArray(orderDocuments.id, ids));
}

/**
 * What of an order's invoice nobody has paid or is paying: what the mirror has as due, less what was paid or credited and no
 * reading has shown yet, and less what payers hold.
 */
export async function owedOf(
  tx: Db,
  { orderId, invoice }: { orderId: string; invoice: OfInvoice & Pick<MirroredInvoice, "dueMinor"> },
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
  const paid = sumOf(unshown.map(({ amountMinor }) => amountMinor));
  const owed = dueMinor - paid - allocated - (await heldOf(tx, invoice));
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
