import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { PROBLEMS } from "#app/door/api/problems.ts";
import { REQUESTS_A_MINUTE } from "#app/door/api/serve.ts";
import { itemKinds, tenders } from "#db/schema/mapping.ts";
import { contacts } from "#db/schema/mirror.ts";
import { orders } from "#db/schema/orders.ts";
import { makeKey } from "#lib/api-keys/make-key.ts";
import { limiter } from "#lib/core/limits.ts";
import { readBooksChart } from "#lib/mirror/chart.ts";
import { ORDER_FAULTS } from "#lib/orders/faults.ts";
import { orderBody } from "#lib/orders/order-body.ts";
import { checkOf, pointedTo } from "#lib/testing/api/document-check.ts";
import { faultyOrders } from "#lib/testing/api/planted-faults.ts";
import { faultyRefunds, REFUNDED_LINES, validRefunds } from "#lib/testing/api/refunds.ts";
import { type Named, type SentOrder, validOrders } from "#lib/testing/api/valid-orders.ts";
import { testDb } from "#lib/testing/database.ts";
import { type OrderDesk, openOrderDesk, setOrders } from "#lib/testing/orders/order-desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { invoicesInXero, runToIdle } from "#lib/testing/truth/truth.ts";
import { tenants } from "#lib/testing/xero/at-xero.ts";
import { DELETE as deleteNothing, GET as getNothing } from "./[...path]/route.ts";
import { GET as getChart } from "./chart/route.ts";
import { exampleOf, type Schema } from "./docs/schema-list.tsx";
import { apiDocument } from "./document.ts";
import { GET as getMapping } from "./mapping/route.ts";
import { GET as getCancel, POST as postCancel } from "./orders/[id]/cancel/route.ts";
import { POST as postRefund, PUT as putRefund } from "./orders/[id]/refunds/route.ts";
import { GET as getOrder, POST as postToOne } from "./orders/[id]/route.ts";
import { POST as postBatch, PUT as putBatch } from "./orders/batch/route.ts";
import { DELETE as deleteOrders, GET as getOrders, POST as postOrder } from "./orders/route.ts";

const SEED = 20_261_130;
const LOCKED_UNTIL = "2026-03-31";

const db = testDb();
const simulator = testSimulator();
const document = apiDocument("https://desk.example");
const wrongBy = checkOf(document);
let desk: OrderDesk;
let named: Named;
let keys: string[] = [];
let asked = 0;

beforeAll(async () => {
  const { au: tenantId } = await tenants(simulator());
  await simulator().control("POST", "/control/xero/lock-dates", { tenantId, periodLockDate: LOCKED_UNTIL });
  desk = await openOrderDesk(db(), simulator());
  const { books, caller, clearingAccountId } = desk;
  // More is asked here than a single key may in a minute.
  keys = await Promise.all(
    Array.from({ length: 10 }, (_, nth) =>
      makeKey(db(), caller, {
        connectionId: books.connectionId,
        name: `Till ${nth}`,
        scopes: ["read", "orders:write"],
      }),
    ),
  );
  named = await nameAll();
  const contact = { cashContact: "Bayside Club", supplierContact: "Bayside Club" };
  await setOrders(db(), desk, { onUnmapped: "hold", ...contact });
  const { accounts } = await readBooksChart(db(), books.connectionId);
  const mappedAt = new Date();
  await db()
    .insert(itemKinds)
    .values([
      { ...books, name: "Hire", accountCode: "200", mappedAt },
      { ...books, name: "Größe", mappedAt },
      { ...books, name: named.archivedKind, accountCode: "210", mappedAt },
    ]);
  const old = accounts.find(({ code }) => code === "613")?.accountId ?? "";
  await db()
    .insert(tenders)
    .values([
      { ...books, name: "EFTPOS", accountId: clearingAccountId, mappedAt },
      { ...books, name: "Bar 💶", accountId: clearingAccountId, mappedAt },
      { ...books, name: named.archivedTender, accountId: old, mappedAt },
    ]);
});

async function nameAll(): Promise<Named> {
  const { connectionId } = desk.books;
  const chart = await readBooksChart(db(), connectionId);
  const all = await db().select().from(contacts).where(eq(contacts.connectionId, connectionId));
  const active = all.filter(({ status }) => status === "ACTIVE");
  // As the mirror has a contact once Xero has said that it was archived.
  const archivedContactId = active.at(-1)?.contactId ?? "";
  await db().update(contacts).set({ status: "ARCHIVED" }).where(eq(contacts.contactId, archivedContactId));
  const club = active.find(({ name }) => name === "Bayside Club");
  return {
    contactIds: active.slice(0, 5).map(({ contactId }) => contactId),
    known: { name: "The club", email: club?.email ?? "" },
    unclear: { name: "Bayside Club", email: "somebody@else.example" },
    archivedContactId,
    ...{ kinds: ["Hire", "Größe"], archivedKind: "Old hire" },
    ...{ tenders: ["EFTPOS", "Bar 💶"], archivedTender: "Old till" },
    itemCodes: chart.items.filter(({ isSold }) => isSold).map(({ code }) => code),
    tracking: chart.tracking.flatMap(({ name: category, options }) =>
      options.filter(({ status }) => status === "ACTIVE").map(({ name: option }) => ({ category, option })),
    ),
    currencies: chart.currencies,
    lockedUntil: LOCKED_UNTIL,
  };
}

type Handler = typeof postOrder;
type Asked = {
  path: string;
  query?: string;
  body?: unknown;
  id?: string;
  method?: string;
  headers?: Record<string, string>;
};
type Fault = { code: string; found: string; pointer: string; detail: string };
type Answer = Record<string, unknown> & {
  errors: Fault[];
  faults: Fault[];
  documents: Record<string, unknown>[];
};
type Told = { status: number; headers: Headers; body: Answer };

/** Asks, and holds the answer against the document: its status, its type, its schema and its headers. */
async function ask(
  handler: Handler,
  { path, query = "", body, id, method, headers = {} }: Asked,
): Promise<Told> {
  asked += 1;
  const authorization = `Bearer ${keys[asked % keys.length]}`;
  const way = method ?? (body === undefined ? "GET" : "POST");
  const sent = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
  const address = `http://localhost/api/v1${path.replace("{id}", encodeURIComponent(id ?? ""))}${query}`;
  const request = new Request(address, {
    ...{ method: way, ...sent },
    headers: { authorization, "content-type": "application/json", ...headers },
  });
  const response = await handler(request, { params: Promise.resolve(id === undefined ? {} : { id }) });
  const answer = (await response.json()) as Answer;
  const { status } = response;
  expect(wrongBy({ method: way, path, status, headers: response.headers, body: answer })).toEqual([]);
  return { status: response.status, headers: response.headers, body: answer };
}

const send = (body: unknown, query = "") => ask(postOrder, { path: "/orders", body, query });
const sendBatch = (body: unknown, query = "") => ask(postBatch, { path: "/orders/batch", body, query });
const kept = async () => (await db().select({ many: sql<number>`count(*)::int` }).from(orders))[0]?.many;
const inShort = (faults: Fault[]) =>
  faults.map(({ code, found, pointer }) => `${found}: ${code} ${pointer}`).toSorted();
const property = <T>(what: fc.Arbitrary<T>, hold: (one: T) => Promise<void>, numRuns: number) =>
  fc.assert(fc.asyncProperty(what, hold), { seed: SEED, numRuns, endOnFailure: true });

describe("what is taken back", () => {
  /** In Xero, unpaid, and 60.00 with tax: enough of them for each test to take its own. */
  let written: string[] = [];

  beforeAll(async () => {
    const lines = REFUNDED_LINES;
    const orders = Array.from({ length: 60 }, () => ({ ...plain(), amounts: "inclusive", lines }));
    const { body } = await sendBatch({ orders });
    written = (body.results as { order: { id: string } }[]).map(({ order }) => order.id);
    await runToIdle(db());
  });

  const next = () => written.pop() ?? expect.fail("No order is left to be taken back");
  const refund = (id: string, body: unknown) => ask(postRefund, { path: "/orders/{id}/refunds", id, body });
  const cancel = (id: string, more: Partial<Asked> = {}) =>
    ask(postCancel, { path: "/orders/{id}/cancel", id, method: "POST", ...more });

  test("a refund is taken once, however often it is sent, and another one of its number is a conflict", async () => {
    await property(
      validRefunds(named.tenders),
      async (sent) => {
        const id = next();
        const first = await refund(id, sent);
        expect([first.status, first.body.errors]).toEqual([202, undefined]);
        expect(first.body).toMatchObject({ id, outcome: "new", documents: [{}, { kind: "order_credit" }] });
        const again = await refund(id, sent);
        expect(again).toMatchObject({ status: 200, body: { outcome: "same" } });
        expect(again.body.documents).toHaveLength(2);
        expect(await refund(id, { ...sent, reason: "Another" })).toMatchObject({
          status: 409,
          body: { code: "refund-conflict" },
        });
      },
      30,
    );
  });

  test("all that is wrong with a refund is told, each thing once and where it stands, and nothing is taken", async () => {
    const id = next();
    await property(
      faultyRefunds(named.tenders),
      async ({ sent, faults }) => {
        const { status, body } = await refund(id, sent);
        const expected = faults.map(({ code, found, pointer }) => `${found}: ${code} ${pointer}`).toSorted();
        expect([status, inShort(body.errors)]).toEqual([422, expected]);
        const asReceived = JSON.parse(JSON.stringify(sent));
        for (const { code, pointer } of body.errors) {
          expect(Object.keys(ORDER_FAULTS)).toContain(code);
          expect(() => pointedTo(asReceived, pointer)).not.toThrow();
        }
      },
      150,
    );
    const { body } = await ask(getOrder, { path: "/orders/{id}", id });
    expect(body.documents).toMatchObject([{ kind: "invoice", state: "written" }]);
  });

  test("an order is cancelled once, whatever is sent along, and what is asked of it then is told", async () => {
    for (const body of [undefined, "{", "\u0000", { reason: "x" }, [], "x".repeat(100_000)]) {
      const id = next();
      expect(await cancel(id, { body })).toMatchObject({ status: 200, body: { id, state: "cancelled" } });
      const again = await cancel(id);
      expect([again.status, again.body.state]).toEqual([200, "cancelled"]);
      expect(await refund(id, { refundNumber: "R-1" })).toMatchObject({
        status: 409,
        body: { code: "order-written", retry: "after-fix" },
      });
    }
  });

  test("what has not reached Xero yet can be cancelled, not refunded, and says when to come back", async () => {
    const { body } = await send(plain());
    const early = await refund(String(body.id), { refundNumber: "R-1" });
    expect([early.status, early.body.code, early.headers.get("retry-after")]).toEqual([
      409,
      "order-under-way",
      "5",
    ]);
    expect(await cancel(String(body.id))).toMatchObject({ status: 200, body: { state: "cancelled" } });
  });

  test("what is refunded whole is cancelled without a second credit note", async () => {
    const id = next();
    await refund(id, { refundNumber: "R-1" });
    await runToIdle(db());
    const { body } = await cancel(id);
    expect(body.documents.filter(({ kind }) => kind === "order_credit")).toHaveLength(1);
    expect(await refund(id, { refundNumber: "R-2" })).toMatchObject({
      status: 409,
      body: { code: "order-written" },
    });
  });

  test.each<[string, number, Handler, Partial<Asked>]>([
    ["a refund of no order", 404, postRefund, { id: randomUUID(), body: { refundNumber: "R-1" } }],
    ["a refund of what is no id", 400, postRefund, { id: "\u0000", body: { refundNumber: "R-1" } }],
    ["a refund that is no JSON", 400, postRefund, { id: randomUUID(), body: "{" }],
    [
      "a refund that is too much",
      413,
      postRefund,
      { id: randomUUID(), body: JSON.stringify("x".repeat(300_000)) },
    ],
    [
      "a refund of another type",
      415,
      postRefund,
      { id: randomUUID(), body: "{}", headers: { "content-type": "text/plain" } },
    ],
    ["a cancellation of no order", 404, postCancel, { id: randomUUID() }],
    ["a cancellation of what is no id", 400, postCancel, { id: "x" }],
    [
      "a cancellation by nobody",
      401,
      postCancel,
      { id: randomUUID(), headers: { authorization: "Bearer cfk_none" } },
    ],
  ])("%s: %i, as the document has it", async (_, status, handler, what) => {
    const path = handler === postRefund ? "/orders/{id}/refunds" : "/orders/{id}/cancel";
    expect((await ask(handler, { path, method: "POST", ...what })).status).toBe(status);
  });
});

describe("orders that any system may send", () => {
  test("are in Xero as a dry run said", async () => {
    const foreseen = new Map<string, string>();
    await property(
      validOrders(named),
      async (sent) => {
        const { body } = await send(sent, "?dryRun=true");
        foreseen.set(String(sent.number), String(body.documents[0]?.total));
        await send(sent);
      },
      15,
    );
    await runToIdle(db());
    const invoices = await invoicesInXero(simulator(), desk.tenantId);
    const inXero = invoices.filter(({ number }) => foreseen.has(number));
    expect(new Map(inXero.map(({ number, total }) => [number, (total / 100).toFixed(2)]))).toEqual(foreseen);
  });

  test("a dry run says what live does, and each answer is as the document has it", async () => {
    await property(
      validOrders(named),
      async (sent) => {
        const dry = await send(sent, "?dryRun=true");
        expect([dry.status, dry.body.errors]).toEqual([200, undefined]);
        const live = await send(sent);
        expect(live).toMatchObject({ status: 202, body: { outcome: "new", state: "queued", faults: [] } });
        const [invoice = {}] = dry.body.documents;
        expect(live.body).toMatchObject({
          ...{ total: invoice.total, date: invoice.date, number: sent.number },
          buyer: (invoice.contact as { name: string }).name,
        });
        const short = ({ kind, number, total }: Record<string, unknown>) => ({ kind, number, total });
        expect(live.body.documents.map(short)).toEqual(dry.body.documents.map(short));
        const taxTypes = (invoice.lines as { taxType: string | null }[]).map(
          ({ taxType }) => taxType !== null,
        );
        expect(new Set(taxTypes)).toEqual(new Set([sent.amounts !== "none"]));
      },
      200,
    );
  });

  test("and once sent they are found, the same again is the same, and other content is a conflict, in a dry run too", async () => {
    await property(
      validOrders(named),
      async (sent) => {
        const { body } = await send(sent);
        const { outcome: _, ...order } = body;
        expect((await ask(getOrder, { path: "/orders/{id}", id: String(order.id) })).body).toEqual(order);
        const name = `?source=${encodeURIComponent(String(sent.source))}&number=${sent.number}`;
        expect((await ask(getOrders, { path: "/orders", query: name })).body).toEqual({
          orders: [order],
          next: null,
        });
        expect(await send(sent)).toMatchObject({ status: 200, body: { outcome: "same" } });
        expect(await send(sent, "?dryRun=true")).toMatchObject({ status: 200, body: { orderId: order.id } });
        const other = { ...sent, reference: "something else" };
        for (const query of ["?dryRun=true", ""])
          expect(await send(other, query)).toMatchObject({
            status: 409,
            body: { code: "revision-conflict" },
          });
      },
      10,
    );
  });
});

describe("orders with faults", () => {
  test("each fault is told once, with its code, where it was found, and a pointer to it; a dry run says the same", async () => {
    await property(
      faultyOrders(named, validOrders(named)),
      async ({ sent, faults }) => {
        const before = await kept();
        const expected = faults.map(({ code, found, pointer }) => `${found}: ${code} ${pointer}`).toSorted();
        const asReceived = JSON.parse(JSON.stringify(sent));
        const dry = await send(sent, "?dryRun=true");
        expect([dry.status, inShort(dry.body.errors)]).toEqual([422, expected]);
        for (const { code, pointer } of dry.body.errors) {
          expect(Object.keys(ORDER_FAULTS)).toContain(code);
          expect(() => pointedTo(asReceived, pointer)).not.toThrow();
        }
        expect(await kept()).toBe(before);

        const live = await send(sent);
        const isRefused = faults.some(({ found }) => found === "body" || found === "limits");
        expect(live.status).toBe(isRefused ? 422 : 202);
        expect(isRefused ? live.body.errors : live.body.faults).toEqual(dry.body.errors);
        expect(await kept()).toBe((before ?? 0) + (isRefused ? 0 : 1));
      },
      100,
    );
  });

  test("in a batch each keeps its own, and one of them keeps all from being taken where that is asked", async () => {
    const three = fc.record({ good: validOrders(named), faulty: faultyOrders(named, validOrders(named)) });
    await property(
      three,
      async ({ good, faulty: { sent, faults } }) => {
        const before = await kept();
        const batch = { mode: "all", orders: [good, sent] };
        const isRefused = faults.some(({ found }) => found === "body" || found === "limits");
        const refused = await sendBatch(batch, "?onFault=refuse");
        expect(refused).toMatchObject({ status: 422, body: { code: "batch-faults" } });
        expect(refused.body.errors).toHaveLength(faults.length);
        for (const { pointer } of refused.body.errors)
          expect(() => pointedTo(JSON.parse(JSON.stringify(batch)), pointer)).not.toThrow();
        expect(await kept()).toBe(before);
        const dry = await sendBatch(batch, "?dryRun=true");
        expect(dry.body.results).toMatchObject([{ status: 200 }, { status: 422 }]);
        const each = await sendBatch({ orders: [good, sent] });
        expect(each.body.results).toMatchObject([{ status: 202 }, { status: isRefused ? 422 : 202 }]);
        expect(await kept()).toBe((before ?? 0) + (isRefused ? 1 : 2));
      },
      12,
    );
  });

  test.each([
    ["total-differs", "body", "#/total", { total: "999.99" }],
    ["tax-differs", "mapping", "#/taxTotal", { taxTotal: "999.99" }],
    [
      "tax-differs",
      "mapping",
      "#/lines/0/tax",
      { lines: [{ kind: "Hire", description: "x", unitPrice: "10", tax: "9" }] },
    ],
    ["payments-exceed-total", "body", "#/payments", { payments: [{ tender: "EFTPOS", amount: "999" }] }],
    ["total-negative", "body", "#/lines", { lines: [{ kind: "Hire", description: "x", unitPrice: "-10" }] }],
    ["cost-missing", "body", "#/lines", { process: "tracked" }],
    [
      "line-too-large",
      "limits",
      "#/lines/0/unitCost",
      {
        process: "tracked",
        lines: [{ kind: "Hire", description: "x", quantity: "999999", unitPrice: "1", unitCost: "99999999" }],
      },
    ],
  ])("%s (%s) is told once, at %s", async (code, found, pointer, over) => {
    const sent = { ...plain(), ...over };
    const { status, body } = await send(sent, "?onFault=refuse");
    expect([status, inShort(body.errors)]).toEqual([422, [`${found}: ${code} ${pointer}`]]);
  });

  test("what can't be read explains what then seems to be missing", async () => {
    const unreadable = {
      process: "tracked",
      supplier: { contactId: 1 },
      date: "soon",
      dueDate: "2026-04-01",
    };
    const [line] = plain().lines;
    const { body } = await send({ ...plain(), ...unreadable, lines: [{ ...line, unitCost: 1 }] });
    expect(inShort(body.errors)).toEqual([
      "body: field-invalid #/date",
      "body: field-invalid #/lines/0/unitCost",
      "body: field-invalid #/supplier/contactId",
    ]);
  });
});

function plain(): SentOrder {
  const lines = [{ kind: "Hire", description: "Tower", unitPrice: "10.00" }];
  return {
    source: "till",
    number: `P-${randomUUID()}`,
    currency: "AUD",
    amounts: "exclusive",
    buyer: { cash: true },
    lines,
  };
}

describe("whatever is asked", () => {
  const key = { authorization: "Bearer cfk_none" };
  test.each<[string, number, Handler, Asked]>([
    ["no JSON", 400, postOrder, { path: "/orders", body: "{" }],
    ["half a character in what is no JSON", 400, postOrder, { path: "/orders", body: `😀${"x".repeat(30)}` }],
    [
      "lists in lists",
      422,
      postOrder,
      { path: "/orders", body: `${"[".repeat(50_000)}${"]".repeat(50_000)}` },
    ],
    ["too much", 413, postOrder, { path: "/orders", body: JSON.stringify("x".repeat(1_100_000)) }],
    [
      "another type",
      415,
      postOrder,
      { path: "/orders", body: "{}", headers: { "content-type": "text/plain" } },
    ],
    ["an odd parameter", 400, postOrder, { path: "/orders", query: "?dryRun=yes", body: {} }],
    ["no batch", 422, postBatch, { path: "/orders/batch", body: { orders: [] } }],
    ["an order that is not here", 404, getOrder, { path: "/orders/{id}", id: randomUUID() }],
    ["no id", 400, getOrder, { path: "/orders/{id}", id: "\u0000" }],
    ["a number that no database knows", 400, getOrders, { path: "/orders", query: "?number=%00" }],
    [
      "a page of the year nought",
      400,
      getOrders,
      {
        path: "/orders",
        query: `?after=${Buffer.from(`0000-01-01T00:00:00.000Z ${randomUUID()}`).toString("base64url")}`,
      },
    ],
    ["a page", 200, getOrders, { path: "/orders", query: "?limit=200" }],
    ["held ones", 200, getOrders, { path: "/orders", query: "?state=held" }],
    ["the chart", 200, getChart, { path: "/chart" }],
    ["the mapping", 200, getMapping, { path: "/mapping" }],
    ["an unknown key", 401, getChart, { path: "/chart", headers: key }],
  ])("%s: %i, as the document has it", async (_, status, handler, what) => {
    expect((await ask(handler, what)).status).toBe(status);
  });

  test.each<[string, Handler, string | null, string]>([
    ["DELETE /orders", deleteOrders, "GET, POST", "GET /orders"],
    ["PUT /orders/batch", putBatch, "POST", "POST /orders/batch"],
    ["POST /orders/x", postToOne, "GET", "GET /orders/{id}"],
    ["GET /orders/x/cancel", getCancel, "POST", "POST /orders/{id}/cancel"],
    ["PUT /orders/x/refunds", putRefund, "POST", "POST /orders/{id}/refunds"],
    // The document has no such address: it is answered as one that has no such order.
    ["GET /nowhere", getNothing, null, "GET /orders/{id}"],
    ["DELETE /orders/x/y", deleteNothing, null, "GET /orders/{id}"],
  ])("%s is a problem that says what the address takes", async (asks, handler, allow, documented) => {
    const [method = "", path = ""] = asks.split(" ");
    const request = new Request(`http://localhost/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${desk.key}` },
    });
    const response = await handler(request, { params: Promise.resolve({}) });
    const body = await response.json();
    const { status } = PROBLEMS[allow ? "method-not-allowed" : "no-such-call"];
    expect([response.status, response.headers.get("allow")]).toEqual([status, allow]);
    const [asIf = "", at = ""] = documented.split(" ");
    expect(wrongBy({ method: asIf, path: at, status, headers: response.headers, body })).toEqual([]);
  });

  test("an answer says where its order is, how long it waited, and whether it was given before", async () => {
    const what = {
      path: "/orders",
      body: plain(),
      headers: {
        ...{ authorization: `Bearer ${desk.key}`, prefer: "wait=1" },
        "idempotency-key": randomUUID(),
      },
    };
    const first = await ask(postOrder, what);
    const said = ({ headers }: Told) =>
      ["location", "preference-applied", "idempotency-replayed"].map((name) => headers.get(name));
    expect([first.status, said(first)]).toEqual([202, [`/api/v1/orders/${first.body.id}`, "wait=1", null]]);
    const again = await ask(postOrder, what);
    expect([again.status, again.body, said(again)]).toEqual([202, first.body, [null, "wait=1", "true"]]);
  });

  test("the 601st request of a key in a minute is told when to come back, and another key goes on", async () => {
    const [spent = "", other = ""] = keys;
    const id =
      (await db().execute<{ id: string }>(sql`select id from api_keys where name = 'Till 0'`)).rows[0]?.id ??
      "";
    const limit = limiter("api-key", { points: REQUESTS_A_MINUTE, seconds: 60 });
    await limit.reset(id);
    while ((await limit.consume(id)).left > 1);
    keys = [spent];
    const last = await ask(getChart, { path: "/chart" });
    expect([last.status, last.headers.get("ratelimit")]).toEqual([
      200,
      expect.stringMatching(/^"key";r=0;t=\d+$/),
    ]);
    const refused = await ask(getChart, { path: "/chart" });
    expect(refused).toMatchObject({
      status: 429,
      body: { code: "too-many-requests", retry: "same-request" },
    });
    expect(Number(refused.headers.get("retry-after"))).toSatisfy(
      (seconds: number) => seconds >= 1 && seconds <= 60,
    );
    expect(refused.headers.get("ratelimit-policy")).toBe('"key";q=600;w=60');
    keys = [other];
    expect((await ask(getChart, { path: "/chart" })).status).toBe(200);
  });
});

test("the reference's examples can be sent as they are", () => {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  expect(orderBody.safeParse(exampleOf(schemas.OrderToSend ?? {}, schemas)).error).toBeUndefined();
});
