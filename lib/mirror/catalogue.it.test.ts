import { eq } from "drizzle-orm";
import { afterEach, beforeAll, expect, test } from "vitest";
import { items, trackingCategories } from "#db/schema/mirror.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { differences } from "#lib/testing/truth/mirror-truth.ts";
import { replaceItems } from "./ledger-store.ts";
import { readChanges } from "./sync/delta.ts";
import { readUnread } from "./sync/read-unread.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
});
afterEach(() => simulator().control("DELETE", "/control/faults"));

const lever = (name: string, body: object) =>
  simulator().control("POST", `/control/xero/${name}`, { tenantId: desk.tenantId, ...body });
const fault = (path: string, effect: object) =>
  simulator().control("POST", "/control/faults", { method: "GET", path: `/api.xro/2.0/${path}`, effect });
const read = () => readChanges(db(), desk.books, { kinds: ["items", "tracking_categories"], force: true });
const wrong = () => differences(db(), simulator(), { ...desk.books, tenantId: desk.tenantId });

const itemsKept = async () => {
  const rows = await db().select().from(items).where(eq(items.connectionId, desk.books.connectionId));
  return new Map(rows.map((row) => [row.code, row]));
};
const categoriesKept = async () => {
  const of = eq(trackingCategories.connectionId, desk.books.connectionId);
  const rows = await db().select().from(trackingCategories).where(of);
  return new Map(rows.map((row) => [row.name, row]));
};

test("a first reading brings items and tracking categories, archived options too", async () => {
  expect(await wrong()).toEqual([]);
  expect((await itemsKept()).get("HOUR")).toMatchObject({
    ...{ name: "Consulting, by the hour", isSold: true, isPurchased: false, isTracked: false },
    ...{ salesAccountCode: "200", salesTaxType: "OUTPUT" },
  });
  expect((await categoriesKept()).get("Region")?.options).toContainEqual({
    ...{ optionId: expect.any(String), name: "Old Town", status: "ARCHIVED" },
  });
});

test("what somebody renames, archives or deletes in Xero is so with the next reading", async () => {
  await lever("item", { item: "HOUR", code: "HOURS", name: "Advice, by the hour" });
  await lever("item", { item: "RETURN", isThere: false });
  await lever("tracking", { category: "Region", name: "Area" });
  await lever("tracking", { category: "Area", option: "North", status: "ARCHIVED" });
  await lever("tracking", { category: "Area", option: "South", status: "DELETED" });
  await lever("tracking", { category: "Service", status: "ARCHIVED" });
  await read();
  expect(await wrong()).toEqual([]);
  expect([...(await itemsKept()).keys()].sort()).toEqual(["HOURS", "PAPER-A4"]);
  const { Area, Service } = Object.fromEntries(await categoriesKept());
  expect(Area?.options.map(({ name, status }) => `${name} ${status}`).sort()).toEqual([
    ...["North ARCHIVED", "Old Town ARCHIVED", "West Coast ACTIVE"],
  ]);
  expect(Service?.status).toBe("ARCHIVED");
});

test("a category that is deleted in Xero is forgotten", async () => {
  await lever("tracking", { category: "Service", status: "DELETED" });
  await read();
  expect([...(await categoriesKept()).keys()]).toEqual(["Area"]);
});

test("what can't be read is kept as it was, and told, until it can", async () => {
  const [paper, area] = [(await itemsKept()).get("PAPER-A4"), (await categoriesKept()).get("Area")];
  await fault("Items", { kind: "odd-row", id: paper?.itemId, set: { Code: null } });
  await fault("TrackingCategories", { kind: "odd-row", id: area?.categoryId, set: { Status: 7 } });
  await lever("item", { item: "HOURS", name: "Advice" });
  await read();
  expect((await itemsKept()).get("PAPER-A4")).toEqual(paper);
  expect((await itemsKept()).get("HOURS")).toMatchObject({ name: "Advice" });
  expect((await categoriesKept()).get("Area")).toEqual(area);
  const unread = () => readUnread(db(), desk.caller.firm);
  expect(await unread()).toHaveLength(2);
  await simulator().control("DELETE", "/control/faults");
  await read();
  expect(await unread()).toEqual([]);
});

test("an organisation whose last item is deleted has none", async () => {
  for (const item of ["HOURS", "PAPER-A4"]) await lever("item", { item, isThere: false });
  await read();
  expect(await itemsKept()).toEqual(new Map());
});

test("a firm may sell more things than one statement can hold", async () => {
  const rows = Array.from({ length: 7_000 }, (_, at) => ({
    ...{
      itemId: `item-${at}`,
      code: `C-${at}`,
      name: null,
      isSold: true,
      isPurchased: false,
      isTracked: false,
    },
    ...{ salesAccountCode: null, salesTaxType: null },
  }));
  await replaceItems(db(), desk.books, { rows, unreadable: [] });
  expect((await itemsKept()).size).toBe(7_000);
});
