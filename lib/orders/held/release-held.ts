import { and, asc, eq, gt, gte, isNotNull, or, type SQL, sql } from "drizzle-orm";
import { orderRevisions, orders } from "#db/schema/orders.ts";
import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { inTransaction } from "#lib/core/in-transaction.ts";
import type { Sender } from "../accept/accept-orders.ts";
import { inItsPlace } from "../accept/in-its-place.ts";
import type { OrderBody } from "../order-body.ts";
import { loadBooks } from "../plan/load-books.ts";
import type { Books, Part, Plan } from "../plan/plan.ts";
import { planOrders } from "../plan/plan-orders.ts";
import { lockPersons, partiesOf, promiseDocuments } from "../promise/promise-documents.ts";
import { CURRENT, PLANNED_ANEW } from "../store.ts";

const BATCH = 200;

/**
 * Plans all that is held of an organisation anew, the oldest first, after a mapping or the books have changed: what has no fault
 * any more is promised to Xero, of the rest what keeps it is kept. Says how many were released.
 */
export async function releaseHeld(db: Db, connectionId: string): Promise<number> {
  const books = await loadBooks(db, connectionId);
  let released = 0;
  for (let after: Held | undefined; ; ) {
    const held = await heldOf(db, connectionId, after && isLater(after));
    if (held.length === 0) return released;
    released += await releaseThese(db, held, { connectionId, books, actor: "worker" });
    after = held.at(-1);
  }
}

/** The same of one order, in the name of who asks for it. False while something still keeps it, or when it was not held. */
export async function releaseOne(
  db: Db,
  { connectionId, orderId, actor }: { connectionId: string; orderId: string; actor: Sender["actor"] },
): Promise<boolean> {
  const books = await loadBooks(db, connectionId);
  const held = await heldOf(db, connectionId, eq(orders.id, orderId));
  return (await releaseThese(db, held, { connectionId, books, actor })) > 0;
}

async function releaseThese(
  db: Db,
  held: Held[],
  { connectionId, books, actor }: { connectionId: string; books: Books; actor: Sender["actor"] },
): Promise<number> {
  const plans = await planOrders(db, {
    connectionId,
    books,
    orders: held.map(({ content: order, apiKeyId, receivedAt }) => ({
      ...{ order, isPromised: false, apiKeyId, receivedAt },
    })),
  });
  let released = 0;
  await eachAlone(db, [...held.entries()], {
    kind: "order-release",
    idOf: ([, { id }]) => id,
    async work([at, one]) {
      const plan = plans[at];
      if (plan && (await release(db, one, { ...plan, actor }))) released += 1;
    },
  });
  return released;
}

type Held = Awaited<ReturnType<typeof heldOf>>[number];

function isLater({ receivedAt, id }: Held): SQL | undefined {
  return and(
    gte(orders.receivedAt, receivedAt),
    or(gt(orders.receivedAt, receivedAt), and(eq(orders.receivedAt, receivedAt), gt(orders.id, id))),
  );
}

async function heldOf(db: Db, connectionId: string, which: SQL | undefined) {
  const rows = await db
    .select(PLANNED_ANEW)
    .from(orders)
    .innerJoin(orderRevisions, CURRENT)
    .where(and(eq(orders.connectionId, connectionId), isNotNull(orders.faults), which))
    .orderBy(asc(orders.receivedAt), asc(orders.id))
    .limit(BATCH);
  return rows.map(({ content, ...row }) => ({ ...row, content: content as OrderBody }));
}

/** True when it is held no longer. One that was revised or released meanwhile is left as it is. */
async function release(
  db: Db,
  held: Held,
  { planned, faults, actor }: Part<Plan> & { actor: Sender["actor"] },
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    if (planned) await lockPersons(tx, held, partiesOf(planned));
    const [still] = await tx
      .select({ id: orders.id })
      .from(orders)
      .where(and(eq(orders.id, held.id), eq(orders.revision, held.revision), isNotNull(orders.faults)))
      .for("update");
    if (!still) return false;
    if (!planned) {
      await tx
        .update(orders)
        .set({ faults })
        .where(
          and(
            eq(orders.id, held.id),
            sql`${orders.faults} is distinct from ${JSON.stringify(faults)}::jsonb`,
          ),
        );
      return false;
    }
    const plan = await inItsPlace(tx, held, planned);
    const { date, totals } = planned.invoice;
    await tx
      .update(orders)
      .set({ date, totalMinor: totals.totalMinor, buyer: planned.buyer.name, changedAt: sql`now()` })
      .where(eq(orders.id, held.id));
    await promiseDocuments(tx, { ...held, shownAs: held.content.reference ?? null }, plan);
    await record(tx, {
      ...{ firmId: held.firmId, actor, subject: `order:${held.id}`, action: "order.released" },
      detail: { source: held.source, number: held.number, revision: held.revision },
    });
    return true;
  });
}
