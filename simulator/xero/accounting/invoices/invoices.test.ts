import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Desk, openDesk } from "../../test-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

const put = (invoice: object, query = "") =>
  desk.call("PUT", `/Invoices${query}`, { body: { Invoices: [invoice] } });
const list = async (query: string) => (await desk.call("GET", `/Invoices?${query}`)).body;
const where = (clause: string) => list(`page=1&pageSize=1000&where=${encodeURIComponent(clause)}`);
const line = { Description: "Work", Quantity: 2, UnitAmount: 10.5, AccountCode: "200" };
const sale = {
  Type: "ACCREC",
  Contact: { Name: "Bayside Club" },
  Date: "2026-09-14",
  DueDate: "2026-09-28",
  Status: "AUTHORISED",
  LineItems: [line],
};

test("a created invoice looks as the real one of Appendix A", async () => {
  const { status, text, body } = await put({ ...sale, Reference: "recording" });
  expect(status).toBe(200);
  const [invoice] = body.Invoices;
  expect(invoice).toMatchObject({
    Status: "AUTHORISED",
    SubTotal: 21,
    TotalTax: 2.1,
    Total: 23.1,
    AmountDue: 23.1,
  });
  expect(invoice).toMatchObject({ DateString: "2026-09-14T00:00:00", Date: "/Date(1789344000000+0000)/" });
  expect(invoice.InvoiceNumber).toMatch(/^INV-\d+$/);
  expect(invoice).not.toHaveProperty("AmountCredited");
  expect(invoice).not.toHaveProperty("Payments");
  expect(text).toContain('"Date":"\\/Date(1789344000000+0000)\\/"');
  expect(text).toContain('"SubTotal":21.00,');
  expect(text).toContain('"CurrencyRate":1.0000000000');
  expect(text).toMatch(/"DateTimeUTC":"\\\/Date\(\d+\)\\\/"/);
  expect(invoice.UpdatedDateUTCString).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
});

test("request names may have any letter case", async () => {
  const lineItems = [{ description: "x", quantity: 1, unitAmount: 5, accountCode: "200", taxType: "OUTPUT" }];
  const { body } = await put({ type: "ACCREC", contact: { name: "Bayside Club" }, lineItems });
  expect(body.Invoices[0]).toMatchObject({ Status: "DRAFT", Total: 5.5 });
});

test("tax is rounded by line and then summed", async () => {
  const LineItems = Array.from({ length: 3 }, () => ({ ...line, Quantity: 1, UnitAmount: 0.05 }));
  const exclusive = await put({ ...sale, LineItems });
  expect(exclusive.body.Invoices[0]).toMatchObject({ SubTotal: 0.15, TotalTax: 0.03, Total: 0.18 });
  const inclusive = await put({ ...sale, LineItems, LineAmountTypes: "Inclusive" });
  expect(inclusive.body.Invoices[0]).toMatchObject({ SubTotal: 0.15, TotalTax: 0, Total: 0.15 });
  const four = await put(
    { ...sale, LineItems: [{ ...line, Quantity: 1000, UnitAmount: 0.0125 }] },
    "?unitdp=4",
  );
  expect(four.body.Invoices[0].LineItems[0]).toMatchObject({ UnitAmount: 0.0125, LineAmount: 12.5 });
  const two = await put({ ...sale, LineItems: [{ ...line, Quantity: 1000, UnitAmount: 0.0125 }] });
  expect(two.body.Invoices[0].LineItems[0]).toMatchObject({ UnitAmount: 0.01, LineAmount: 10 });
});

test.each([
  ["a number twice", { InvoiceNumber: "inv-2009" }, "Invoice # must be unique."],
  ["a currency not subscribed to", { CurrencyCode: "ZAR" }, "Organisation is not subscribed to currency ZAR"],
  [
    "an archived account",
    { LineItems: [{ ...line, AccountCode: "210" }] },
    "Account code '210' has been archived, or deleted.",
  ],
  [
    "an unknown account",
    { LineItems: [{ ...line, AccountCode: "zzz" }] },
    "Account code 'zzz' is not a valid code for this document.",
  ],
  [
    "a line that does not add up",
    { LineItems: [{ ...line, LineAmount: 20 }] },
    "The line total 20.00 does not match the expected line total 21.00",
  ],
  [
    "no contact",
    { Contact: {} },
    "The Contact must contain at least 1 of the following elements to identify the contact: Name, ContactID, ContactNumber",
  ],
  [
    "a tax type of elsewhere",
    { LineItems: [{ ...line, TaxType: "OUTPUT2" }] },
    "The TaxType code 'OUTPUT2' cannot be used with account code '200'.",
  ],
])("%s is refused in Xero's words", async (_, change, message) => {
  const { status, body } = await put({ ...sale, ...change });
  expect(status).toBe(400);
  expect(body).toMatchObject({
    ErrorNumber: 10,
    Type: "ValidationException",
    Message: "A validation exception occurred",
  });
  const [element] = body.Elements;
  expect(element.InvoiceID).toBe("00000000-0000-0000-0000-000000000000");
  expect(element.ValidationErrors).toContainEqual({ Message: message });
});

test("one bad element fails all, unless summarizeErrors=false, which is always 200", async () => {
  const bad = { ...sale, Type: "ACCREC", LineItems: [{ ...line, AccountCode: "zzz" }], Status: "AUTHORISED" };
  const good = { ...sale, InvoiceNumber: "SUM-1" };
  const strict = await desk.call("PUT", "/Invoices", { body: { Invoices: [good, bad] } });
  expect(strict.status).toBe(400);
  expect((await desk.call("GET", "/Invoices/SUM-1")).status).toBe(404);
  const each = await desk.call("PUT", "/Invoices?summarizeErrors=False", { body: { Invoices: [good, bad] } });
  expect([each.status, each.body.Status]).toEqual([200, "OK"]);
  expect(each.body.Invoices[0]).toMatchObject({ StatusAttributeString: "OK", HasErrors: false });
  expect(each.body.Invoices[1]).toMatchObject({
    Status: "AUTHORISED",
    StatusAttributeString: "ERROR",
    HasErrors: true,
  });
  expect((await desk.call("GET", "/Invoices/SUM-1")).status).toBe(200);
});

test("a voided invoice owes nothing, but for the answer to the void; writes show less than reads", async () => {
  const { InvoiceID } = (await desk.call("PUT", "/Invoices", { body: { ...sale, Status: "AUTHORISED" } }))
    .body.Invoices[0];
  const lists = ["Payments", "CreditNotes", "AmountCredited", "HasAttachments"];
  const edited = await desk.call("POST", `/Invoices/${InvoiceID}`, { body: { Reference: "B" } });
  const voided = await desk.call("POST", `/Invoices/${InvoiceID}`, { body: { Status: "VOIDED" } });
  for (const { body } of [edited, voided])
    for (const name of lists) expect(body.Invoices[0]).not.toHaveProperty(name);
  const { AmountDue, Status, Total } = voided.body.Invoices[0];
  expect([Status, AmountDue]).toEqual(["VOIDED", Total]);
  const [read] = (await desk.call("GET", `/Invoices/${InvoiceID}`)).body.Invoices;
  expect(read).toMatchObject({ Status: "VOIDED", AmountDue: 0, CreditNotes: [], HasAttachments: false });
  expect(read).not.toHaveProperty("Payments");
  const owed = await list(`where=${encodeURIComponent("AmountDue>0")}`);
  expect(owed.Invoices.map((one: { InvoiceID: string }) => one.InvoiceID)).not.toContain(InvoiceID);
});

test("a draft is not marked as sent, and says so", async () => {
  const { body } = await desk.call("PUT", "/Invoices?summarizeErrors=false", {
    body: { ...sale, InvoiceNumber: "DRAFT-1", Status: "DRAFT", SentToContact: true },
  });
  expect(body.Invoices[0]).toMatchObject({
    ...{ Status: "DRAFT", SentToContact: false, StatusAttributeString: "WARNING" },
    Warnings: [{ Message: "Only AUTHORISED invoices may have SentToContact updated." }],
  });
});

test("a search is for numbers and references, not for contacts", async () => {
  expect((await list("searchTerm=bayside&page=1")).Invoices).toEqual([]);
  expect((await list("searchTerm=inv-2009&page=1")).Invoices).not.toEqual([]);
});

test("deleting an approved invoice echoes the state asked for and does nothing", async () => {
  const { body } = await desk.call("POST", "/Invoices/INV-2013?summarizeErrors=false", {
    body: { Status: "DELETED" },
  });
  expect(body.Invoices[0]).toMatchObject({ Status: "DELETED", HasErrors: true });
  expect(body.Invoices[0].ValidationErrors).toEqual([
    { Message: "Invoice not of valid status for modification" },
  ]);
  expect((await desk.call("GET", "/Invoices/INV-2013")).body.Invoices[0].Status).toBe("AUTHORISED");
});

test("an invoice with money on it can't be voided or edited", async () => {
  const voided = await desk.call("POST", "/Invoices/INV-2017", { body: { Status: "VOIDED" } });
  expect(voided.text).toContain(
    "The status VOIDED cannot be applied to the invoice because it has payments or credit notes allocated to it.",
  );
  const edited = await desk.call("POST", "/Invoices/INV-2017", { body: { LineItems: [line] } });
  expect(edited.text).toContain(
    "This document cannot be edited as it has a payment or credit note allocated to it.",
  );
});

test("a period that is locked takes no documents", async () => {
  await desk.control("/xero/lock-dates", { tenantId: desk.au, periodLockDate: "2026-09-30" });
  const { text } = await put(sale);
  expect(text).toContain(
    "The document date cannot be before the period lock date, currently set at 30 Sep 2026",
  );
  await desk.control("/xero/lock-dates", { tenantId: desk.au, periodLockDate: null });
});

test("lists without pages carry no lines; pages, Statuses and summaryOnly do as Xero does", async () => {
  const unpaged = await list("");
  expect(unpaged).not.toHaveProperty("pagination");
  expect(unpaged.Invoices[0].LineItems).toEqual([]);
  const paged = await list("page=2&pageSize=10");
  expect(paged.Invoices).toHaveLength(10);
  expect(paged.pagination).toMatchObject({ page: 2, pageSize: 10, itemCount: unpaged.Invoices.length });
  expect(paged.Invoices[0].LineItems).toHaveLength(1);
  const byStatus = await list("Statuses=AUTHORISED,PAID");
  expect(byStatus.pagination.pageSize).toBe(100);
  const summary = await list("summaryOnly=true");
  expect(summary.pagination).toBeDefined();
  for (const left of ["LineItems", "Payments", "HasAttachments"])
    expect(summary.Invoices[0]).not.toHaveProperty(left);
  for (const kept of ["CreditNotes", "Prepayments", "Overpayments"])
    expect(summary.Invoices[0]).toHaveProperty(kept);
  expect((await list("page=1&pageSize=5000")).pagination.pageSize).toBe(1000);
  expect((await list("page=1&pageSize=0")).pagination.pageSize).toBe(1);
});

test("where finds by every means clients use", async () => {
  const { Invoices } = await where('Type=="ACCREC" AND Status=="AUTHORISED" && Contact.Name=="Bayside Club"');
  const [first] = Invoices;
  expect(Invoices.every((found: { Status: string }) => found.Status === "AUTHORISED")).toBe(true);
  const byContact = await where(
    `Contact.ContactID==guid("${first.Contact.ContactID}") AND AmountDue>=2200.00`,
  );
  expect(byContact.Invoices.map((found: { InvoiceNumber: string }) => found.InvoiceNumber)).toEqual([
    "INV-2009",
  ]);
  const either = await where(
    '(InvoiceNumber=="INV,77" OR InvoiceNumber.StartsWith("INV/2026")) AND AmountPaid==0',
  );
  expect(either.Invoices).toHaveLength(2);
  const dates = await where(
    "Date>=DateTime(2026, 01, 01) AND DueDate<DateTime(2030,1,1) AND Reference!=null",
  );
  expect(dates.Invoices.length).toBeGreaterThan(50);
  for (const clause of [
    'Contact.EmailAddress=="accounts@bayside-club.example"',
    "HasAttachments==false",
    'LineAmountTypes=="Exclusive"',
    "AmountCredited>0",
    "Date<=DateTime.Now",
  ])
    expect((await where(clause)).Invoices.length, clause).toBeGreaterThan(0);
  expect((await where('Contact.Name.ToLower().Contains("søn")')).Invoices.length).toBeGreaterThan(0);
});

test.each([
  'Nonsense=="x"',
  "Status==",
  'Date>"2026"',
  "Status.Reverse()",
  '("a"=="a")',
  "Date >= DateTime(2026)",
])("where %s is a QueryParseException", async (clause) => {
  const { status, body } = await desk.call("GET", `/Invoices?where=${encodeURIComponent(clause)}`);
  expect([status, body.Type, body.ErrorNumber]).toEqual([400, "QueryParseException", 16]);
});

test("odd numbers are found by path, also when a bill or a voided twin has the same", async () => {
  for (const number of ["INV/2026 #7", "INV,77", "Fáktura №5", "INV+8 & co"]) {
    const { body } = await desk.call("GET", `/Invoices/${encodeURIComponent(number)}`);
    expect(body.Invoices[0].InvoiceNumber).toBe(number);
  }
  expect((await desk.call("GET", "/Invoices/INV-2009")).body.Invoices[0].Type).toBe("ACCREC");
  expect((await desk.call("GET", "/Invoices/INV-1900")).body.Invoices[0]).toMatchObject({
    Status: "AUTHORISED",
    Total: 950,
  });
  expect((await desk.call("GET", "/Invoices/BILL-88")).body.Invoices[0].Type).toBe("ACCPAY");
});

test("If-Modified-Since shows only what changed, and a payment is a change", async () => {
  const since = new Date(desk.simulator.world.clock.now()).toISOString().slice(0, 19);
  await desk.control("/clock", { advanceSeconds: 5 });
  await desk.control("/xero/pay", { tenantId: desk.au, invoice: "INV-2013", amount: 10, account: "090" });
  const { body } = await desk.call("GET", "/Invoices?page=1", { headers: { "if-modified-since": since } });
  const changed = body.Invoices.filter(
    (found: { InvoiceNumber: string }) => found.InvoiceNumber === "INV-2013",
  );
  expect(changed).toHaveLength(1);
  expect(changed[0]).toMatchObject({ AmountPaid: 10, AmountDue: 1000 });
});

test("a stale read answers with the state of then", async () => {
  await desk.control("/clock", { advanceSeconds: 60 });
  await desk.control("/xero/pay", { tenantId: desk.au, invoice: "INV-2009", amount: 2200, account: "090" });
  await desk.control("/faults", {
    method: "GET",
    path: "/api.xro/2.0/Invoices",
    times: 1,
    effect: { kind: "stale-read", seconds: 30 },
  });
  const [stale] = (await desk.call("GET", "/Invoices/INV-2009")).body.Invoices;
  expect(stale).toMatchObject({ Status: "AUTHORISED", AmountDue: 2200 });
  const [fresh] = (await desk.call("GET", "/Invoices/INV-2009")).body.Invoices;
  expect(fresh).toMatchObject({ Status: "PAID", AmountDue: 0 });
  expect(fresh.FullyPaidOnDate).toBeDefined();
});
