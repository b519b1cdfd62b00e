/** Items, and what lines take from them (DOC items; xero-documents 7). */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { messages } from "../../test-books.ts";
import { type Desk, openDesk } from "../../test-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

const put = (body: object, query = "") => desk.call("PUT", `/Items${query}`, { body });
const post = (body: object, below = "") => desk.call("POST", `/Items${below}`, { body });
const get = async (below: string) => (await desk.call("GET", `/Items${below}`)).body.Items;
const made = async (body: object, query = "") => (await put(body, query)).body.Items[0];

const box = {
  ...{
    Code: "BOX",
    Name: "Box of paper",
    Description: "A box of paper",
    PurchaseDescription: "Paper, a box",
  },
  SalesDetails: { UnitPrice: 42.595, AccountCode: "200" },
  PurchaseDetails: { UnitPrice: 30, AccountCode: "453" },
};

test("an item takes its taxes from its accounts, and two decimals unless four are asked for", async () => {
  const item = await made(box, "?unitdp=4");
  expect(item).toMatchObject({
    SalesDetails: { UnitPrice: 42.595, AccountCode: "200", TaxType: "OUTPUT" },
    PurchaseDetails: { UnitPrice: 30, AccountCode: "453", TaxType: "INPUT" },
    ...{ IsSold: true, IsPurchased: true, IsTrackedAsInventory: false, ValidationErrors: [] },
  });
  expect(item).not.toHaveProperty("QuantityOnHand");
  const [read] = await get("/box");
  expect([read.ItemID, read.SalesDetails.UnitPrice]).toEqual([item.ItemID, 42.6]);
  const found = await get('?where=Code=="BOX" AND SalesDetails.UnitPrice > 42.5&order=Name DESC&unitdp=4');
  expect(found).toMatchObject([{ SalesDetails: { UnitPrice: 42.595 } }]);
  const since = { "if-modified-since": new Date(desk.simulator.world.clock.now() + 1000).toISOString() };
  expect((await desk.call("GET", "/Items", { headers: since })).body.Items).toEqual([]);
  expect((await desk.call("GET", "/Items/NOWHERE")).status).toBe(404);
});

test("PUT makes alone, POST also changes what has the code", async () => {
  expect(messages(await put({ Code: "box" }))).toEqual(["Price List Item with Code 'box' already exists"]);
  const [changed] = (await post({ Code: "BOX", Name: "Paper" })).body.Items;
  expect(changed).toMatchObject({ Name: "Paper", Description: box.Description });
  const other = await made({ Code: "OTHER" });
  expect(messages(await post({ Code: "BOX" }, `/${other.ItemID}`))).toEqual([
    "Price List Item with Code 'BOX' already exists",
  ]);
  expect((await post({ ItemID: other.ItemID, Code: "OTHER-2" })).body.Items[0].Code).toBe("OTHER-2");
  expect(messages(await post({ ItemID: "7b0a7b5e-0000-4000-8000-000000000000", Code: "X" }))).toHaveLength(1);
});

test.each([
  [{ Code: "" }, "Code must be specified"],
  [{ Code: "x".repeat(31) }, "Code must not be more than 30 characters"],
  [{ Code: "L1", Name: "x".repeat(51) }, "Name must not be more than 50 characters"],
  [{ Code: "L2", Description: "x".repeat(4001) }, "Description must not be more than 4000 characters"],
  [
    { Code: "L3", SalesDetails: { AccountCode: "999" } },
    "Account code '999' is not a valid code for this item.",
  ],
  [
    { Code: "L4", InventoryAssetAccountCode: "620", PurchaseDetails: { COGSAccountCode: "310" } },
    "The InventoryAssetAccountCode must be of type INVENTORY",
  ],
  [
    { Code: "L5", PurchaseDetails: { COGSAccountCode: "310" } },
    "COGSAccountCode is only applicable to tracked items",
  ],
  [
    { Code: "L6", SalesDetails: { TaxType: "GST on Income" } },
    "The TaxType code GST on Income does not exist or cannot be used for this type of transaction.",
  ],
])("%o is refused", async (body, message) => {
  expect(messages(await put(body))).toEqual([message]);
});

test("an item's tax is in use", async () => {
  const [{ TaxType }] = (
    await desk.call("PUT", "/TaxRates", {
      body: { Name: "Short", ReportTaxType: "OUTPUT", TaxComponents: [{ Name: "Tax", Rate: 3 }] },
    })
  ).body.TaxRates;
  const SalesDetails = { TaxType };
  expect((await made({ Code: "SHORT", SalesDetails })).SalesDetails.TaxType).toBe(TaxType);
  await desk.call("POST", "/TaxRates", { body: { TaxType, Status: "ARCHIVED" } });
  expect(messages(await put({ Code: "SHORT-2", SalesDetails }))).toHaveLength(1);
  expect((await post({ Code: "SHORT", Name: "Other" })).body.Items[0].SalesDetails.TaxType).toBe(TaxType);
});

test("five hundred items are one request's most", async () => {
  const Items = Array.from({ length: 501 }, (_, at) => ({ Code: `MANY-${at}` }));
  expect((await put({ Items })).body.Message).toBe("A request can have a maximum of 500 Items");
  expect((await put({ Items: Items.slice(1) })).body.Items).toHaveLength(500);
});

test("nobody sells what is not sold", async () => {
  const item = await made({ ...box, Code: "NOT-SOLD" });
  const [after] = (await post({ IsSold: false }, `/${item.ItemID}`)).body.Items;
  expect(after).toMatchObject({
    IsSold: false,
    SalesDetails: {},
    PurchaseDescription: box.PurchaseDescription,
  });
  expect(after).not.toHaveProperty("Description");
});

test("a tracked item counts for itself: its numbers can't be set, and it is both sold and bought", async () => {
  const tracked = { Code: "STOCK", InventoryAssetAccountCode: "630" };
  expect(messages(await put(tracked))).toEqual(["COGSAccountCode is required for a tracked item"]);
  const item = await made({ ...tracked, PurchaseDetails: { COGSAccountCode: "310" }, QuantityOnHand: 7 });
  expect(item).toMatchObject({ IsTrackedAsInventory: true, QuantityOnHand: 0, TotalCostPool: 0 });
  for (const cleared of [{ IsPurchased: false }, { IsSold: false }])
    expect(messages(await post(cleared, `/${item.ItemID}`))).toEqual([
      "A tracked item is both sold and purchased",
    ]);
  expect((await post({ Name: "In stock" }, `/${item.ItemID}`)).body.Items[0].Name).toBe("In stock");
});

const sale = (line: object, change: object = {}) =>
  desk.call("PUT", "/Invoices", {
    body: {
      ...{ Type: "ACCREC", Contact: { Name: "Bayside Club" }, Status: "AUTHORISED", DueDate: "2030-01-01" },
      ...{ LineItems: [line], ...change },
    },
  });
const lineOf = (answer: { body: { Invoices: { LineItems: object[] }[] } }) =>
  answer.body.Invoices[0]?.LineItems[0];

test("a line takes from its item what it does not say itself", async () => {
  expect(lineOf(await sale({ ItemCode: "box", Quantity: 2 }))).toMatchObject({
    ...{ ItemCode: "BOX", Description: box.Description, UnitAmount: 42.6, LineAmount: 85.2 },
    ...{ AccountCode: "200", TaxType: "OUTPUT", TaxAmount: 8.52 },
  });
  const own = { Description: "Mine", UnitAmount: 5, AccountCode: "260", TaxType: "EXEMPTOUTPUT" };
  expect(lineOf(await sale({ ItemCode: "BOX", ...own }))).toMatchObject({ ...own, ItemCode: "BOX" });
  const moved = { ItemCode: "BOX", UnitAmount: 5, AccountCode: "820" };
  expect(lineOf(await sale(moved))).toMatchObject({ AccountCode: "820", TaxType: "BASEXCLUDED" });
  const bill = await sale({ ItemCode: "BOX" }, { Type: "ACCPAY" });
  expect(lineOf(bill)).toMatchObject({
    ...{ Description: box.PurchaseDescription, UnitAmount: 30, AccountCode: "453", TaxType: "INPUT" },
  });
  expect(
    messages(await sale({ ItemCode: "NOWHERE", UnitAmount: 1, AccountCode: "200", Description: "x" })),
  ).toEqual(["Item code 'NOWHERE' is not valid"]);
});

test("of a line that has the item already, what was changed stays", async () => {
  const answer = await sale({ ItemCode: "BOX", UnitAmount: 5 }, { Status: "DRAFT" });
  const { InvoiceID, LineItems } = answer.body.Invoices[0];
  const line = { LineItemID: LineItems[0].LineItemID, ItemCode: "BOX", Quantity: 3 };
  const after = await desk.call("POST", `/Invoices/${InvoiceID}`, { body: { LineItems: [line] } });
  expect(lineOf(after)).toMatchObject({ UnitAmount: 5, Quantity: 3, Description: box.Description });
});

test("an item that is not tracked can be deleted, used or not", async () => {
  const { ItemID } = await made({ Code: "UNUSED" });
  expect((await desk.call("DELETE", `/Items/${ItemID}`)).status).toBe(204);
  expect((await desk.call("GET", `/Items/${ItemID}`)).status).toBe(404);
  const { entries } = await desk.control("/journal?kind=xero.item.deleted");
  expect(entries).toMatchObject([{ data: { itemId: ItemID, code: "UNUSED" } }]);
  await sale({ ItemCode: "BOX" });
  expect((await desk.call("DELETE", "/Items/BOX")).status).toBe(204);
});

test("a tracked item that has been on an approved document can't be deleted", async () => {
  const PurchaseDetails = { UnitPrice: 5, COGSAccountCode: "310" };
  await made({ Code: "KEPT", Description: "Kept", InventoryAssetAccountCode: "630", PurchaseDetails });
  const bill = { Type: "ACCPAY", Status: "DRAFT" };
  const { InvoiceID } = (await sale({ ItemCode: "KEPT", Description: "x" }, bill)).body.Invoices[0];
  for (const Status of ["AUTHORISED", "VOIDED"]) {
    expect((await desk.call("POST", `/Invoices/${InvoiceID}`, { body: { Status } })).status).toBe(200);
    expect(messages(await desk.call("DELETE", "/Items/KEPT"))).toEqual([
      "A tracked item that has been used cannot be deleted",
    ]);
  }
});
