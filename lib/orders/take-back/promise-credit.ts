import { and, eq, inArray, sql } from "drizzle-orm";
import { orderDocuments, orders } from "#db/schema/orders.ts";
import type { Db } from "#lib/core/db.ts";
import { sumOf, toDecimal } from "#lib/core/money/money.ts";
import { percentOf } from "#lib/mapping/target-rules.ts";
import { createDocumentPosting } from "#lib/posting/order-kinds/create-document.ts";
import { type InvoiceBody, invoiceBody } from "#lib/posting/order-kinds/invoice.ts";
import { documentStates } from "#lib/posting/read-documents.ts";
import { freeReference } from "#lib/posting/reference.ts";
import { type Amounts, lineAmounts } from "../plan/amount-rules.ts";
import type { Books } from "../plan/plan.ts";
import { seedOf } from "../promise/promise-documents.ts";
import type { KeptOrder } from "../store.ts";
import type { InvoicedLine } from "./credit-lines.ts";
import type { OrderDocumentRow } from "./take-back.ts";

const AMOUNTS = { Exclusive: "exclusive", Inclusive: "inclusive", NoTax: "none" } as const satisfies Record<
  InvoiceBody["amounts"],
  Amounts
>;

/** An order's invoice as it was promised. */
export type Invoiced = { body: InvoiceBody; lines: InvoicedLine[] };

/** What an order's invoice says, each line with its tax in it, so that the lines come to its total in Xero, and what is left of each. */
export async function invoicedOf(db: Db, invoice: OrderDocumentRow, { chart }: Books): Promise<Invoiced> {
  const state = (await documentStates(db, [invoice.id])).get(invoice.id);
  if (!state) throw new Error(`The invoice ${invoice.id} was not promised`);
  const body = invoiceBody.parse(state.body);
  const credited = await partsCredited(db, invoice.orderId);
  const lines = body.lines.map((line): InvoicedLine => {
    const percent = percentOf(chart, line.taxType ?? "") ?? "0";
    const { lineMinor, taxMinor } = lineAmounts(line, { amounts: AMOUNTS[body.amounts], percent });
    const { description, quantity, accountCode, taxType, itemCode, tracking } = line;
    const grossMinor = body.amounts === "Exclusive" ? lineMinor + taxMinor : lineMinor;
    const target = { accountCode, taxType, itemCode, tracking };
    return { description, quantity, ...target, grossMinor, leftMinor: 0n };
  });
  // Xero has rounded otherwise, or a tax rate has changed since: the last line bears what it makes different.
  const differs = state.totalMinor - sumOf(lines.map(({ grossMinor }) => grossMinor));
  const last = lines.at(-1);
  if (last) last.grossMinor += differs;
  for (const [at, line] of lines.entries()) line.leftMinor = line.grossMinor - (credited[at] ?? 0n);
  return { body, lines };
}

/** What has been credited of an order, or is about to be, in hundredths. */
export async function creditedOf(tx: Db, orderId: string): Promise<bigint> {
  const rows = await tx
    .select({ totalMinor: orderDocuments.totalMinor })
    .from(orderDocuments)
    .where(and(eq(orderDocuments.orderId, orderId), inArray(orderDocuments.kind, ["order_credit"])));
  return sumOf(rows.map(({ totalMinor }) => totalMinor));
}

/** What the credit notes of an order take back of each line, by its place. */
async function partsCredited(db: Db, orderId: string): Promise<bigint[]> {
  const rows = await db
    .select({ parts: orderDocuments.parts })
    .from(orderDocuments)
    .where(and(eq(orderDocuments.orderId, orderId), eq(orderDocuments.kind, "order_credit")));
  const sums: bigint[] = [];
  for (const { parts } of rows)
    for (const [at, part] of (parts ?? []).entries()) sums[at] = (sums[at] ?? 0n) + BigInt(part);
  return sums;
}

export type Credit = {
  refundNumber: string;
  contentHash: string | null;
  reason: string;
  date: string;
  /** Of each of the invoice's lines, with its tax; zero for what gives nothing. */
  minors: bigint[];
  /** Whose invoice it corrects, as Xero has it now: of a contact that was merged its successor. */
  contactId: string;
  /** How much of it is set against the invoice. */
  allocate: { invoiceId: string; amountMinor: bigint } | null;
  payments: { accountId: string; amountMinor: bigint; date: string }[];
};

/** Promises a credit note of an order to Xero, once. Its lines have the invoice's accounts and tax, and their tax in them. */
export async function promiseCredit(
  tx: Db,
  order: KeptOrder & { firmId: string; connectionId: string; currency: string },
  { invoiced, credit }: { invoiced: Invoiced; credit: Credit },
): Promise<void> {
  const { id: orderId, firmId, connectionId, revision, currency } = order;
  const { refundNumber, contentHash, date, minors, allocate, payments } = credit;
  const totalMinor = sumOf(minors);
  const [document] = await tx
    .insert(orderDocuments)
    .values({
      orderId,
      firmId,
      connectionId,
      kind: "order_credit",
      revision,
      refundNumber,
      contentHash,
      currency,
      totalMinor,
      parts: minors.map(String),
    })
    .returning({ id: orderDocuments.id });
  if (!document) throw new Error("A credit note of an order was not kept");
  const seed = `${seedOf(connectionId, { ...order, kind: "order_credit" })} ${refundNumber}`;
  const reference = await freeReference(tx, seed, false);
  const lines = invoiced.lines.flatMap(
    ({ grossMinor: _, leftMinor: __, quantity: ___, description, ...target }, at) => {
      const minor = minors[at] ?? 0n;
      if (minor === 0n) return [];
      const says = `${credit.reason}: ${description}`.slice(0, 4_000).toWellFormed();
      return [
        {
          ...target,
          description: says,
          quantity: "1",
          unitPrice: toDecimal({ minor, currency }),
          taxAmount: null,
        },
      ];
    },
  );
  await createDocumentPosting(tx, {
    kind: "order_credit",
    ...{
      firmId,
      connectionId,
      reference,
      currency,
      date,
      sourceId: document.id,
      amountMinor: totalMinor,
      afterId: null,
    },
    // Xero numbers it, so that a restored desk looks for it before it sends one.
    origin: { id: seed, at: new Date(0) },
    body: {
      ...{ contactId: credit.contactId, number: null, date, status: "AUTHORISED", lines },
      referenceText: `${order.number.slice(0, 200)} ${reference}`,
      amounts: invoiced.body.amounts === "NoTax" ? "NoTax" : "Inclusive",
      allocate: allocate && { ...allocate, amountMinor: String(allocate.amountMinor) },
      payments: payments.map((payment) => ({ ...payment, amountMinor: String(payment.amountMinor) })),
    },
  });
  await tx.update(orders).set({ changedAt: sql`now()` }).where(eq(orders.id, orderId));
}
