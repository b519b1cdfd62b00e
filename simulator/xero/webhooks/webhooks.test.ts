import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { settled } from "../../core/world.ts";
import { clientId, type Desk, openDesk } from "../test-desk.ts";

type Received = { raw: string; signature: string; isGood: boolean };

const key = "a-webhook-key-for-tests";
let desk: Desk;
let server: Server;
let endpoint: string;
let received: Received[] = [];
/** What the endpoint answers to a rightly signed delivery. */
let answer = 200;
let tellsThemApart = true;

beforeAll(async () => {
  desk = await openDesk();
  server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const raw = Buffer.concat(chunks).toString();
    const signature = String(incoming.headers["x-xero-signature"]);
    const isGood = signature === createHmac("sha256", key).update(raw).digest("base64");
    received.push({ raw, signature, isGood });
    outgoing.writeHead(isGood || !tellsThemApart ? answer : 401).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  await fetch(`${desk.url}/control/apps/${clientId}`, {
    method: "PUT",
    body: JSON.stringify({ webhookUrl: endpoint, webhookKey: key }),
  });
  await settled(desk.simulator.world);
});
beforeEach(async () => {
  received = [];
  await desk.control("/xero/forget-usage", {});
});
afterEach(async () => {
  answer = 200;
  await desk.control("/webhooks/faults", {});
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await desk.close();
});

const pay = (amount: number, invoice = "INV-2009", tenantId = desk.au) =>
  desk.control("/xero/pay", { tenantId, invoice, amount, account: "090" });
const deliveries = () =>
  received.map(({ raw }) => JSON.parse(raw)).filter(({ events }: { events: object[] }) => events.length > 0);
const status = async () =>
  (await desk.control("/webhooks")).apps.find((app: { clientId: string }) => app.clientId === clientId)
    .webhookStatus;
const tick = () => desk.control("/webhooks/tick", {});

test("the intent to receive comes rightly and wrongly signed, and both must be told apart", async () => {
  expect(await desk.control("/webhooks/intent", { clientId })).toEqual({ clientId, status: "ok" });
  expect(received.map(({ isGood }) => isGood).sort()).toEqual([false, false, true, true]);
  expect(JSON.parse(received[0]?.raw ?? "")).toMatchObject({
    events: [],
    firstEventSequence: 0,
    lastEventSequence: 0,
  });
  tellsThemApart = false;
  expect(await desk.control("/webhooks/intent", { clientId })).toMatchObject({ status: "failed" });
  tellsThemApart = true;
  await desk.control("/webhooks/intent", { clientId });
});

test("a payment fires INVOICE UPDATE, signed over the raw body", async () => {
  await pay(1);
  await tick();
  const [delivery] = deliveries();
  expect(received.every(({ isGood }) => isGood)).toBe(true);
  expect(delivery.entropy).toMatch(/^[A-Z]{20}$/);
  expect(delivery.events[0]).toMatchObject({
    ...{ tenantId: desk.au, tenantType: "ORGANISATION", eventCategory: "INVOICE", eventType: "UPDATE" },
    resourceUrl: expect.stringMatching(/\/api\.xro\/2\.0\/Invoices\/[0-9a-f-]{36}$/),
    eventDateUtc: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/),
  });
  expect(delivery.events[0]).not.toHaveProperty("data");
});

test("sequence numbers have no gaps, and one delivery may mix organisations", async () => {
  answer = 500;
  await pay(1);
  await pay(1, "INV-3001", desk.uk);
  await desk.control("/xero/contact", {
    tenantId: desk.au,
    contactId: await aContact(),
    email: "new@example.test",
  });
  answer = 200;
  await desk.control("/clock", { advanceSeconds: 901 });
  await tick();
  const numbers = new Set<number>();
  for (const { firstEventSequence, lastEventSequence } of deliveries()) {
    for (let at = firstEventSequence; at <= lastEventSequence; at++) numbers.add(at);
  }
  const sorted = [...numbers].sort((a, b) => a - b);
  expect(sorted.at(-1)).toBe((sorted[0] ?? 0) + sorted.length - 1);
  const categories = deliveries().flatMap(({ events }) =>
    events.map((event: { eventCategory: string }) => event.eventCategory),
  );
  expect(categories).toEqual(expect.arrayContaining(["INVOICE", "CONTACT"]));
});

test("a refused delivery is retried at once, then every quarter hour", async () => {
  answer = 500;
  await pay(1);
  await tick();
  expect(deliveries()).toHaveLength(2);
  await tick();
  expect(deliveries()).toHaveLength(2);
  answer = 200;
  await desk.control("/clock", { advanceSeconds: 15 * 60 });
  await tick();
  expect(new Set(deliveries().map(({ entropy }) => entropy)).size).toBe(1);
  expect(deliveries()).toHaveLength(3);
  expect(await status()).toBe("ok");
});

test("after a day of failures the endpoint is disabled, and gets it all when it is back", async () => {
  answer = 500;
  await pay(1);
  await tick();
  await desk.control("/clock", { advanceSeconds: 24 * 3600 + 1 });
  await tick();
  expect(await status()).toBe("disabled");
  received = [];
  await pay(1);
  await tick();
  expect(received).toHaveLength(0);
  answer = 200;
  await desk.control("/webhooks/intent", { clientId });
  await tick();
  const missed = deliveries().flatMap(({ events }) => events);
  expect(missed).toHaveLength(2);
});

test("dropped, doubled and overtaken deliveries on demand", async () => {
  await desk.control("/webhooks/faults", { drop: 1 });
  await pay(1);
  await tick();
  expect(deliveries()).toHaveLength(0);

  await desk.control("/webhooks/faults", { duplicate: 1 });
  await pay(1);
  await tick();
  expect(new Set(received.map(({ raw }) => raw)).size).toBe(1);
  expect(deliveries()).toHaveLength(2);

  received = [];
  await desk.control("/webhooks/faults", { reorder: 1 });
  await pay(1);
  await desk.control("/webhooks/faults", {});
  await pay(1);
  await tick();
  const firsts = deliveries().map(({ firstEventSequence }) => firstEventSequence);
  expect(firsts).toEqual([...firsts].sort((a, b) => b - a));
});

test("payments need not fire anything: Xero promises it nowhere", async () => {
  await desk.control("/xero/settings", { invoiceUpdateOnPayment: false });
  await pay(1);
  await tick();
  expect(deliveries()).toHaveLength(0);
  await desk.control("/xero/settings", { invoiceUpdateOnPayment: true });
});

async function aContact(): Promise<string> {
  const { contacts } = await desk.control(`/xero/contacts?tenantId=${desk.au}&name=Bayside+Club`);
  return contacts[0].id;
}

test("a credit fires its own category, which says type and status", async () => {
  const [invoice] = (await desk.control(`/xero/invoices?tenantId=${desk.au}&number=INV-2013`)).invoices;
  for (const kind of ["credit-note", "overpayment"])
    await desk.control("/xero/credit", {
      ...{ tenantId: desk.au, kind, contactId: invoice.contactId },
      total: 10,
    });
  await tick();
  const events = deliveries().flatMap(({ events }) => events);
  expect(events.map(({ eventCategory, data }) => [eventCategory, data])).toEqual([
    ["CREDITNOTE", { Type: "ACCRECCREDIT", Status: "AUTHORISED" }],
    [
      "OVERPAYMENT",
      { Type: "RECEIVE-OVERPAYMENT", Status: "AUTHORISED", UpdatedDateUTCString: expect.any(String) },
    ],
  ]);
  expect(events[0].resourceUrl).toMatch(/\/CreditNotes\/[\w-]+$/);
});
