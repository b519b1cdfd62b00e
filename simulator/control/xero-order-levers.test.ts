/** What a person does to tracking, items and orders, and what is true of them afterwards. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { messages } from "../xero/test-books.ts";
import { type Desk, openDesk } from "../xero/test-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const lever = (name: string, body: object) => desk.control(`/xero/${name}`, { tenantId: desk.au, ...body });
const truth = async (what: string, query: string) =>
  Object.values(await desk.control(`/xero/${what}?tenantId=${desk.au}&${query}`))[0] as Record<
    string,
    unknown
  >[];

test("an option is archived, renamed and deleted, and so is its category", async () => {
  const [seeded] = await truth("tracking-categories", "name=Region");
  expect(seeded?.options).toContainEqual(expect.objectContaining({ name: "Old Town", status: "ARCHIVED" }));
  await lever("tracking", { category: "Region", option: "North", status: "ARCHIVED" });
  await lever("tracking", { category: "Region", option: "South", name: "Southern" });
  await lever("tracking", { category: String(seeded?.id), name: "Area" });
  const [area] = (await desk.call("GET", '/TrackingCategories?where=Name=="Area"')).body.TrackingCategories;
  expect(area.Options.map(({ Name }: { Name: string }) => Name)).toEqual(["Southern", "West Coast"]);
  await lever("tracking", { category: "Area", option: "Southern", status: "DELETED" });
  await lever("tracking", { category: "Area", status: "DELETED" });
  expect((await desk.call("GET", `/TrackingCategories/${area.TrackingCategoryID}`)).status).toBe(404);
  expect(await truth("tracking-categories", "name=Area")).toMatchObject([{ status: "DELETED" }]);
  expect(await lever("tracking", { category: "Area", status: "ACTIVE" })).toEqual({
    error: "No such tracking category",
  });
});

test("two categories are active at most, and names have no twins", async () => {
  const [service] = await truth("tracking-categories", "name=Service");
  expect(await lever("tracking", { category: "Service", option: "Tax", name: "PAYROLL" })).toEqual({
    error: "For each specified tracking option the name must be unique",
  });
  const made = async (Name: string) =>
    (await desk.call("PUT", "/TrackingCategories", { body: { Name } })).body.TrackingCategories[0];
  const first = await made("First");
  expect(await lever("tracking", { category: "First", name: "service" })).toEqual({
    error: "The name of a tracking category must be unique",
  });
  await lever("tracking", { category: "First", status: "ARCHIVED" });
  await made("Second");
  expect(await lever("tracking", { category: "First", status: "ACTIVE" })).toEqual({
    error: "An organisation can have a maximum of 2 active tracking categories",
  });
  expect(await truth("tracking-categories", "name=First")).toMatchObject([
    { id: first.TrackingCategoryID, status: "ARCHIVED" },
  ]);
  expect(await truth("tracking-categories", "name=Service")).toEqual([service]);
});

test("a price is a number", async () => {
  expect((await lever("item", { item: "RETURN", salesPrice: "abc" })).error).toContain("Not a number");
  expect(await truth("items", "code=RETURN")).toMatchObject([{ sales: { unitPrice: 9_900_000 } }]);
});

test("another percent of a rate of an app is of one part", async () => {
  const TaxComponents = [
    { Name: "State", Rate: 7 },
    { Name: "City", Rate: 1 },
  ];
  const body = { Name: "Parts", ReportTaxType: "OUTPUT", TaxComponents };
  const [{ TaxType }] = (await desk.call("PUT", "/TaxRates", { body })).body.TaxRates;
  await lever("tax-rate", { taxType: TaxType, percent: 9.25 });
  const [after] = (await desk.call("GET", `/TaxRates/${TaxType}`)).body.TaxRates;
  expect(after).toMatchObject({ EffectiveRate: 9.25, TaxComponents: [{ Name: "Tax", Rate: 9.25 }] });
  expect(messages(await desk.call("POST", "/TaxRates", { body }))).toEqual([
    "Tax components cannot be removed or renamed",
  ]);
});

test("an item gets another price and code, and is gone", async () => {
  await lever("item", { item: "hour", salesPrice: "200.1255", code: "HOURS" });
  const [item] = (await desk.call("GET", "/Items/HOURS?unitdp=4")).body.Items;
  expect(item.SalesDetails.UnitPrice).toBe(200.1255);
  expect(await truth("items", "code=HOURS")).toMatchObject([{ sales: { unitPrice: 2_001_255 } }]);
  expect(await lever("item", { item: "HOURS", code: "return" })).toEqual({
    error: "Another item has that code",
  });
  await lever("item", { item: "HOURS", isThere: false });
  expect([await truth("items", "code=HOURS"), (await desk.call("GET", "/Items/HOURS")).status]).toEqual([
    [],
    404,
  ]);
});

test("an order goes where a person wants it, and its history says who", async () => {
  const [contact] = await truth("contacts", "name=Bayside+Club");
  const order = { Contact: { ContactID: contact?.id }, Status: "BILLED", PurchaseOrderNumber: "PERSON-1" };
  const LineItems = [{ ItemCode: "PAPER-A4", Quantity: 2 }];
  const [made] = (await desk.call("PUT", "/PurchaseOrders", { body: { ...order, LineItems } })).body
    .PurchaseOrders;
  expect(made).toMatchObject({ SubTotal: 60.25, TotalTax: 6.03, Total: 66.28 });
  await lever("purchase-order", { purchaseOrder: "PERSON-1", status: "AUTHORISED", reference: "By hand" });
  const [truly] = await truth("purchase-orders", "number=PERSON-1");
  expect(truly).toMatchObject({ status: "AUTHORISED", reference: "By hand", total: 6628 });
  const { HistoryRecords } = (await desk.call("GET", `/PurchaseOrders/${made.PurchaseOrderID}/History`)).body;
  const users = HistoryRecords.map(({ User }: { User: string }) => User);
  expect(users[1]).toBe("System Generated");
  expect(users[0]).not.toBe("System Generated");
  await lever("purchase-order", { purchaseOrder: "PERSON-1", status: "DELETED" });
  expect(await lever("purchase-order", { purchaseOrder: "PERSON-1", status: "DRAFT" })).toEqual({
    error: "It has been deleted already",
  });
});
