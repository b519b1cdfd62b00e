import { and, eq, inArray } from "drizzle-orm";
import { orderRevisions, orders } from "#db/schema/orders.ts";
import type { Db } from "#lib/core/db.ts";

/** What names an order for ever, with the organisation that it is of. */
export type OrderName = { source: string; number: string };

/** The two in one text, to compare: neither holds a line's end. */
export function orderName({ source, number }: OrderName): string {
  return `${source}\n${number}`;
}

export type KeptOrder = OrderName & {
  id: string;
  revision: number;
  contentHash: string;
  receivedAt: Date;
  /** Null while it is held. */
  promisedAt: Date | null;
  cancelledAt: Date | null;
};

const kept = {
  id: orders.id,
  source: orders.source,
  number: orders.number,
  revision: orders.revision,
  contentHash: orderRevisions.contentHash,
  receivedAt: orders.receivedAt,
  promisedAt: orders.promisedAt,
  cancelledAt: orders.cancelledAt,
};

/** The revision that an order is at. */
export const CURRENT = and(
  eq(orderRevisions.orderId, orders.id),
  eq(orderRevisions.revision, orders.revision),
);

/** What an order is planned anew by, of its current revision. */
export const PLANNED_ANEW = {
  id: orders.id,
  firmId: orders.firmId,
  connectionId: orders.connectionId,
  source: orders.source,
  number: orders.number,
  revision: orders.revision,
  receivedAt: orders.receivedAt,
  content: orderRevisions.content,
  apiKeyId: orderRevisions.apiKeyId,
};

/** Those of these that an organisation has, by `orderName`. */
export async function keptOrders(
  db: Db,
  connectionId: string,
  names: OrderName[],
): Promise<Map<string, KeptOrder>> {
  if (names.length === 0) return new Map();
  const rows = await db
    .select(kept)
    .from(orders)
    .innerJoin(orderRevisions, CURRENT)
    .where(
      and(
        eq(orders.connectionId, connectionId),
        inArray(orders.source, [...new Set(names.map(({ source }) => source))]),
        inArray(orders.number, [...new Set(names.map(({ number }) => number))]),
      ),
    );
  return new Map(rows.map((row) => [orderName(row), row]));
}

/** One of them, locked until the transaction ends. Throws when there is none. */
export async function lockOrder(
  tx: Db,
  connectionId: string,
  { source, number }: OrderName,
): Promise<KeptOrder> {
  const [row] = await tx
    .select(kept)
    .from(orders)
    .innerJoin(orderRevisions, CURRENT)
    .where(and(eq(orders.connectionId, connectionId), eq(orders.source, source), eq(orders.number, number)))
    .for("update", { of: orders });
  if (!row) throw new Error("An order vanished while it was taken");
  return row;
}

/** An order of an organisation by its id, locked until the transaction ends. */
export async function lockById(
  tx: Db,
  { firmId, connectionId }: { firmId: string; connectionId: string },
  orderId: string,
): Promise<(KeptOrder & { currency: string }) | undefined> {
  const [row] = await tx
    .select({ ...kept, currency: orders.currency })
    .from(orders)
    .innerJoin(orderRevisions, CURRENT)
    .where(and(eq(orders.id, orderId), eq(orders.firmId, firmId), eq(orders.connectionId, connectionId)))
    .for("update", { of: orders });
  return row;
}
