/** Purchase orders: what is ordered, what may become of it, and what a deleted one keeps (xero-documents 4). */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { messages } from "../../test-books.ts";
import { type Desk, openDesk } from "../../test-desk.ts";

let desk: Desk;
let Contact: { ContactID: string };
beforeAll(async () => {
  desk = await openDesk();
  const [contact] = (await desk.call("GET", '/Contacts?where=Name=="Bayside Club"')).body.Contacts;
  Contact = { ContactID: contact.ContactID };
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

const chairs = { Description: "Chairs", Quantity: 3, UnitAmount: 12.34567, AccountCode: "453" };
const put = (change: object = {}, query = "") =>
  desk.call("PUT", `/PurchaseOrders${query}`, { body: { Contact, LineItems: [chairs], ...change } });
const post = (body: object, below = "") => desk.call("POST", `/PurchaseOrders${below}`, { body });
const made = async (change: object = {}) => (await put(change)).body.PurchaseOrders[0];
const changed = async (id: string, body: object) => (await post(body, `/${id}`)).body.PurchaseOrders[0];
const get = async (below: string) => (await desk.call("GET", `/PurchaseOrders${below}`)).body;

test("an order has prices of four decimals, tax by line, and a number of its own", async () => {
  const order = await made();
  expect(order).toMatchObject({
    ...{ Status: "DRAFT", Type: "PURCHASEORDER", HasErrors: false, TotalDiscount: 0, CurrencyCode: "AUD" },
    LineItems: [{ UnitAmount: 12.3457, LineAmount: 37.04, TaxType: "INPUT", TaxAmount: 3.7 }],
    ...{ SubTotal: 37.04, TotalTax: 3.7, Total: 40.74, SentToContact: false },
  });
  expect(order.PurchaseOrderNumber).toMatch(/^PO-\d{4}$/);
  expect(order.LineItems[0]).not.toHaveProperty("ValidationErrors");
  const next = await made({ PurchaseOrderNumber: "" });
  expect(next.PurchaseOrderNumber).toMatch(/^PO-\d{4}$/);
  expect(next.PurchaseOrderNumber).not.toBe(order.PurchaseOrderNumber);
  const [read] = (await get(`/${order.PurchaseOrderNumber}`)).PurchaseOrders;
  expect(read).toMatchObject({
    PurchaseOrderID: order.PurchaseOrderID,
    Attachments: [],
    HasAttachments: false,
  });
  expect((await desk.call("GET", "/PurchaseOrders/PO-NONE")).status).toBe(404);
});

test("a discount counts; a text is a text; a line needs no account, but a price if it has a quantity", async () => {
  const LineItems = [{ ...chairs, UnitAmount: 10, DiscountRate: 10 }, { Description: "With wheels" }];
  expect(await made({ LineItems, Status: "BILLED" })).toMatchObject({
    ...{ IsDiscounted: true, TotalDiscount: 3, SubTotal: 27, Status: "BILLED" },
  });
  expect((await put({ LineItems: [{ Description: "Cups", UnitAmount: 4 }] })).status).toBe(200);
  expect(messages(await put({ LineItems: [{ Description: "Cups", Quantity: 4 }] }))).toHaveLength(1);
  expect(messages(await put({ LineItems: [{ ...chairs, DiscountAmount: 1 }] }))).toHaveLength(1);
  expect(messages(await put({ LineItems: [{ ItemCode: "HOUR", Quantity: 4 }] }))).toEqual([
    "UnitAmount must be specified if Quantity is specified",
  ]);
  expect((await put({ LineItems: [{ ItemCode: "PAPER-A4", Quantity: 4 }] })).status).toBe(200);
});

test("in the base currency the rate is 1, whatever is sent", async () => {
  expect((await made({ CurrencyRate: 1.7 })).CurrencyRate).toBe(1);
  const { PurchaseOrderID, CurrencyRate } = await made({ CurrencyCode: "USD", CurrencyRate: 0.7 });
  expect(CurrencyRate).toBe(0.7);
  expect((await changed(PurchaseOrderID, { CurrencyCode: "AUD", CurrencyRate: 0.7 })).CurrencyRate).toBe(1);
});

test("a contact is there already, is in use, and is named by id or number", async () => {
  const none = ["A Contact must be specified for this type of transaction"];
  for (const unknown of [undefined, { Name: "Bayside Club" }, { ContactNumber: "NOBODY" }])
    expect(messages(await put({ Contact: unknown }))).toEqual(none);
  expect((await made({ Contact: { ContactNumber: "BAYSIDE", Name: "Renamed" } })).Contact.Name).toBe(
    "Bayside Club",
  );
  const gone = (await desk.call("PUT", "/Contacts", { body: { Name: "Gone Ltd" } })).body.Contacts[0];
  await desk.call("POST", `/Contacts/${gone.ContactID}`, { body: { ContactStatus: "ARCHIVED" } });
  expect(messages(await put({ Contact: { ContactID: gone.ContactID } }))?.[0]).toContain("un-archived");
});

test("the contact inside tells the wall clock's time as if it were UTC", async () => {
  const { ContactID } = (await desk.call("PUT", "/Contacts", { body: { Name: "Clock Ltd" } })).body
    .Contacts[0];
  const order = await made({ Contact: { ContactID } });
  const msOf = (text: string) => Number(/\d+/.exec(text)?.[0]);
  const [contact] = (await desk.call("GET", `/Contacts/${ContactID}`)).body.Contacts;
  const hoursAhead = (msOf(order.Contact.UpdatedDateUTC) - msOf(contact.UpdatedDateUTC)) / 3_600_000;
  expect([10, 11]).toContain(hoursAhead);
  expect(order.Contact).toMatchObject({
    Addresses: [],
    Phones: [],
    DefaultCurrency: "AUD",
    IsSupplier: false,
  });
});

test("lines that are not named are new, those left out go, and none sent keeps them all", async () => {
  const order = await made({ LineItems: [chairs, { ...chairs, Description: "Desks" }] });
  const [first, second] = order.LineItems;
  const kept = await changed(order.PurchaseOrderID, { Reference: "R 1" });
  expect(kept.LineItems).toEqual(order.LineItems);
  const LineItems = [
    { LineItemID: first.LineItemID, Quantity: 1 },
    { ...chairs, Description: "Lamps" },
  ];
  const after = await changed(order.PurchaseOrderID, { LineItems });
  const one = { ...first, Quantity: 1, LineAmount: 12.35, TaxAmount: 1.24 };
  expect(after.LineItems).toMatchObject([{ Description: "Lamps" }, one]);
  expect(after.LineItems.map(({ LineItemID }: typeof first) => LineItemID)).not.toContain(second.LineItemID);
  expect(after).toMatchObject({ Reference: "R 1", Contact });
});

test("an order goes forwards, and to DELETED from anywhere; then it is over", async () => {
  const { PurchaseOrderID: id } = await made({ Status: "SUBMITTED" });
  for (const Status of ["AUTHORISED", "BILLED"]) expect((await changed(id, { Status })).Status).toBe(Status);
  const back = ["PurchaseOrder status change is invalid"];
  expect(messages(await post({ Status: "AUTHORISED" }, `/${id}`))).toEqual(back);
  expect((await changed(id, { Status: "DELETED" })).Status).toBe("DELETED");
  expect(messages(await post({ Reference: "late" }, `/${id}`))).toEqual([
    "Deleted PurchaseOrders cannot be updated",
  ]);
  expect(messages(await put({ Status: "DELETED" }))).toEqual(back);
  expect(messages(await put({ Status: "SUBMITTED", LineItems: [] }))).toEqual([
    "One or more line items must be specified",
  ]);
});

test("a number is taken for good, unless it is changed as the order is deleted", async () => {
  const { PurchaseOrderID: id } = await made({ PurchaseOrderNumber: "KEPT-1" });
  expect(messages(await put({ PurchaseOrderNumber: "kept-1" }))).toEqual(["Order number must be unique"]);
  const other = await made({ PurchaseOrderNumber: "KEPT-2" });
  await changed(id, { Status: "DELETED" });
  expect(messages(await put({ PurchaseOrderNumber: "KEPT-1" }))).toEqual(["Order number must be unique"]);
  const again = { Contact, LineItems: [chairs], PurchaseOrderNumber: "KEPT-1", Status: "SUBMITTED" };
  const { PurchaseOrders } = (await post(again, "?summarizeErrors=false")).body;
  expect(PurchaseOrders[0]).toMatchObject({
    ...{ PurchaseOrderID: "00000000-0000-0000-0000-000000000000", HasErrors: true, Status: "SUBMITTED" },
    StatusAttributeString: "ERROR",
    ValidationErrors: [
      { Message: "PurchaseOrder status change is invalid" },
      { Message: "Deleted PurchaseOrders cannot be updated" },
    ],
  });
  await changed(other.PurchaseOrderID, { Status: "DELETED", PurchaseOrderNumber: "KEPT-2-gone" });
  expect((await post({ ...again, PurchaseOrderNumber: "KEPT-2" })).body.PurchaseOrders[0].Status).toBe(
    "SUBMITTED",
  );
});

test("POST also changes what has the number", async () => {
  const { PurchaseOrderID } = await made({ PurchaseOrderNumber: "SAME" });
  const after = (await post({ PurchaseOrderNumber: "SAME", Telephone: "0800" })).body.PurchaseOrders[0];
  expect(after).toMatchObject({ PurchaseOrderID, Telephone: "0800" });
});

test("only what is approved is marked as sent", async () => {
  const answer = await post({ Contact, LineItems: [chairs], SentToContact: true }, "?summarizeErrors=false");
  expect(answer.body.PurchaseOrders[0]).toMatchObject({
    ...{ SentToContact: false, StatusAttributeString: "WARNING" },
    Warnings: [{ Message: "Only AUTHORISED and BILLED purchase orders may have SentToContact updated." }],
  });
  const sent = await made({ Status: "AUTHORISED", SentToContact: true });
  expect(sent.SentToContact).toBe(true);
  expect((await changed(sent.PurchaseOrderID, { Status: "DELETED" })).SentToContact).toBe(true);
});

test.each([
  [{ CurrencyCode: "CHF" }, "Organisation is not subscribed to currency CHF"],
  [{ DeliveryInstructions: "x".repeat(501) }, "DeliveryInstructions must not be more than 500 characters"],
  [{ BrandingThemeID: "7b0a7b5e-0000-4000-8000-000000000000" }, "Branding theme not found"],
])("%o is refused", async (change, message) => {
  expect(messages(await put(change))).toEqual([message]);
});

test("a list has pages always, is cut by status and days, and knows no where", async () => {
  for (const day of ["2025-01-01", "2025-01-31", "2025-02-01"])
    await made({ Date: day, Status: "AUTHORISED" });
  const january = await get("?DateFrom=2025-01-01&DateTo=2025-01-31&Status=authorised&order=Date DESC");
  expect(january.PurchaseOrders.map(({ DateString }: { DateString: string }) => DateString)).toEqual([
    "2025-01-31T00:00:00",
    "2025-01-01T00:00:00",
  ]);
  expect(january.pagination).toEqual({ page: 1, pageSize: 100, pageCount: 1, itemCount: 2 });
  expect(january.PurchaseOrders[0].LineItems).toHaveLength(1);
  expect(january.PurchaseOrders[0]).not.toHaveProperty("SentToContact");
  expect(january.PurchaseOrders[0].Contact).not.toHaveProperty("EmailAddress");
  expect((await get("?pageSize=1&page=2&DateTo=2025-12-31")).PurchaseOrders).toHaveLength(1);
  for (const query of ['where=Status=="DRAFT"', "Status=PAID", "DateFrom=soon"])
    expect((await desk.call("GET", `/PurchaseOrders?${query}`)).body.ErrorNumber).toBe(16);
  const since = { "if-modified-since": new Date(desk.simulator.world.clock.now() + 1000).toISOString() };
  expect((await desk.call("GET", "/PurchaseOrders", { headers: since })).body.PurchaseOrders).toEqual([]);
});

test("a tracked item can be ordered, with its price and the account of its stock", async () => {
  await desk.call("PUT", "/Accounts", { body: { Code: "631", Name: "Stock", Type: "INVENTORY" } });
  const PurchaseDetails = { COGSAccountCode: "310", UnitPrice: 4.2595 };
  const stock = {
    Code: "BALL",
    InventoryAssetAccountCode: "631",
    PurchaseDescription: "A ball",
    PurchaseDetails,
  };
  expect((await desk.call("PUT", "/Items?unitdp=4", { body: stock })).status).toBe(200);
  const order = await made({ LineItems: [{ ItemCode: "BALL", Quantity: 100 }] });
  expect(order.LineItems[0]).toMatchObject({
    ...{
      ItemCode: "BALL",
      Description: "A ball",
      UnitAmount: 4.2595,
      LineAmount: 425.95,
      AccountCode: "631",
    },
  });
});

test("two contacts that become one have one's orders", async () => {
  const contact = async (Name: string) =>
    (await desk.call("PUT", "/Contacts", { body: { Name } })).body.Contacts[0].ContactID;
  const [from, into] = [await contact("Was"), await contact("Is")];
  const order = await made({ Contact: { ContactID: from } });
  await desk.control("/xero/merge-contacts", { tenantId: desk.au, from, into });
  expect((await get(`/${order.PurchaseOrderID}`)).PurchaseOrders[0].Contact.ContactID).toBe(into);
});
