import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { orderTimeline } from "#lib/evidence/order-timeline.ts";
import type { FirmContext } from "#lib/firms/authorise.ts";
import { listRefused, onItsWay } from "#lib/posting/read.ts";
import { testDb } from "#lib/testing/database.ts";
import { fillOrders } from "#lib/testing/orders/many-orders.ts";
import { heldGroups } from "./held/held-groups.ts";
import { ORDER_STATES } from "./order-state.ts";
import { findOrder, listOrders, type OrderFilter } from "./read.ts";
import {
  countHeld,
  listOrdersForStaff,
  ordersOfSources,
  readOrderForStaff,
  sourcesOfOrders,
} from "./staff/read-for-staff.ts";
import { keptOrders } from "./store.ts";

const ORDERS = 30_000;
/** A page has fifty orders of up to three documents; fifty are held, and fifty on their way. */
const MOST_ROWS = 1_000;

testDb();
const firmId = "00000000-0000-4000-8000-00000000000f";
const connectionId = "00000000-0000-4000-8000-00000000000c";
const firm: FirmContext = {
  ...{ firmId, firmSlug: "", firmName: "", companyId: "", companySlug: "", companyName: "" },
  ...{ role: "owner", firmRole: "owner", companyRole: null },
};
let client: pg.Client;
let asked: { query: string; params: unknown[] }[] = [];
let db: Db;

beforeAll(async () => {
  client = new pg.Client({ connectionString: env().DATABASE_URL });
  await client.connect();
  const logQuery = (query: string, params: unknown[]) => void asked.push({ query, params });
  db = drizzle({ client, casing: "snake_case", logger: { logQuery } });
  await client.query(`
    insert into companies (id, slug, name) values ('${firmId}', 'scale', 'Scale');
    insert into users (id, email, name, password_hash) values ('${firmId}', 's@scale.example', 'S', '-');
    insert into xero_apps (id, company_id, kind, name, client_id, scopes) values ('${firmId}', '${firmId}', 'oauth2', 'App', 'app', 'openid');
    insert into grants (id, app_id, xero_user_id, scopes) values ('${firmId}', '${firmId}', 'u', 'openid');
    insert into firms (id, company_id, slug, name, privacy) values ('${firmId}', '${firmId}', 'f', 'Firm', 'open');
    insert into connections (id, firm_id, grant_id, xero_connection_id, tenant_id, organisation_name, short_code, base_currency,
        country_code, time_zone, clearing_account_id, connected_by)
      values ('${connectionId}', '${firmId}', '${firmId}', 'x', 't', 'Books', '!', 'AUD', 'AU', 'Australia/Sydney', 'clearing', '${firmId}');`);
  await fillOrders(client, { orders: ORDERS, connectionId });
});
afterAll(() => client.end());

type Node = {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: Node[];
};

const nodesOf = (plan: Node): Node[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
const rowsRead = (node: Node) =>
  node["Actual Loops"] *
  (node["Actual Rows"] +
    (node["Rows Removed by Filter"] ?? 0) +
    (node["Rows Removed by Index Recheck"] ?? 0));

/** Each table of which what was asked reads more rows than pages show, and how many. */
async function readWidely(question: (db: Db) => Promise<unknown>): Promise<string[]> {
  asked = [];
  await question(db);
  const statements = asked.filter(({ query }) => /^\s*(select|with)/.test(query));
  expect(statements.length).toBeGreaterThan(0);
  const wide: string[] = [];
  for (const { query, params } of statements) {
    const { rows } = await client.query(`explain (analyze, format json) ${query}`, params);
    for (const node of nodesOf(rows[0]["QUERY PLAN"][0].Plan))
      if (node["Relation Name"] && rowsRead(node) > MOST_ROWS)
        wide.push(`${node["Node Type"]} of ${node["Relation Name"]}: ${rowsRead(node)} rows`);
  }
  return wide;
}

const list =
  (filter: Omit<OrderFilter, "limit">) =>
  (on: Db): Promise<unknown> =>
    listOrdersForStaff(on, firm, filter);

/** Before almost all of them. */
const deep = async () => {
  const { rows } = await client.query<{ id: string; at: Date }>(
    "select id, received_at as at from orders where firm_id = $1 order by received_at offset 200 limit 1",
    [firmId],
  );
  return { id: rows[0]?.id ?? "", receivedAt: rows[0]?.at ?? new Date() };
};
const some = async () => {
  const { rows } = await client.query<{ id: string; source: string; number: string }>(
    "select id, source, number from orders where firm_id = $1 and number = 'W-1015001'",
    [firmId],
  );
  return rows[0] ?? { id: "", source: "", number: "" };
};

const QUESTIONS: [string, (db: Db) => Promise<unknown>][] = [
  ["the first page", list({})],
  ["a deep page", async (on) => listOrdersForStaff(on, firm, { after: await deep() })],
  ...ORDER_STATES.map((state): [string, (db: Db) => Promise<unknown>] => [`the ${state}`, list({ state })]),
  ["those of a source", list({ source: "till" })],
  ["those of a source of long ago", list({ source: "old shop" })],
  ["those of an organisation", list({ connectionId })],
  ["those held for one matter", list({ heldFor: { code: "kind-unmapped", subject: "Hire" } })],
  ["one by its number", async (on) => listOrdersForStaff(on, firm, { search: (await some()).number })],
  ["those of a buyer", list({ search: "Zephyrine Q" })],
  ["those of a first name", list({ search: "Hana" })],
  ["those of nobody", list({ search: "Xylander" })],
  ["the sources", (on) => sourcesOfOrders(on, firm)],
  ["how many are held", (on) => countHeld(on, firm)],
  ["what keeps them", (on) => heldGroups(on, firm)],
  ["what is on its way", (on) => onItsWay(on, firm)],
  [
    "what was refused, and of which orders",
    async (on) => {
      const refused = await listRefused(on, firm);
      await ordersOfSources(
        on,
        firm,
        refused.map(({ sourceId }) => sourceId),
      );
    },
  ],
  [
    "an order's page",
    async (on) => {
      const order = await readOrderForStaff(on, firm, (await some()).id);
      if (!order) throw new Error("No order was filled in");
      await orderTimeline(on, firm, order);
    },
  ],
  [
    "a page of the API",
    async (on) => listOrders(on, firmId, { connectionId, after: await deep(), limit: 51 }),
  ],
  [
    "one of the API by its name",
    async (on) => {
      const { source, number } = await some();
      await listOrders(on, firmId, { connectionId, source, number, limit: 51 });
    },
  ],
  ["one of the API by its id", async (on) => findOrder(on, { firmId, connectionId }, (await some()).id)],
  ["whether a batch was sent before", async (on) => keptOrders(on, connectionId, [await some()])],
];

test.each(QUESTIONS)(
  "%s: read by indexes, a page's worth of rows, however many orders there are",
  async (_, question) => {
    expect(await readWidely(question)).toEqual([]);
  },
);
