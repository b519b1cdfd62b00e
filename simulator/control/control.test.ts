import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { connectDesk, type Desk, openDesk } from "../xero/test-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

const truth = async (what: string, query: string, tenantId = desk.au) =>
  Object.values(await desk.control(`/xero/${what}?tenantId=${tenantId}&${query}`))[0] as Record<
    string,
    string
  >[];
const lever = (name: string, body: object) => desk.control(`/xero/${name}`, { tenantId: desk.au, ...body });

test("the demo seed holds what the demo tells of", async () => {
  const { organisations } = await desk.control("/xero/organisations");
  expect(organisations.map(({ shortCode }: { shortCode: string }) => shortCode)).toEqual([
    "!dM0aU",
    "!hB7uK",
    "!lV3uS",
  ]);
  const [bayside] = await truth("contacts", "name=Bayside+Club");
  expect(bayside).toMatchObject({ email: "accounts@bayside-club.example" });
  const owed = await truth("invoices", `contactId=${bayside?.id}&status=AUTHORISED`);
  const due = owed.map(({ number, total, amountDue }) => [number, total, amountDue]);
  expect(due.sort()).toEqual([
    ["INV-2009", 220_000, 220_000],
    ["INV-2013", 101_000, 101_000],
    ["INV-2017", 60_000, 20_000],
  ]);
  const [quayside] = await truth("contacts", "name=Quayside+Bakery", desk.uk);
  const foreign = await truth("invoices", `contactId=${quayside?.id}&status=AUTHORISED`, desk.uk);
  expect(foreign.map(({ number, currency, amountDue }) => [number, currency, amountDue]).sort()).toEqual([
    ["INV-3001", "GBP", 48_000],
    ["INV-3002", "GBP", 12_050],
    ["INV-3003", "EUR", 35_000],
  ]);
  const every = await desk.control("/xero/invoices");
  const states = new Set(every.invoices.map(({ status }: { status: string }) => status));
  expect(states).toEqual(new Set(["DRAFT", "SUBMITTED", "AUTHORISED", "PAID", "VOIDED", "DELETED"]));
});

test("money adds up in every seeded invoice", async () => {
  const { invoices } = await desk.control("/xero/invoices");
  const { payments } = await desk.control("/xero/payments");
  const paid = new Map<string, number>();
  for (const { invoiceId, amount } of payments) paid.set(invoiceId, (paid.get(invoiceId) ?? 0) + amount);
  for (const invoice of invoices) {
    expect(invoice.total).toBe(invoice.subTotal + invoice.totalTax);
    expect(invoice.amountPaid).toBe(paid.get(invoice.id) ?? 0);
    const isDead = ["VOIDED", "DELETED"].includes(invoice.status);
    const left = invoice.total - invoice.amountPaid - invoice.amountCredited;
    expect(invoice.amountDue).toBe(isDead ? 0 : left);
    if (invoice.status === "PAID") expect(invoice.amountDue).toBe(0);
    if (invoice.status === "AUTHORISED") expect(invoice.amountDue).toBeGreaterThan(0);
  }
});

test("what a person does in Xero is seen through the API", async () => {
  await lever("invoice", { invoice: "INV-2013", total: 999.5, dueDate: "2027-01-31" });
  const read = async (number: string) => (await desk.call("GET", `/Invoices/${number}`)).body.Invoices[0];
  expect(await read("INV-2013")).toMatchObject({
    Total: 999.5,
    AmountDue: 999.5,
    DueDateString: "2027-01-31T00:00:00",
  });
  const payment = await lever("pay", { invoice: "INV-2013", amount: "999.50", account: "090" });
  expect(await read("INV-2013")).toMatchObject({ Status: "PAID" });
  expect(await lever("pay", { invoice: "INV-2013", amount: 1, account: "090" })).toEqual({
    error: "That much is not due",
  });
  await lever("remove-payment", { paymentId: payment.id });
  await lever("invoice", { invoice: "INV-2013", status: "VOIDED" });
  expect(await read("INV-2013")).toMatchObject({ Status: "VOIDED" });
  const [deleted] = await truth("payments", "status=DELETED");
  expect(deleted?.id).toBe(payment.id);

  const [clearing] = await truth("accounts", "code=612");
  await lever("account", { accountId: clearing?.id, status: "ARCHIVED" });
  const accounts = await desk.call("GET", `/Accounts?where=${encodeURIComponent('Code=="612"')}`);
  expect(accounts.body.Accounts[0].Status).toBe("ARCHIVED");
  expect(await lever("account", { accountId: "nonsense" })).toEqual({ error: "No such account" });
  expect((await lever("invoice", { status: "WRONG" })).error).toContain("invoice");
});

test("a demo reset gives the same books new ids and kills the old connection", async () => {
  const before = await truth("invoices", "number=INV-2009&status=AUTHORISED", desk.uk);
  const { tenantId } = await desk.control("/xero/demo-reset", { tenantId: desk.uk });
  expect(tenantId).not.toBe(desk.uk);
  expect((await desk.call("GET", "/Organisation", { tenantId: desk.uk })).status).toBe(403);
  expect((await desk.call("GET", "/Organisation", { tenantId })).status).toBe(403);
  const again = await connectDesk(desk.simulator);
  const { body } = await again.call("GET", "/Invoices/INV-2009", { tenantId });
  expect(body.Invoices[0].Total).toBe(Number(before[0]?.total) / 100);
  expect(body.Invoices[0].InvoiceID).not.toBe(before[0]?.id);
  expect((await again.call("GET", "/Organisation", { tenantId })).body.Organisations[0]).toMatchObject({
    Name: "Harbour Books Ltd",
    IsDemoCompany: true,
    OrganisationID: tenantId,
  });
});

test("the journal tells what happened, from where one left off", async () => {
  const { lastSeq } = await desk.control("/journal?limit=100000");
  await desk.call("GET", "/Organisation");
  const { entries } = await desk.control(`/journal?kind=xero.call&after=${lastSeq}`);
  expect(entries).toHaveLength(1);
  expect(entries[0].data).toMatchObject({ method: "GET", path: "/api.xro/2.0/Organisation", status: 200 });
});

test("a large seed has as much as was asked for", async () => {
  await desk.control("/reset", { seed: "large", size: { organisations: 2, invoices: 300 } });
  const { invoices } = await desk.control("/xero/invoices");
  expect(invoices).toHaveLength(600);
});
