/**
 * A process of its own that asks of a small and of a large database in turn what staff's pages and the API ask of orders. argv: the
 * small one's URL, and a connection with keys and contacts as JSON. Prints the milliseconds of each question, small and large.
 */
import { eq, sql } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { connections } from "#db/schema/xero.ts";
import { closeDb, db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { openPool } from "#lib/core/pool.ts";
import { closeQueue } from "#lib/core/queue/queue.ts";
import { orderTimeline } from "#lib/evidence/order-timeline.ts";
import { ordersCsv } from "#lib/evidence/orders-csv.ts";
import type { FirmContext } from "#lib/firms/authorise.ts";
import { acceptOrders } from "#lib/orders/accept/accept-orders.ts";
import { lookAtOrders } from "#lib/orders/accept/look-at-orders.ts";
import { heldGroups } from "#lib/orders/held/held-groups.ts";
import { ORDER_STATES } from "#lib/orders/order-state.ts";
import { findOrder, listOrders, type OrderFilter } from "#lib/orders/read.ts";
import {
  countHeld,
  listOrdersForStaff,
  ordersOfSources,
  readOrderForStaff,
  sourcesOfOrders,
} from "#lib/orders/staff/read-for-staff.ts";
import { listLate } from "#lib/overdue/read.ts";
import { listRefused, onItsWay } from "#lib/posting/read.ts";
import { nextOrder, type OrderBench } from "../measure/order-senders.ts";

log.level = "error";
const TIMES = 20;
const BATCH = 50;

const [smallUrl = "", given = "{}"] = process.argv.slice(2);
const orders = JSON.parse(given) as OrderBench;
const { connectionId } = orders;
const small = drizzle({ client: openPool({ connectionString: smallUrl }), casing: "snake_case" });
const sides = { small, large: db() };

const [books] = await db().select().from(connections).where(eq(connections.id, connectionId));
const firmId = books?.firmId ?? "";
const firm: FirmContext = {
  ...{ firmId, firmSlug: "", firmName: "", companyId: "", companySlug: "", companyName: "" },
  ...{ role: "owner", firmRole: "owner", companyRole: null },
};
const sender = { firmId, connectionId, apiKeyId: null, actor: "worker" as const };

/** A question, its answer thrown away; what it asks about is looked for before it is timed. */
type Question = (db: NodePgDatabase, nth: number) => Promise<unknown>;

const list =
  (filter: Omit<OrderFilter, "limit">): Question =>
  (db) =>
    listOrdersForStaff(db, firm, filter);
const listed =
  (filter: Omit<OrderFilter, "limit">): Question =>
  (db) =>
    listOrders(db, firmId, { connectionId, ...filter, limit: 51 });

const deep = new Map<NodePgDatabase, { receivedAt: Date; id: string }>();
const some = new Map<NodePgDatabase, { id: string; number: string; source: string }[]>();
for (const side of Object.values(sides)) {
  const { rows } = await side.execute<{ id: string; number: string; source: string; at: string }>(sql`
    select id, number, source, received_at::text as at from orders where connection_id = ${connectionId}
    order by md5(number) limit ${TIMES + 3}`);
  some.set(side, rows);
  const { rows: old } = await side.execute<{ id: string; at: string }>(sql`
    select id, received_at::text as at from orders where connection_id = ${connectionId}
      and received_at > now() - interval '700 days' order by received_at limit 1`);
  deep.set(side, { id: old[0]?.id ?? "", receivedAt: new Date(old[0]?.at ?? "") });
}
const after = (db: NodePgDatabase) => ({ after: deep.get(db) });
const one = (db: NodePgDatabase, nth: number) => {
  const order = some.get(db)?.[nth];
  if (!order) throw new Error("No order was filled in");
  return order;
};
const batches = new Map<string, object[]>();
const batch = (side: NodePgDatabase, nth: number) => {
  const key = `${nth} ${side === small}`;
  const made = batches.get(key) ?? Array.from({ length: BATCH }, () => nextOrder(orders, { isPaid: false }));
  batches.set(key, made);
  return made;
};

const QUESTIONS: Record<string, Question> = {
  "list, first page": list({}),
  "list, a deep page": (db) => listOrdersForStaff(db, firm, after(db)),
  ...Object.fromEntries(ORDER_STATES.map((state) => [`list, ${state}`, list({ state })])),
  "list, written, a deep page": (db) => listOrdersForStaff(db, firm, { state: "written", ...after(db) }),
  "list, a source of a quarter": list({ source: "till" }),
  "list, a source of twenty, long ago": list({ source: "old shop" }),
  "list, a source and cancelled": list({ source: "till", state: "cancelled" }),
  "list, an organisation": list({ connectionId }),
  "list, held for one matter": list({ heldFor: { code: "kind-unmapped", subject: "Hire" } }),
  "find, a whole number": (db, nth) => listOrdersForStaff(db, firm, { search: one(db, nth).number }),
  "find, how all numbers begin": list({ search: "W-1" }),
  "find, a buyer of one order": list({ search: "Zephyrine" }),
  "find, a first name of a tenth": list({ search: "Hana" }),
  "find, nobody": list({ search: "Xylander" }),
  "the list of sources": (db) => sourcesOfOrders(db, firm),
  "CSV, its first 500": async (db) => {
    const file = ordersCsv(db, firm, { search: {}, timeZone: "UTC" });
    await file.next();
    await file.next();
    await file.return(undefined);
  },
  "home: how many are held": (db) => countHeld(db, firm),
  "home: refused, late, on its way": async (db) => {
    await Promise.all([listRefused(db, firm), listLate(db, firm), onItsWay(db, firm)]);
  },
  "to-do: held, by what keeps them": (db) => heldGroups(db, firm),
  "to-do: refused, with their orders": async (db) => {
    const refused = await listRefused(db, firm);
    await ordersOfSources(
      db,
      firm,
      refused.map(({ sourceId }) => sourceId),
    );
  },
  "an order's page": async (db, nth) => {
    const order = await readOrderForStaff(db, firm, one(db, nth).id);
    if (order) await orderTimeline(db, firm, order);
  },
  "GET /orders": listed({}),
  "GET /orders, a deep page": (db) => listOrders(db, firmId, { connectionId, ...after(db), limit: 51 }),
  ...Object.fromEntries(ORDER_STATES.map((state) => [`GET /orders?state=${state}`, listed({ state })])),
  "GET /orders?source=": listed({ source: "till" }),
  "GET /orders?source=&number=": (db, nth) => {
    const { source, number } = one(db, nth);
    return listOrders(db, firmId, { connectionId, source, number, limit: 51 });
  },
  "GET /orders?source=, twenty, long ago": listed({ source: "old shop" }),
  "GET /orders/{id}": (db, nth) => findOrder(db, { firmId, connectionId }, one(db, nth).id),
  "a dry run of 50": (db, nth) => lookAtOrders(db, { connectionId, apiKeyId: null }, batch(db, nth + 1_000)),
  "50 new orders": (db, nth) =>
    acceptOrders(db, sender, batch(db, nth), { mode: "each", onFault: "hold" }).then((all) => {
      if (!all.every((each) => each.kind === "taken" && each.outcome === "new"))
        throw new Error(`Not taken: ${JSON.stringify(all.find(({ kind }) => kind !== "taken"))}`);
    }),
  "the same 50 again": (db, nth) =>
    acceptOrders(db, sender, batch(db, nth), { mode: "each", onFault: "hold" }),
};

const timesMs: Record<string, Record<keyof typeof sides, number[]>> = {};
for (const [name, question] of Object.entries(QUESTIONS)) {
  const times = { small: [] as number[], large: [] as number[] };
  timesMs[name] = times;
  for (let nth = 0; nth < TIMES + 3; nth += 1) {
    for (const side of ["small", "large"] as const) {
      const asked = performance.now();
      await question(sides[side], nth);
      // The first three warm up.
      if (nth >= 3) times[side].push(performance.now() - asked);
    }
  }
}
process.stdout.write(JSON.stringify(timesMs));
await small.$client.end();
await closeQueue();
await closeDb();
