import { and, eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { syncCursors } from "#db/schema/mirror.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { readBooksChart, readChart } from "./chart.ts";
import { readChanges } from "./sync/delta.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  const lever = (name: string, body: object) =>
    simulator().control("POST", `/control/xero/${name}`, { tenantId: desk.tenantId, ...body });
  await lever("tracking", { category: "Service", status: "ARCHIVED" });
  await lever("tax-rate", { taxType: "INPUT", status: "DELETED" });
  await readChanges(db(), desk.books, { force: true });
});

const books = () => readBooksChart(db(), desk.books.connectionId);
const chart = () => readChart(db(), desk.books.connectionId);

test("an account says its class and what its lines are taxed by", async () => {
  const { accounts } = await books();
  expect(accounts.find(({ code }) => code === "200")).toEqual({
    ...{ accountId: expect.any(String), code: "200", name: "Sales", type: "REVENUE", class: "revenue" },
    ...{ status: "ACTIVE", taxType: "OUTPUT", enablePayments: false, systemAccount: null, currency: null },
  });
  expect(accounts.find(({ type }) => type === "BANK")).toMatchObject({ class: "assets" });
  expect((await chart()).accounts).toContainEqual({
    ...{ code: "200", name: "Sales", type: "REVENUE", class: "revenue", taxType: "OUTPUT" },
  });
});

test("a tax rate says which classes of accounts Xero takes it with", async () => {
  const rates = new Map((await chart()).taxRates.map((rate) => [rate.taxType, rate]));
  expect(rates.get("OUTPUT")).toEqual({
    ...{ taxType: "OUTPUT", name: "GST on Income", percent: "10" },
    appliesTo: expect.arrayContaining(["revenue"]),
  });
  expect(rates.get("OUTPUT")?.appliesTo).not.toContain("expenses");
});

test("an item says how it is traded, and what its sales are booked to and taxed by", async () => {
  const hour = {
    ...{ code: "HOUR", name: "Consulting, by the hour", isSold: true, isPurchased: false, isTracked: false },
    ...{ salesAccountCode: "200", salesTaxType: "OUTPUT" },
  };
  expect((await chart()).items).toContainEqual(hour);
  expect((await books()).items).toContainEqual(hour);
});

test("what is archived or deleted in Xero is in the books, and not offered", async () => {
  const [all, offered] = [await books(), await chart()];
  expect(all.tracking.map(({ name, status }) => `${name} ${status}`)).toEqual([
    ...["Region ACTIVE", "Service ARCHIVED"],
  ]);
  expect(all.tracking[0]?.options.map(({ name, status }) => `${name} ${status}`)).toContain(
    "Old Town ARCHIVED",
  );
  expect(offered.trackingCategories).toEqual([
    {
      ...{ id: all.tracking[0]?.categoryId, name: "Region" },
      options: ["North", "South", "West Coast"].map((name) => ({ id: expect.any(String), name })),
    },
  ]);
  expect(all.taxRates.find(({ taxType }) => taxType === "INPUT")).toMatchObject({ status: "DELETED" });
  expect(offered.taxRates.map(({ taxType }) => taxType)).not.toContain("INPUT");
  const archived = all.accounts.filter(({ status }) => status === "ARCHIVED").map(({ code }) => code);
  expect(archived).not.toEqual([]);
  const codes = offered.accounts.map(({ code }) => code);
  expect(codes.filter((code) => archived.includes(code))).toEqual([]);
});

test("the chart is as old as what of it was read longest ago, and has no age while something has not been read", async () => {
  const cursor = and(
    eq(syncCursors.connectionId, desk.books.connectionId),
    eq(syncCursors.kind, "tracking_categories"),
  );
  const readAt = new Date("2026-11-01T10:00:00Z");
  await db().update(syncCursors).set({ syncedAt: readAt }).where(cursor);
  expect((await books()).asOf).toEqual(readAt);
  expect((await chart()).asOf).toEqual(readAt);
  await db().delete(syncCursors).where(cursor);
  expect((await books()).asOf).toBeNull();
});
