import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { orders } from "#db/schema/orders.ts";
import { testDb } from "#lib/testing/database.ts";
import { openDesk } from "#lib/testing/desk.ts";
import { type OrderDesk, openOrderDesk } from "#lib/testing/orders/order-desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { acceptOrders } from "../accept/accept-orders.ts";
import { latestOrder } from "./latest-order.ts";
import { overSoftVolume, SOFT_VOLUME } from "./monthly-volume.ts";

const db = testDb();
const simulator = testSimulator();
let desk: OrderDesk;

beforeAll(async () => {
  desk = await openOrderDesk(db(), simulator());
});

async function take(kind: string): Promise<string> {
  const number = `W-${randomUUID().slice(0, 8)}`;
  const sender = { ...desk.books, apiKeyId: null, actor: "worker" as const };
  const sent = {
    ...{ source: "till", number, currency: "AUD", amounts: "exclusive" },
    buyer: { person: { name: `Robin ${number}` } },
    lines: [{ kind, description: "Tower", unitPrice: "40.00" }],
  };
  await acceptOrders(db(), sender, [sent], { mode: "each", onFault: "hold" });
  return number;
}

test("a mapping is shown by the newest order that has a line of its kind", async () => {
  const { connectionId } = desk.books;
  const latest = async (kind?: string) =>
    (await latestOrder(db(), desk.caller.firm, { connectionId, ...(kind ? { kind } : {}) }))?.number;
  expect(await latest()).toBeUndefined();
  const [, hire, sale] = [await take("Hire"), await take("Hire"), await take("Sale")];
  expect([await latest(), await latest("Hire"), await latest("Gift")]).toEqual([sale, hire, undefined]);
  const { firm } = (await openDesk(db(), simulator(), { country: "uk", backfill: false })).caller;
  expect(await latestOrder(db(), firm, { connectionId })).toBeUndefined();
});

test("more orders in thirty days than Xero advises are told, of that organisation", async () => {
  const { firmId, connectionId } = desk.books;
  const over = () => overSoftVolume(db(), desk.caller.firm, [connectionId]);
  const fill = (many: number, days: number) =>
    db().execute(sql`insert into ${orders} (firm_id, connection_id, source, number, revision, date, currency, total_minor, buyer, received_at)
      select ${firmId}, ${connectionId}, ${`bulk ${days}`}, n::text, 0, now(), 'AUD', 100, 'Robin', now() - make_interval(days => ${days})
      from generate_series(1, ${many}) n`);
  await fill(SOFT_VOLUME, 31);
  await fill(SOFT_VOLUME - 10, 29);
  expect(await over()).toEqual([]);
  await fill(20, 28);
  expect(await over()).toEqual([connectionId]);
});
