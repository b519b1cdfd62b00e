/** What the gateway promises holds for each family of writes: keys, faults, stale reads, scopes. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { accountNamed, openCredit, openSale } from "../test-books.ts";
import { type Desk, openDesk } from "../test-desk.ts";

let desk: Desk;
let clearing: string;
beforeAll(async () => {
  desk = await openDesk();
  clearing = (await accountNamed(desk, "Card clearing")).id;
});
beforeEach(() => desk.control("/xero/settings", { limits: { minute: 10_000, concurrent: 100 } }));
afterEach(() => fetch(`${desk.url}/control/faults`, { method: "DELETE" }));
afterAll(() => desk.close());

type Ready = { method: string; path: string; body: object; count(): Promise<number> };
const line = { Description: "Fee", Quantity: 1, UnitAmount: 5, AccountCode: "404" };
const listed = async (family: string, token: string) => {
  const where = encodeURIComponent(`Reference=="${token}"`);
  return (await desk.call("GET", `/${family}?where=${where}`)).body[family].length;
};

/** Each with all that it needs, and how many of it there are. */
const writes: [name: string, ready: (token: string) => Promise<Ready>][] = [
  [
    "a credit note",
    async (token) => ({
      ...{ method: "PUT", path: "/CreditNotes", count: () => listed("CreditNotes", token) },
      body: { Type: "ACCRECCREDIT", Contact: { Name: "Bayside Club" }, Reference: token, LineItems: [line] },
    }),
  ],
  [
    "an allocation",
    async () => {
      const { InvoiceID, Contact } = await openSale(desk, 100);
      const { CreditNoteID } = await openCredit(desk, 100, { ContactID: Contact.ContactID });
      const read = () => desk.call("GET", `/CreditNotes/${CreditNoteID}`);
      return {
        ...{ method: "PUT", path: `/CreditNotes/${CreditNoteID}/Allocations` },
        body: { Allocations: [{ Invoice: { InvoiceID }, Amount: 5 }] },
        count: async () => (await read()).body.CreditNotes[0].Allocations.length,
      };
    },
  ],
  [
    "a refund",
    async (token) => {
      const { CreditNoteID } = await openCredit(desk, 100, { Name: "Bayside Club" });
      const paid = { Account: { Code: "612" }, Date: "2026-11-20", Amount: 5, Reference: token };
      return {
        ...{ method: "POST", path: "/Payments", count: () => listed("Payments", token) },
        body: { CreditNote: { CreditNoteID }, ...paid },
      };
    },
  ],
  [
    "a bank transaction",
    async (token) => ({
      ...{ method: "PUT", path: "/BankTransactions", count: () => listed("BankTransactions", token) },
      body: {
        ...{ Type: "SPEND", Contact: { Name: "Stripe" }, BankAccount: { AccountID: clearing } },
        ...{ Reference: token, LineItems: [line] },
      },
    }),
  ],
  [
    "a bank transfer",
    async (token) => ({
      ...{ method: "PUT", path: "/BankTransfers", count: () => listed("BankTransfers", token) },
      body: {
        ...{ FromBankAccount: { AccountID: clearing }, ToBankAccount: { Code: "090" } },
        ...{ Amount: 5, Reference: token },
      },
    }),
  ],
  [
    "a purchase order",
    async (token) => {
      const [{ ContactID }] = (await desk.call("GET", '/Contacts?where=Name=="Bayside Club"')).body.Contacts;
      const orders = async () =>
        (await desk.call("GET", "/PurchaseOrders?pageSize=1000")).body.PurchaseOrders;
      return {
        ...{ method: "PUT", path: "/PurchaseOrders" },
        body: { Contact: { ContactID }, Reference: token, LineItems: [line] },
        count: async () =>
          (await orders()).filter(({ Reference }: { Reference?: string }) => Reference === token).length,
      };
    },
  ],
  [
    "a note",
    async (token) => {
      const { InvoiceID } = await openSale(desk, 100);
      const path = `/Invoices/${InvoiceID}/History`;
      const notes = async () => (await desk.call("GET", path)).body?.HistoryRecords ?? [];
      return {
        ...{ method: "PUT", path, body: { HistoryRecords: [{ Details: token }] } },
        count: async () =>
          (await notes()).filter(({ Details }: { Details: string }) => Details === token).length,
      };
    },
  ],
];

let tokens = 0;
const send = ({ method, path, body }: Ready, key: string) =>
  desk.call(method, path, { body, headers: { "idempotency-key": key } });
const fault = ({ method, path }: Ready, effect: object) =>
  desk.control("/faults", { method, path: `/api.xro/2.0${path}`, times: 1, effect });

test.each(writes)("%s is written once for one key, also when the first answer was lost", async (_, ready) => {
  const token = `cf-${++tokens}`;
  const write = await ready(token);
  await fault(write, { kind: "cut-after" });
  await expect(send(write, token)).rejects.toThrow(/hang up|ECONNRESET/);
  expect(await write.count()).toBe(1);
  const again = await send(write, token);
  expect([again.status, (await send(write, token)).text]).toEqual([200, again.text]);
  expect(await write.count()).toBe(1);
  await desk.control("/xero/settings", { idempotencySeconds: 0 });
  await send(write, token);
  expect(await write.count()).toBe(2);
  await desk.control("/xero/settings", { idempotencySeconds: 360 });
});

test.each(writes)("%s that is committed late is a ghost, which its key keeps single", async (_, ready) => {
  const token = `cf-${++tokens}`;
  const write = await ready(token);
  await fault(write, { kind: "commit-late", ms: 100 });
  await expect(send(write, token)).rejects.toThrow(/hang up|ECONNRESET/);
  expect(await write.count()).toBe(0);
  expect((await send(write, token)).status).toBe(200);
  await vi.waitFor(async () => {
    const { entries } = await desk.control("/journal?kind=xero.replayed&limit=10000");
    expect(entries.some(({ data }: { data: { key: string } }) => data.key === token)).toBe(true);
  });
  expect(await write.count()).toBe(1);
});

test.each(writes)("%s is not yet seen by a stale read", async (_, ready) => {
  const token = `cf-${++tokens}`;
  const write = await ready(token);
  await desk.control("/clock", { advanceSeconds: 60 });
  await send(write, token);
  await desk.control("/faults", {
    method: "GET",
    path: "/api.xro/2.0/*",
    effect: { kind: "stale-read", seconds: 30 },
  });
  expect(await write.count()).toBe(0);
  await fetch(`${desk.url}/control/faults`, { method: "DELETE" });
  expect(await write.count()).toBe(1);
});

test.each(writes)("%s counts as a call", async (_, ready) => {
  const token = `cf-${++tokens}`;
  const write = await ready(token);
  const minute = ({ headers }: { headers: Record<string, string> }) =>
    Number(headers["x-minlimit-remaining"]);
  const [before, after] = [await desk.call("GET", "/Organisation"), await send(write, token)];
  expect(minute(after)).toBe(minute(before) - 1);
});

test("each family needs the scope that is its own, and writing more than reading it", async () => {
  const families = [
    ["/CreditNotes", "accounting.invoices"],
    ["/Invoices/x/History", "accounting.invoices"],
    ["/PurchaseOrders", "accounting.invoices"],
    ["/PurchaseOrders/x/Attachments/a.pdf", "accounting.attachments"],
    ["/TrackingCategories", "accounting.settings"],
    ["/TaxRates", "accounting.settings"],
    ["/CreditNotes/x/Allocations", "accounting.invoices"],
    ["/Payments", "accounting.payments"],
    ["/Overpayments/x/Allocations", "accounting.payments"],
    ["/BankTransactions", "accounting.banktransactions"],
    ["/BankTransactions/x/History", "accounting.banktransactions"],
    ["/BankTransfers", "accounting.banktransactions"],
  ] as const;
  for (const scope of new Set(families.map(([, own]) => own))) {
    const reader = await openDesk(`openid offline_access ${scope}.read`);
    const writer = await openDesk(`openid offline_access ${scope}`);
    const may = async (other: Desk, path: string) => (await other.call("PUT", path)).status !== 401;
    for (const [path, own] of families) {
      expect([path, await may(reader, path)]).toEqual([path, false]);
      expect([path, await may(writer, path)]).toEqual([path, own === scope]);
    }
    await Promise.all([reader.close(), writer.close()]);
  }
});

test.each([
  ["PurchaseOrders", { PurchaseOrder: { Reference: "Lost" } }],
  ["Contacts", { Contact: { FirstName: "Lost" } }],
  ["Items", { Item: [{ Name: "Lost" }] }],
  ["TrackingCategories", { Category: { Name: "Lost" } }],
])("%s: a body under a wrong name is no data, also for one that is there", async (family, body) => {
  const contact = (await desk.call("GET", '/Contacts?where=Name=="Bayside Club"')).body.Contacts[0];
  await desk.call("PUT", "/PurchaseOrders", { body: { Contact: { ContactID: contact.ContactID } } });
  const [row] = (await desk.call("GET", `/${family}`)).body[family];
  const id = row.PurchaseOrderID ?? row.ContactID ?? row.ItemID ?? row.TrackingCategoryID;
  const answer = await desk.call("POST", `/${family}/${id}`, { body });
  expect([answer.status, answer.body.ErrorNumber]).toEqual([400, 17]);
  const part = { PurchaseOrders: { LineItems: [] }, Items: { SalesDetails: {} } }[family];
  if (part) expect((await desk.call("POST", `/${family}/${id}`, { body: part })).status).toBe(200);
});

test("who knows no summarizeErrors refuses with a 400 all the same", async () => {
  const [{ ItemID }] = (await desk.call("GET", "/Items")).body.Items;
  const [{ TrackingCategoryID: id }] = (await desk.call("GET", "/TrackingCategories")).body
    .TrackingCategories;
  const asked: [method: string, path: string][] = [
    ["PUT", "/TaxRates"],
    ["PUT", "/TrackingCategories"],
    ["PUT", `/TrackingCategories/${id}/Options`],
    ["POST", `/Items/${ItemID}`],
  ];
  for (const [method, path] of asked) {
    const body = { Name: "x".repeat(101) };
    expect((await desk.call(method, `${path}?summarizeErrors=false`, { body })).status).toBe(400);
  }
  expect((await desk.call("PUT", "/Items?summarizeErrors=false", { body: { Name: "No code" } })).status).toBe(
    200,
  );
});

test.each(["TrackingCategories", "TaxRates"])("%s know no If-Modified-Since", async (family) => {
  const headers = { "if-modified-since": new Date(desk.simulator.world.clock.now() + 1000).toISOString() };
  expect((await desk.call("GET", `/${family}`, { headers })).body[family]).not.toEqual([]);
});
