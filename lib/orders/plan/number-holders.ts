import { and, eq, inArray } from "drizzle-orm";
import { orderDocuments, orders } from "#db/schema/orders.ts";
import type { Db } from "#lib/core/db.ts";
import { numbersTaken } from "#lib/mirror/numbers-taken.ts";
import { sourcesInXero } from "#lib/posting/read-documents.ts";

/** Another sales invoice in Xero that has the number which an order's would get, and the order that it is of; null: of none of this desk's. */
export type NumberHolder = { order: { id: string; source: string; number: string } | null };

/** Who has these numbers, by their places; null: nobody. `own`: the reference that the order's own invoice would have. */
export async function numberHolders(
  db: Db,
  connectionId: string,
  wanted: { number: string | null; own: string }[],
): Promise<(NumberHolder | null)[]> {
  const taken = await numbersTaken(
    db,
    connectionId,
    wanted.flatMap(({ number }) => number ?? []),
  );
  const others = wanted.map(({ number, own }) =>
    // A restored desk hears of an order anew that the lost one wrote: that one is ours.
    taken.get(number ?? "")?.find(({ reference }) => !reference?.includes(own)),
  );
  const ofOrders = await ordersOf(
    db,
    connectionId,
    others.flatMap((other) => other?.invoiceId ?? []),
  );
  return others.map((other) => (other ? { order: ofOrders.get(other.invoiceId) ?? null } : null));
}

async function ordersOf(db: Db, connectionId: string, invoiceIds: string[]) {
  const sources = await sourcesInXero(db, connectionId, invoiceIds);
  if (sources.size === 0) return new Map<string, NonNullable<NumberHolder["order"]>>();
  const rows = await db
    .select({
      documentId: orderDocuments.id,
      id: orders.id,
      source: orders.source,
      number: orders.number,
    })
    .from(orderDocuments)
    .innerJoin(orders, eq(orders.id, orderDocuments.orderId))
    .where(and(eq(orders.connectionId, connectionId), inArray(orderDocuments.id, [...sources.values()])));
  const byDocument = new Map(rows.map(({ documentId, ...order }) => [documentId, order]));
  return new Map(
    [...sources].flatMap(([invoiceId, documentId]) => {
      const order = byDocument.get(documentId);
      return order ? [[invoiceId, order] as const] : [];
    }),
  );
}
