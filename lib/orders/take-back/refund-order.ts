import { and, eq } from "drizzle-orm";
import { orderDocuments } from "#db/schema/orders.ts";
import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { inTransaction } from "#lib/core/in-transaction.ts";
import { atMost, sumOf } from "#lib/core/money/money.ts";
import { readable, shapeFaults } from "#lib/core/shape/shape-faults.ts";
import { whatIf } from "#lib/core/what-if.ts";
import { findByIds } from "#lib/mirror/read.ts";
import { lockDocuments } from "#lib/posting/take-back-documents.ts";
import type { Sender } from "../accept/accept-orders.ts";
import { canonicalHash } from "../accept/canonical-hash.ts";
import { type OrderFault, orderFault } from "../faults.ts";
import { openDay } from "../plan/dates.ts";
import { loadBooks } from "../plan/load-books.ts";
import { paymentsOf } from "../plan/payments.ts";
import type { Books } from "../plan/plan.ts";
import { lockById } from "../store.ts";
import { creditOf } from "./credit-lines.ts";
import { invoicedOf, promiseCredit } from "./promise-credit.ts";
import { type RefundBody, refundBody } from "./refund-body.ts";
import { liveDocuments, owedOf } from "./take-back.ts";

export type Refunded =
  /** Its credit note is promised to Xero. */
  | { kind: "taken"; outcome: "same" }
  /** The same, now; in hundredths what it comes to, and how much of that is set against what is owed of the invoice. */
  | { kind: "taken"; outcome: "new"; totalMinor: bigint; allocatedMinor: bigint }
  | { kind: "refused"; faults: OrderFault[] }
  /** The order has a refund of this number that says something else. */
  | { kind: "conflict" }
  | { kind: "unknown" }
  /** Its invoice is not in Xero yet, or may be at any moment: ask again in a few seconds. */
  | { kind: "under-way" }
  /** Its invoice is not there to be credited: it was cancelled, voided or changed in Xero. */
  | { kind: "changed"; detail: string };

/**
 * Gives back an order, or a part of it: a credit note with the invoice's accounts and tax, set against what is owed of the
 * invoice, and paid out as the till has paid back. The same refund any number of times is one.
 */
export async function refundOrder(
  db: Db,
  sender: Sender,
  { orderId, sent }: { orderId: string; sent: unknown },
): Promise<Refunded> {
  const books = await loadBooks(db, sender.connectionId);
  return inTransaction(db, (tx) => refund(tx, sender, { orderId, sent, books }));
}

/** What that would answer of this moment; nothing is changed. */
export async function reviewRefund(
  db: Db,
  sender: Sender,
  { orderId, sent }: { orderId: string; sent: unknown },
): Promise<Refunded> {
  const books = await loadBooks(db, sender.connectionId);
  return whatIf(db, (tx) => refund(tx, sender, { orderId, sent, books }));
}

async function refund(
  tx: Db,
  sender: Sender,
  { orderId, sent, books }: { orderId: string; sent: unknown; books: Books },
): Promise<Refunded> {
  const given = readable(refundBody, sent) as Partial<RefundBody> | undefined;
  const payments = paymentsOf({ payments: given?.payments }, books, openDay(books.today, books.lockedUntil));
  const faults = [
    ...shapeFaults(refundBody, sent).map(({ code, ...fault }) => orderFault(code, fault)),
    ...payments.faults,
    ...(given?.lines && given.amount !== undefined
      ? [orderFault("refund-not-one", { pointer: "#/amount", detail: "Lines are named too." })]
      : []),
  ];
  const order = await lockById(tx, sender, orderId);
  if (!order) return { kind: "unknown" };
  if (faults.length > 0) return { kind: "refused", faults };
  const body = refundBody.parse(sent);
  const contentHash = canonicalHash(body);
  const before = await refundNamed(tx, orderId, body.refundNumber);
  if (before)
    return before.contentHash === contentHash ? { kind: "taken", outcome: "same" } : { kind: "conflict" };
  if (order.cancelledAt) return { kind: "changed", detail: "The order was cancelled." };
  const invoice = (await liveDocuments(tx, orderId)).find(({ kind }) => kind === "invoice");
  if (!invoice) return { kind: "under-way" };
  const standing = await lockDocuments(tx, [invoice.id]);
  if (standing.kind === "by-hand")
    return { kind: "changed", detail: "Staff have entered its invoice by hand." };
  if (standing.kind !== "settled") return { kind: "under-way" };
  const [posted] = standing.written;
  if (!posted) return { kind: "under-way" };
  const [there] = await findByIds(tx, sender.connectionId, [posted.xeroId ?? ""]);
  if (!there) return { kind: "under-way" };
  if (there.status !== "AUTHORISED" && there.status !== "PAID")
    return { kind: "changed", detail: `Its invoice is ${there.status} in Xero.` };
  const invoiced = await invoicedOf(tx, invoice, books);
  const { minors, faults: ofLines } = creditOf(invoiced.lines, body);
  const total = sumOf(minors);
  const paidBack = sumOf(payments.paid);
  const over =
    ofLines.length === 0 && paidBack > total
      ? [
          orderFault("payments-exceed-total", {
            pointer: "#/payments",
            detail: "More was paid back than is credited.",
          }),
        ]
      : [];
  if (ofLines.length + over.length > 0) return { kind: "refused", faults: [...ofLines, ...over] };
  const amountMinor = atMost(total - paidBack, await owedOf(tx, { orderId, invoice: there }));
  const allocate = amountMinor > 0n ? { invoiceId: there.invoiceId, amountMinor } : null;
  const date = openDay(body.date ?? books.today, books.lockedUntil);
  const reason = body.reason ?? "Refund";
  const credit = {
    refundNumber: body.refundNumber,
    contentHash,
    reason,
    date,
    minors,
    contactId: there.contactId,
    allocate,
    payments: payments.planned,
  };
  await promiseCredit(tx, { ...order, ...sender }, { invoiced, credit });
  await record(tx, {
    ...{
      firmId: sender.firmId,
      actor: sender.actor,
      subject: `order:${orderId}`,
      action: "order.refunded",
    },
    detail: {
      source: order.source,
      number: order.number,
      refund: body.refundNumber,
      minor: String(total),
      currency: order.currency,
    },
  });
  return { kind: "taken", outcome: "new", totalMinor: total, allocatedMinor: allocate?.amountMinor ?? 0n };
}

async function refundNamed(tx: Db, orderId: string, refundNumber: string) {
  const [row] = await tx
    .select({ contentHash: orderDocuments.contentHash })
    .from(orderDocuments)
    .where(
      and(
        eq(orderDocuments.orderId, orderId),
        eq(orderDocuments.kind, "order_credit"),
        eq(orderDocuments.refundNumber, refundNumber),
      ),
    );
  return row;
}
