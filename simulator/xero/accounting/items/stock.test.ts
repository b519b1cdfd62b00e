/** What documents do to the stock of tracked items (Xero Central, "About tracked inventory", "Troubleshoot tracked inventory"). */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { messages } from "../../test-books.ts";
import { type Desk, openDesk } from "../../test-desk.ts";

let desk: Desk;
let codes = 0;
/** A tracked item's code, new for each test. */
let code: string;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(async () => {
  await desk.control("/xero/forget-usage", {});
  code = await trackedItem(desk.au);
});
afterAll(() => desk.close());

async function trackedItem(tenantId: string) {
  const Code = `STOCK-${++codes}`;
  const body = {
    ...{ Code, InventoryAssetAccountCode: "630", SalesDetails: { UnitPrice: 20, AccountCode: "200" } },
    PurchaseDetails: { UnitPrice: 5, COGSAccountCode: "310" },
  };
  expect((await desk.call("PUT", "/Items", { body, tenantId })).status).toBe(200);
  return Code;
}

async function stock(of = code, tenantId = desk.au) {
  const [item] = (await desk.call("GET", `/Items/${of}`, { tenantId })).body.Items;
  return [item.QuantityOnHand, item.TotalCostPool];
}

const line = (Quantity: number, UnitAmount: number) => ({
  ItemCode: code,
  Description: "x",
  Quantity,
  UnitAmount,
});
const approved = { Contact: { Name: "Bayside Club" }, Status: "AUTHORISED", DueDate: "2030-01-01" };

const put = async (path: string, body: object) => desk.call("PUT", path, { body: { ...approved, ...body } });
const sale = (LineItems: object[], change: object = {}) =>
  put("/Invoices", { Type: "ACCREC", LineItems, ...change });
const bill = (LineItems: object[], change: object = {}) =>
  put("/Invoices", { Type: "ACCPAY", LineItems, ...change });
const credit = (Type: string, LineItems: object[]) => put("/CreditNotes", { Type, LineItems });
const atBank = (Type: string, LineItems: object[]) =>
  put("/BankTransactions", {
    Type,
    LineItems,
    BankAccount: { Code: "090" },
    LineAmountTypes: "NoTax",
    Status: "AUTHORISED",
  });
const change = (id: string, body: object) => desk.call("POST", `/Invoices/${id}`, { body });
const idOf = (answer: { body: { Invoices: { InvoiceID: string }[] } }) =>
  answer.body.Invoices[0]?.InvoiceID ?? "";

const tooLittle = [
  "This will result in an inventory item with a zero quantity but a total value that is not zero",
];

test("a bill adds at its price, a sale takes at the average cost, each when it is approved", async () => {
  await bill([line(10, 5)]);
  await bill([line(10, 8)]);
  expect(await stock()).toEqual([20, 130]);
  const draft = await sale([line(4, 20)], { Status: "DRAFT" });
  expect(await stock()).toEqual([20, 130]);
  expect((await change(idOf(draft), { Status: "AUTHORISED" })).status).toBe(200);
  expect(await stock()).toEqual([16, 104]);
});

test("what is paid, or edited in its words alone, moves nothing, whatever the average is by then", async () => {
  await bill([line(10, 5)]);
  const sold = await sale([line(4, 20)]);
  await bill([line(4, 20)]);
  expect(await stock()).toEqual([10, 110]);
  const { LineItems, InvoiceID, DateString } = sold.body.Invoices[0];
  const { LineItemID } = LineItems[0];
  const said = (Description: string) => change(InvoiceID, { LineItems: [{ LineItemID, Description }] });
  expect((await said("Said otherwise")).status).toBe(200);
  const payment = {
    Invoice: { InvoiceID },
    Account: { Code: "090" },
    Amount: 88,
    Date: DateString.slice(0, 10),
  };
  expect((await desk.call("PUT", "/Payments", { body: payment })).status).toBe(200);
  expect((await said("And again")).status).toBe(200);
  expect(await stock()).toEqual([10, 110]);
});

test("stock alone moves no UpdatedDateUTC, and no If-Modified-Since shows it", async () => {
  const read = async () => (await desk.call("GET", `/Items/${code}`)).body.Items[0].UpdatedDateUTC;
  const before = await read();
  await desk.control("/clock", { advanceSeconds: 60 });
  const headers = { "if-modified-since": desk.simulator.world.clock.date().toISOString() };
  await bill([line(1, 5)]);
  expect(await read()).toBe(before);
  expect((await desk.call("GET", "/Items", { headers })).body.Items).toEqual([]);
});

test("a void takes back what the document did, to the cent", async () => {
  const first = await bill([line(3, 3.33)]);
  const sold = await sale([line(1, 20)]);
  const second = await bill([line(7, 9)]);
  expect(await stock()).toEqual([9, 69.66]);
  await change(idOf(sold), { Status: "VOIDED" });
  expect(await stock()).toEqual([10, 72.99]);
  await change(idOf(second), { Status: "VOIDED" });
  await change(idOf(first), { Status: "VOIDED" });
  expect(await stock()).toEqual([0, 0]);
});

test("an approved document's new quantity is moved in the old one's place", async () => {
  await bill([line(10, 5)]);
  const sold = await sale([line(4, 20)]);
  await change(idOf(sold), { LineItems: [line(1, 20)] });
  expect(await stock()).toEqual([9, 45]);
  await change(idOf(sold), { LineItems: [{ Description: "Work", UnitAmount: 5, AccountCode: "200" }] });
  expect(await stock()).toEqual([10, 50]);
});

test("a customer's credit note gives back at the average cost, a supplier's takes by its own price", async () => {
  await bill([line(10, 5)]);
  await sale([line(4, 20)]);
  const back = await credit("ACCRECCREDIT", [line(2, 20)]);
  expect(await stock()).toEqual([8, 40]);
  const { CreditNoteID } = back.body.CreditNotes[0];
  await desk.call("POST", `/CreditNotes/${CreditNoteID}`, { body: { Status: "VOIDED" } });
  expect(await stock()).toEqual([6, 30]);
  await credit("ACCPAYCREDIT", [line(2, 8)]);
  expect(await stock()).toEqual([4, 14]);
});

test("what is spent adds and what is received takes; deleted, it never was", async () => {
  const spent = await atBank("SPEND", [line(10, 5)]);
  expect(await stock()).toEqual([10, 50]);
  const received = await atBank("RECEIVE", [line(3, 20)]);
  expect(await stock()).toEqual([7, 35]);
  for (const answer of [received, spent]) {
    const { BankTransactionID } = answer.body.BankTransactions[0];
    await desk.call("POST", `/BankTransactions/${BankTransactionID}`, { body: { Status: "DELETED" } });
  }
  expect(await stock()).toEqual([0, 0]);
});

test("what is not there is not sold, given back or taken away again, and nothing of it is written", async () => {
  const bought = await bill([line(2, 5)]);
  expect(messages(await sale([line(3, 20)], { InvoiceNumber: `NOT-${code}` }))).toEqual(tooLittle);
  expect((await desk.call("GET", `/Invoices/NOT-${code}`)).status).toBe(404);
  expect(messages(await sale([line(1, 20), line(1.5, 20)]))).toEqual(tooLittle);
  // A zero quantity that is worth something.
  expect(messages(await credit("ACCPAYCREDIT", [line(2, 4)]))).toEqual(tooLittle);
  expect((await sale([line(2, 20)])).status).toBe(200);
  expect(messages(await change(idOf(bought), { Status: "VOIDED" }))).toEqual(tooLittle);
  expect(messages(await credit("ACCRECCREDIT", [line(1, 20)]))).toEqual([
    `Item '${code}' has no stock, and this simulator does not know at which cost Xero takes any back`,
  ]);
  expect(await stock()).toEqual([0, 0]);
  expect((await sale([line(1, 20)], { Status: "DRAFT" })).status).toBe(200);
});

test("stock is worth what it cost without tax, in the base currency", async () => {
  await bill([line(10, 11)], {
    LineAmountTypes: "Inclusive",
    LineItems: [{ ...line(10, 11), TaxType: "INPUT" }],
  });
  expect(await stock()).toEqual([10, 100]);
  const tenantId = desk.uk;
  const ItemCode = await trackedItem(tenantId);
  const body = {
    ...{
      ...approved,
      Contact: { Name: "Quayside Bakery" },
      Type: "ACCPAY",
      CurrencyCode: "EUR",
      CurrencyRate: 1.25,
    },
    LineItems: [{ ItemCode, Description: "x", Quantity: 4, UnitAmount: 10 }],
  };
  await desk.call("PUT", "/Invoices", { body, tenantId });
  expect(await stock(ItemCode, tenantId)).toEqual([4, 32]);
});

test("it is bought on its own inventory account alone, on which nothing else is", async () => {
  const [bought] = (await bill([line(1, 5)])).body.Invoices[0].LineItems;
  expect(bought).toMatchObject({ AccountCode: "630", TaxType: "BASEXCLUDED" });
  const onSales = await bill([{ ...line(1, 5), AccountCode: "453" }]);
  expect(messages(onSales)).toEqual(["Account code '453' is not a valid code for this document."]);
  const refused = ["You cannot save this transaction using an inventory account type"];
  const plain = { Description: "x", UnitAmount: 5, AccountCode: "630" };
  expect(messages(await sale([{ ...line(1, 5), AccountCode: "630" }]))).toEqual(refused);
  for (const make of [sale, bill]) expect(messages(await make([plain]))).toEqual(refused);
  expect(messages(await credit("ACCPAYCREDIT", [plain]))).toEqual(refused);
  expect(messages(await atBank("SPEND", [plain]))).toEqual(refused);
});

test("an order moves nothing", async () => {
  const { Contacts } = (await desk.call("GET", '/Contacts?where=Name=="Bayside Club"')).body;
  const body = {
    Contact: { ContactID: Contacts[0].ContactID },
    Status: "AUTHORISED",
    LineItems: [line(5, 5)],
  };
  expect((await desk.call("PUT", "/PurchaseOrders", { body })).status).toBe(200);
  expect(await stock()).toEqual([0, 0]);
});

test("what no source tells is refused by name", async () => {
  await bill([line(5, 5)]);
  const ahead = await desk.call("PUT", "/Invoices?allowBackorders=true", { body: { Type: "ACCREC" } });
  expect(ahead.body.Message).toBe("This simulator has no allowBackorders");
  expect(messages(await atBank("RECEIVE-PREPAYMENT", [line(1, 20)]))).toEqual([
    `Item '${code}' is tracked, and this simulator moves no stock by a prepayment`,
  ]);
  expect(messages(await sale([line(-1, 20), line(2, 20)]))).toEqual([
    "The quantity value '-1.0000' is invalid. Quantity must not be less than zero.",
  ]);
  expect(await stock()).toEqual([5, 25]);
});

test("a person at Xero moves stock as an app does, and no more than there is", async () => {
  const bought = await bill([line(2, 5)]);
  const sold = await sale([line(2, 20)]);
  const voided = (invoice: string) =>
    desk.control("/xero/invoice", { tenantId: desk.au, invoice, status: "VOIDED" });
  expect(await voided(idOf(bought))).toEqual({ error: tooLittle[0] });
  await voided(idOf(sold));
  expect(await stock()).toEqual([2, 10]);
  await voided(idOf(bought));
  expect(await stock()).toEqual([0, 0]);
});
