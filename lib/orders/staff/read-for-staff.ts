import { and, asc, eq, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import {
  orderAttachments,
  orderContacts,
  orderDocuments,
  orderRevisions,
  orders,
} from "#db/schema/orders.ts";
import type { Db } from "#lib/core/db.ts";
import { sumOf } from "#lib/core/money/money.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { findByIds } from "#lib/mirror/read.ts";
import type { OrderBody } from "../order-body.ts";
import {
  findOrder,
  listOrders,
  type OrderDocument,
  type OrderFilter,
  type OrderView,
  type Position,
} from "../read.ts";

/** The invoice that an order is at present, or was last. */
export type OrderInvoice = {
  /** Null while Xero has not given it one. */
  number: string | null;
  /** Null until it is in Xero. */
  xeroId: string | null;
};
export type OrderRow = OrderView & { invoice: OrderInvoice | null };

const PAGE = 50;

/** A firm's orders that fit, newest first, 50 a page unless `limit` says otherwise. Throws `forbidden` to who may not see. */
export async function listOrdersForStaff(
  db: Db,
  firm: FirmContext,
  { limit = PAGE, ...filter }: Omit<OrderFilter, "limit"> & { limit?: number },
): Promise<{ rows: OrderRow[]; next: Position | null }> {
  requireAbility(firm, "see");
  const found = await listOrders(db, firm.firmId, { ...filter, limit: limit + 1 });
  const shown = found.slice(0, limit);
  return {
    rows: await withInvoices(db, shown),
    next: found.length > limit ? (shown.at(-1) ?? null) : null,
  };
}

export type OrderStory = OrderRow & {
  /** What was sent of it, as it is now. */
  content: OrderBody;
  /** The key that it came by; null where staff sent it. */
  apiKeyId: string | null;
  revisions: { revision: number; receivedAt: Date; isByKey: boolean }[];
};

/** One of a firm's orders, with what was sent; undefined when the firm has none of this id. Throws `forbidden` to who may not see. */
export async function readOrderForStaff(
  db: Db,
  firm: FirmContext,
  orderId: string,
): Promise<OrderStory | undefined> {
  requireAbility(firm, "see");
  const order = await findOrder(db, { firmId: firm.firmId }, orderId);
  if (!order) return undefined;
  const [[row], sent] = await Promise.all([
    withInvoices(db, [order]),
    db
      .select({
        revision: orderRevisions.revision,
        receivedAt: orderRevisions.receivedAt,
        apiKeyId: orderRevisions.apiKeyId,
        content: orderRevisions.content,
      })
      .from(orderRevisions)
      .where(eq(orderRevisions.orderId, orderId))
      .orderBy(asc(orderRevisions.receivedAt)),
  ]);
  const now = sent.find(({ revision }) => revision === order.revision);
  if (!row || !now) throw new Error(`Order ${orderId} lacks what was sent of it`);
  return {
    ...row,
    content: now.content as OrderBody,
    apiKeyId: now.apiKeyId,
    revisions: sent.map(({ revision, receivedAt, apiKeyId }) => ({
      ...{ revision, receivedAt, isByKey: apiKeyId !== null },
    })),
  };
}

/** The systems that a firm's orders come from, as they call themselves. Throws `forbidden` to who may not see. */
export async function sourcesOfOrders(db: Db, firm: FirmContext): Promise<string[]> {
  requireAbility(firm, "see");
  // From one to the next by the index: of a million orders it reads as many entries as there are sources.
  const next = (beyond: SQL | undefined) =>
    sql`(select ${orders.source} from ${orders} where ${and(eq(orders.firmId, firm.firmId), beyond)} order by ${orders.source} limit 1)`;
  const { rows } = await db.execute<{ source: string }>(sql`
    with recursive found as (
      select ${next(undefined)} as source
      union all
      select ${next(sql`${orders.source} > found.source`)} from found where found.source is not null
    ) select source from found where source is not null`);
  return rows.map(({ source }) => source);
}

/** How many of a firm's orders are held. Throws `forbidden` to who may not see. */
export async function countHeld(db: Db, firm: FirmContext): Promise<number> {
  requireAbility(firm, "see");
  const [row] = await db
    .select({ orders: sql<number>`count(*)::int` })
    .from(orders)
    .where(and(eq(orders.firmId, firm.firmId), isNotNull(orders.faults), isNull(orders.cancelledAt)));
  return row?.orders ?? 0;
}

/** What a posting of an order is for: the order, or the person whom a contact is made for. */
export type OrderOfSource = { orderId: string; words: string } | { contact: string };

/** The orders, or new contacts, that these sources of postings are of, by source; others are left out. Throws `forbidden`. */
export async function ordersOfSources(
  db: Db,
  firm: FirmContext,
  sourceIds: string[],
): Promise<Map<string, OrderOfSource>> {
  requireAbility(firm, "see");
  if (sourceIds.length === 0) return new Map();
  const [documents, files, contacts] = await Promise.all([
    db
      .select({
        sourceId: orderDocuments.id,
        orderId: orders.id,
        source: orders.source,
        number: orders.number,
      })
      .from(orderDocuments)
      .innerJoin(orders, eq(orders.id, orderDocuments.orderId))
      .where(and(eq(orderDocuments.firmId, firm.firmId), inArray(orderDocuments.id, sourceIds))),
    db
      .select({
        ...{ sourceId: orderAttachments.id, orderId: orders.id },
        ...{ source: orders.source, number: orders.number },
      })
      .from(orderAttachments)
      .innerJoin(orders, eq(orders.id, orderAttachments.orderId))
      .where(and(eq(orderAttachments.firmId, firm.firmId), inArray(orderAttachments.id, sourceIds))),
    db
      .select({ sourceId: orderContacts.id, name: orderContacts.name })
      .from(orderContacts)
      .where(and(eq(orderContacts.firmId, firm.firmId), inArray(orderContacts.id, sourceIds))),
  ]);
  return new Map<string, OrderOfSource>([
    ...[...documents, ...files].map(({ sourceId, orderId, source, number }) => {
      return [sourceId, { orderId, words: `${source} ${number}` }] as const;
    }),
    ...contacts.map(({ sourceId, name }) => [sourceId, { contact: name }] as const),
  ]);
}

/** Adds each order's invoice, with the number that Xero gave it where we gave none. */
async function withInvoices(db: Db, views: OrderView[]): Promise<OrderRow[]> {
  const rows = views.map((view) => ({ ...view, invoice: invoiceOf(view.documents) }));
  const given = new Map<string, string | null>();
  for (const [connectionId, ofIt] of Map.groupBy(rows, (row) => row.connectionId)) {
    const ids = ofIt.flatMap(({ invoice }) => (invoice?.number === null ? (invoice.xeroId ?? []) : []));
    for (const { invoiceId, number } of await findByIds(db, connectionId, ids)) given.set(invoiceId, number);
  }
  return rows.map(({ invoice, ...row }) => ({
    ...row,
    invoice: invoice && { ...invoice, number: invoice.number ?? given.get(invoice.xeroId ?? "") ?? null },
  }));
}

function invoiceOf(documents: OrderDocument[]): OrderInvoice | null {
  const found =
    documents.find(({ documentKind, takenBackAt }) => documentKind === "invoice" && !takenBackAt) ??
    documents.findLast(({ documentKind }) => documentKind === "invoice");
  return found ? { number: numberOf(found), xeroId: found.xeroId } : null;
}

/** The number that we gave a document; null where Xero gives it. */
export function numberOf({ body }: Pick<OrderDocument, "body">): string | null {
  const { number } = (body ?? {}) as { number?: unknown };
  return typeof number === "string" ? number : null;
}

/** Whether a document of an order was refused that may be written anew by what is mapped now. */
export function mayBeRewritten({
  state,
  cancelledAt,
  documents,
}: Pick<OrderView, "state" | "cancelledAt" | "documents">): boolean {
  const isRefused = documents.some((one) => one.state === "refused" && one.documentKind !== "order_credit");
  return state === "refused" && !cancelledAt && isRefused;
}

/** What of an order's invoice has not been credited yet, in hundredths; zero while there is none in Xero. */
export function leftToCredit({
  cancelledAt,
  documents,
}: Pick<OrderView, "cancelledAt" | "documents">): bigint {
  const invoice = documents.find(
    ({ documentKind, takenBackAt }) => documentKind === "invoice" && !takenBackAt,
  );
  if (cancelledAt || invoice?.state !== "done") return 0n;
  const credited = documents.filter(({ documentKind }) => documentKind === "order_credit");
  return invoice.totalMinor - sumOf(credited.map(({ totalMinor }) => totalMinor));
}
