import { eq, sql } from "drizzle-orm";
import { orders } from "#db/schema/orders.ts";
import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { inTransaction } from "#lib/core/in-transaction.ts";
import { atMost, sumOf } from "#lib/core/money/money.ts";
import { whatIf } from "#lib/core/what-if.ts";
import { endWithInvoices } from "#lib/posting/order-kinds/with-invoice.ts";
import type { Sender } from "../accept/accept-orders.ts";
import { openDay } from "../plan/dates.ts";
import { loadBooks } from "../plan/load-books.ts";
import type { Books } from "../plan/plan.ts";
import { lockById } from "../store.ts";
import { creditOf } from "./credit-lines.ts";
import { creditedOf, invoicedOf, promiseCredit } from "./promise-credit.ts";
import { removePurchaseOrder, TAKEN_BACK, takeBack } from "./take-back.ts";

export type Cancelled =
  /** It is cancelled: what of it is in Xero is voided, deleted or credited, by this now or, where `by` is null, before. */
  | { kind: "cancelled"; by: CancelledBy | null }
  | { kind: "unknown" }
  /** A part of it may arrive in Xero at any moment: ask again in a few seconds. Nothing was changed. */
  | { kind: "under-way" }
  /** A payer is paying its invoice at this moment. Nothing was changed. */
  | { kind: "being-paid" }
  /** Somebody has changed its invoice in Xero: it is theirs, and nothing was changed. */
  | { kind: "changed"; detail: string };

/** withdrawn: nothing was sent. voided: its documents are voided and deleted. Else a credit note of so much, in hundredths. */
export type CancelledBy = "withdrawn" | "voided" | { creditedMinor: bigint };

/** What a credit note of a whole order is called among its refunds: no sender can name one so. */
const CANCELLATION = "";

/**
 * Cancels an order: what was not sent is withdrawn, an unpaid invoice voided or credited as the firm chose, one that is paid or
 * locked credited on the first open day. Any number of times; what has been done stays done.
 */
export async function cancelOrder(db: Db, sender: Sender, orderId: string): Promise<Cancelled> {
  const books = await loadBooks(db, sender.connectionId);
  return inTransaction(db, (tx) => cancel(tx, sender, { orderId, books }));
}

/** What that would answer of this moment; nothing is changed. */
export async function reviewCancel(db: Db, sender: Sender, orderId: string): Promise<Cancelled> {
  const books = await loadBooks(db, sender.connectionId);
  return whatIf(db, (tx) => cancel(tx, sender, { orderId, books }));
}

async function cancel(
  tx: Db,
  sender: Sender,
  { orderId, books }: { orderId: string; books: Books },
): Promise<Cancelled> {
  const order = await lockById(tx, sender, orderId);
  if (!order) return { kind: "unknown" };
  if (order.cancelledAt) return { kind: "cancelled", by: null };
  const mayVoid = books.mapping.settings?.onCancel !== "credit" && (await creditedOf(tx, orderId)) === 0n;
  const back = await takeBack(tx, { orderId, lockedUntil: books.lockedUntil, mayVoid });
  if (back.kind === "under-way" || back.kind === "being-paid" || back.kind === "changed") return back;
  let by: CancelledBy = back.kind === "withdrawn" ? "withdrawn" : "voided";
  if (back.kind === "stands") {
    const invoiced = await invoicedOf(tx, back.invoice, books);
    const left = sumOf(invoiced.lines.map(({ leftMinor }) => leftMinor));
    by = { creditedMinor: left > 0n ? left : 0n };
    if (left > 0n) {
      const { minors } = creditOf(invoiced.lines, {});
      const amountMinor = atMost(left, back.dueMinor);
      const allocate = amountMinor > 0n ? { invoiceId: back.invoiceId, amountMinor } : null;
      const date = openDay(books.today, books.lockedUntil);
      const credit = {
        refundNumber: CANCELLATION,
        contentHash: null,
        reason: "Cancelled",
        contactId: back.contactId,
        date,
        minors,
        allocate,
        payments: [],
      };
      await promiseCredit(tx, { ...order, ...sender }, { invoiced, credit });
    }
    await removePurchaseOrder(tx, orderId);
    await endWithInvoices(tx, [back.invoice.id], TAKEN_BACK);
  }
  await tx
    .update(orders)
    .set({ cancelledAt: sql`now()`, changedAt: sql`now()`, faults: null })
    .where(eq(orders.id, orderId));
  await record(tx, {
    ...{
      firmId: sender.firmId,
      actor: sender.actor,
      subject: `order:${orderId}`,
      action: "order.cancelled",
    },
    detail: { source: order.source, number: order.number, by: typeof by === "string" ? by : "credited" },
  });
  return { kind: "cancelled", by };
}
