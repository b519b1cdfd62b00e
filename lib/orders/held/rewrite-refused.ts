import { and, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { orderDocuments, orderRevisions, orders } from "#db/schema/orders.ts";
import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { inTransaction } from "#lib/core/in-transaction.ts";
import { documentsIn } from "#lib/posting/read-documents.ts";
import { isAllUnsent, lockDocuments, withdrawDocuments } from "#lib/posting/take-back-documents.ts";
import { getLine } from "#lib/xero/organisations/connections.ts";
import type { Sender } from "../accept/accept-orders.ts";
import { inItsPlace } from "../accept/in-its-place.ts";
import type { OrderBody } from "../order-body.ts";
import { loadBooks } from "../plan/load-books.ts";
import type { Books } from "../plan/plan.ts";
import { planOrders } from "../plan/plan-orders.ts";
import { promiseDocuments } from "../promise/promise-documents.ts";
import { CURRENT, PLANNED_ANEW } from "../store.ts";
import { liveDocuments, replacesVoided } from "../take-back/take-back.ts";

/**
 * Plans anew, by the mapping and the books of now, what Xero has refused of an organisation's orders: a refused document says for
 * ever what was mapped when it was promised. Those of which a part is in Xero, or may be, are left as they are. How many were.
 */
export async function rewriteRefused(db: Db, connectionId: string): Promise<number> {
  const line = await getLine(db, connectionId);
  if (!line || line.ended) return 0;
  const refused = documentsIn(line.firmId, ["refused"]);
  const rows = await db
    .selectDistinct({ id: orders.id })
    .from(orders)
    .innerJoin(orderDocuments, eq(orderDocuments.orderId, orders.id))
    .where(
      and(
        eq(orders.connectionId, connectionId),
        isNull(orders.cancelledAt),
        isNull(orders.faults),
        isNull(orderDocuments.takenBackAt),
        inArray(orderDocuments.kind, ["invoice", "purchase_order"]),
        sql`${orderDocuments.id} in ${refused}`,
      ),
    );
  const books = await loadBooks(db, connectionId);
  let written = 0;
  await eachAlone(db, rows, {
    kind: "order-rewrite",
    idOf: ({ id }) => id,
    async work({ id }) {
      if (await rewrite(db, id, { books, actor: "worker" })) written += 1;
    },
  });
  return written;
}

/** The same of one order, in the name of who asks for it. False when nothing was changed. */
export async function rewriteOne(
  db: Db,
  { connectionId, orderId, actor }: { connectionId: string; orderId: string; actor: Sender["actor"] },
): Promise<boolean> {
  return rewrite(db, orderId, { books: await loadBooks(db, connectionId), actor });
}

async function rewrite(
  db: Db,
  orderId: string,
  { books, actor }: { books: Books; actor: Sender["actor"] },
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const [order] = await tx
      .select(PLANNED_ANEW)
      .from(orders)
      .innerJoin(orderRevisions, CURRENT)
      .where(and(eq(orders.id, orderId), isNull(orders.cancelledAt), isNotNull(orders.promisedAt)))
      .for("update", { of: orders });
    if (!order) return false;
    const ids = (await liveDocuments(tx, orderId)).map(({ id }) => id);
    if (ids.length === 0 || !isAllUnsent(await lockDocuments(tx, ids))) return false;
    const content = order.content as OrderBody;
    const { connectionId, apiKeyId, receivedAt } = order;
    const isPromised = await replacesVoided(tx, orderId);
    const [plan] = await planOrders(tx, {
      connectionId,
      books,
      orders: [{ order: content, isPromised, apiKeyId, receivedAt }],
    });
    if (!plan) return false;
    await withdrawDocuments(tx, ids);
    await tx.delete(orderDocuments).where(inArray(orderDocuments.id, ids));
    const { planned, faults } = plan;
    if (planned) {
      const { date, totals } = planned.invoice;
      await tx
        .update(orders)
        .set({ date, totalMinor: totals.totalMinor, buyer: planned.buyer.name })
        .where(eq(orders.id, orderId));
      const shownAs = content.reference ?? null;
      await promiseDocuments(tx, { ...order, shownAs }, await inItsPlace(tx, order, planned));
    } else {
      await tx
        .update(orders)
        .set({ faults, promisedAt: null, changedAt: sql`now()` })
        .where(eq(orders.id, orderId));
    }
    await record(tx, {
      ...{ firmId: order.firmId, actor, subject: `order:${orderId}` },
      action: planned ? "order.rewritten" : "order.held",
      detail: {
        ...{ source: order.source, number: order.number, revision: order.revision },
        ...(planned ? {} : { faults: faults.map(({ code }) => code).join(" ") }),
      },
    });
    return true;
  });
}
