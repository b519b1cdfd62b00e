import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { itemKinds, orderSettings, tenders } from "#db/schema/mapping.ts";
import { memory } from "#db/schema/memory.ts";
import { orderDocuments, orderRevisions, orders } from "#db/schema/orders.ts";
import { postings } from "#db/schema/posting.ts";
import { makeKey } from "#lib/api-keys/make-key.ts";
import { releaseHeld } from "#lib/orders/held/release-held.ts";
import { testDb } from "#lib/testing/database.ts";
import { loseOrder } from "#lib/testing/orders/lose-order.ts";
import { type OrderDesk, openOrderDesk, setOrders } from "#lib/testing/orders/order-desk.ts";
import { contactsInXero, documentsInXero } from "#lib/testing/orders/order-documents.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { invoicesInXero, runToIdle } from "#lib/testing/truth/truth.ts";
import { GET as getOne } from "./[id]/route.ts";
import { POST as postBatch } from "./batch/route.ts";
import { GET as getAll, POST as post } from "./route.ts";

const db = testDb();
const simulator = testSimulator();
let desk: OrderDesk;
let contactId = "";

beforeAll(async () => {
  desk = await openOrderDesk(db(), simulator());
  contactId = (await contactsInXero(desk)).find(({ name }) => name === "Bayside Club")?.id ?? "";
});
beforeEach(async () => {
  await runToIdle(db());
  await setOrders(db(), desk, {});
});

type Body = Record<string, unknown>;
type Told = {
  status: number;
  headers: Headers;
  body: Body & { documents: Body[]; faults: Body[]; errors: Body[]; results: Body[] };
};

async function told(answer: Promise<Response>): Promise<Told> {
  const response = await answer;
  return { status: response.status, headers: response.headers, body: await response.json() };
}

function request(
  path: string,
  {
    body,
    headers = {},
    key = desk.key,
  }: { body?: unknown; headers?: Record<string, string>; key?: string } = {},
) {
  const sent =
    body === undefined
      ? {}
      : { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) };
  return new Request(`http://localhost/api/v1${path}`, {
    ...sent,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
  });
}
const nothing = { params: Promise.resolve({}) };
const send = (body: unknown, query = "", headers = {}) =>
  told(post(request(`/orders${query}`, { body, headers }), nothing));
const sendBatch = (body: unknown, query = "") =>
  told(postBatch(request(`/orders/batch${query}`, { body }), nothing));
const ask = (id: unknown, key = desk.key) =>
  told(getOne(request(`/orders/${id}`, { key }), { params: Promise.resolve({ id: String(id) }) }));
const list = (query: string) => told(getAll(request(`/orders${query}`), nothing));

const order = (more: Body = {}): Body => ({
  ...{
    source: "till",
    number: `W-${randomUUID().slice(0, 8)}`,
    currency: "AUD",
    amounts: "exclusive",
    buyer: { contactId },
  },
  lines: [{ kind: "Hire", description: "Tower", quantity: "3", unitPrice: "40.00" }],
  ...more,
});
const invoicesOf = async (number: unknown) =>
  (await invoicesInXero(simulator(), desk.tenantId)).filter((one) => one.number === number);
const keptOf = async (number: unknown) =>
  db()
    .select()
    .from(orders)
    .where(eq(orders.number, String(number)));

const calls = async () =>
  (await simulator().control<{ entries: unknown[] }>("GET", "/control/journal?kind=xero.call&limit=1000000"))
    .entries.length;

describe("one order", () => {
  test("O2 an order becomes one invoice in Xero, and its sender reads that it has", async () => {
    const sent = order({ reference: "PO 7" });
    const taken = await send(sent);
    expect(taken).toMatchObject({
      status: 202,
      body: { outcome: "new", state: "queued", total: "132.00", buyer: "Bayside Club", faults: [] },
    });
    expect(taken.headers.get("location")).toBe(`/api/v1/orders/${taken.body.id}`);
    await runToIdle(db());
    const [invoice, ...more] = await invoicesOf(sent.number);
    expect(more).toEqual([]);
    expect(invoice).toMatchObject({ status: "AUTHORISED", total: 13_200 });
    const { body } = await ask(taken.body.id);
    expect(body).toMatchObject({
      state: "written",
      documents: [
        {
          kind: "invoice",
          state: "written",
          number: sent.number,
          total: "132.00",
          xeroId: invoice?.id,
          url: expect.stringContaining(desk.tenantId),
          message: null,
        },
      ],
    });
    const text = `PO 7 ${body.documents[0]?.reference}`;
    expect(await documentsInXero(desk, "invoices", text)).toMatchObject([{ id: invoice?.id }]);
  });

  test("O2 a tracked order becomes a purchase order and an invoice", async () => {
    const sent = order({
      process: "tracked",
      supplier: { contactId },
      lines: [{ kind: "Hire", description: "Tower", quantity: "3", unitPrice: "40.00", unitCost: "20.00" }],
    });
    const { body } = await send(sent);
    await runToIdle(db());
    const { body: after } = await ask(body.id);
    expect(after).toMatchObject({
      state: "written",
      documents: [{ kind: "invoice" }, { kind: "purchase_order", total: "66.00", number: sent.number }],
    });
    const bought = after.documents[1];
    expect(
      await documentsInXero(desk, "purchase-orders", `${sent.number} ${bought?.reference}`),
    ).toMatchObject([{ status: "AUTHORISED", total: 6_600 }]);
  });

  test("O5 the same order twice, in other words and at once, is one order and one invoice", async () => {
    const sent = order();
    const again = {
      ...Object.fromEntries(Object.entries(sent).reverse()),
      lines: [{ unitPrice: "40.00", quantity: "3", kind: "Hire", description: " Tower " }],
    };
    const answers = await Promise.all([send(sent), send(again), send(sent), sendBatch({ orders: [again] })]);
    const outcomes = answers.map(
      ({ body }) => body.outcome ?? (body.results[0]?.order as Body | undefined)?.outcome,
    );
    expect(outcomes.toSorted()).toEqual(["new", "same", "same", "same"]);
    await runToIdle(db());
    expect(await send(sent)).toMatchObject({ status: 200, body: { outcome: "same", state: "written" } });
    expect(await keptOf(sent.number)).toHaveLength(1);
    expect(await invoicesOf(sent.number)).toHaveLength(1);
  });

  test("O5 other content under the same name is a conflict, whatever the revision says, and changes nothing", async () => {
    const sent = order({ revision: 3 });
    await send(sent);
    for (const revision of [undefined, 2, 3]) {
      const other = { ...sent, revision, reference: "other" };
      expect(await send(other)).toMatchObject({
        status: 409,
        body: { code: "revision-conflict", retry: "after-fix" },
      });
    }
    expect(await keptOf(sent.number)).toMatchObject([{ revision: 3 }]);
  });

  test("O4 a new buyer is made in Xero once, however many orders they have, and the invoices wait for that", async () => {
    const person = { name: "Robin Vale", email: `robin-${randomUUID()}@example.com` };
    const sent = [order({ buyer: { person } }), order({ buyer: { person: { ...person, name: "R. Vale" } } })];
    for (const one of sent) expect(await send(one)).toMatchObject({ status: 202, body: { state: "queued" } });
    await runToIdle(db());
    const made = (await contactsInXero(desk)).filter(({ email }) => email === person.email);
    expect(made).toMatchObject([{ name: "Robin Vale" }]);
    for (const one of sent) expect(await invoicesOf(one.number)).toMatchObject([{ contactId: made[0]?.id }]);
    expect(await send(order({ buyer: { person } }))).toMatchObject({ status: 202 });
    await runToIdle(db());
    expect((await contactsInXero(desk)).filter(({ email }) => email === person.email)).toHaveLength(1);
  });

  test("the till's own payments are on the invoice, each on its tender's account", async () => {
    const sent = order({
      payments: [
        { tender: "EFTPOS", amount: "100.00" },
        { tender: "Cash", amount: "32.00" },
      ],
    });
    expect(await send(sent)).toMatchObject({
      status: 202,
      body: {
        state: "held",
        faults: [{ code: "tender-unmapped", pointer: "#/payments/0/tender" }, { code: "tender-unmapped" }],
      },
    });
    await db()
      .update(tenders)
      .set({ accountId: desk.clearingAccountId })
      .where(eq(tenders.connectionId, desk.books.connectionId));
    expect(await releaseHeld(db(), desk.books.connectionId)).toBe(1);
    await runToIdle(db());
    expect(await invoicesOf(sent.number)).toMatchObject([{ status: "PAID" }]);
  });

  test("a desk that was restored from before an order finds what the lost one wrote, its part payment too", async () => {
    await db()
      .insert(tenders)
      .values({ ...desk.books, name: "Card", accountId: desk.clearingAccountId, mappedAt: new Date() })
      .onConflictDoUpdate({
        target: [tenders.connectionId, tenders.name],
        set: { accountId: desk.clearingAccountId },
      });
    const sent = order({ payments: [{ tender: "Card", amount: "50.00" }] });
    const { body } = await send(sent);
    await runToIdle(db());
    const id = String(body.id);
    await loseOrder(db(), id);
    expect(await send(sent)).toMatchObject({ status: 202, body: { outcome: "new", state: "queued" } });
    await runToIdle(db());
    expect(await invoicesOf(sent.number)).toMatchObject([{ amountPaid: 5_000, amountDue: 8_200 }]);
  });

  test("a desk that was restored from before a tracked order finds its documents of the last revision, whatever their numbers", async () => {
    await setOrders(db(), desk, { process: "tracked", supplierContact: "Bayside Club" });
    const line = { kind: "Hire", description: "Tower", quantity: "3", unitPrice: "40.00", unitCost: "10.00" };
    const sent = order({ revision: 1, lines: [line] });
    const { body } = await send(sent);
    await runToIdle(db());
    const changed = { ...sent, revision: 2, lines: [{ ...line, unitPrice: "50.00" }] };
    await send(changed);
    await runToIdle(db());
    await loseOrder(db(), String(body.id));
    const gap = { mark: "another", gapAt: new Date() };
    await db().insert(memory).values(gap).onConflictDoUpdate({ target: memory.id, set: gap });
    const again = await send(changed);
    expect(again).toMatchObject({ status: 202, body: { outcome: "new" } });
    await runToIdle(db());
    expect((await ask(again.body.id)).body).toMatchObject({ state: "written" });
    const living = async (kind: "invoices" | "purchase-orders") =>
      (
        await documentsInXero(
          desk,
          kind,
          `${sent.number} ${String(again.body.documents[kind === "invoices" ? 0 : 1]?.reference)}`,
        )
      ).filter(({ status }) => status === "AUTHORISED");
    expect(await living("invoices")).toMatchObject([{ number: `${sent.number}-r2` }]);
    expect(await living("purchase-orders")).toMatchObject([{ number: `${sent.number}-r2` }]);
    await db().delete(memory);
  });

  test("Prefer: wait answers when it is in Xero, or that it is not yet", async () => {
    const under = send(order(), "", { prefer: "respond-async, wait=10" });
    await expect
      .poll(async () => (await db().select().from(postings).where(eq(postings.state, "ready"))).length, {
        timeout: 9_000,
      })
      .toBe(1);
    await runToIdle(db());
    const written = await under;
    expect(written).toMatchObject({ status: 201, body: { state: "written" } });
    expect(written.headers.get("preference-applied")).toBe("wait=10");
    expect(await send(order(), "", { prefer: "wait=1" })).toMatchObject({
      status: 202,
      body: { state: "queued" },
    });
  });
});

describe("what is wrong with it", () => {
  test("is told all at once, shape and meaning, and nothing is kept", async () => {
    const sent = order({
      ...{ currency: "EUR", source: "a/b", total: 7, extra: true, buyer: { contactId: randomUUID() } },
      lines: [
        { kind: "Hire", description: "Tower", unitPrice: "1,5" },
        { kind: "Hire", unitPrice: "1", itemCode: "NONE" },
      ],
    });
    const answer = await send(sent);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer).toMatchObject({ status: 422, body: { code: "order-faults", total: 8 } });
    expect(answer.body.errors.map(({ code, pointer }) => `${code} ${pointer}`).toSorted()).toEqual([
      "contact-unknown #/buyer/contactId",
      "currency-not-subscribed #/currency",
      "field-invalid #/lines/0/unitPrice",
      "field-invalid #/source",
      "field-invalid #/total",
      "field-missing #/lines/1",
      "field-unknown #/extra",
      "item-unknown #/lines/1/itemCode",
    ]);
    expect(await keptOf(sent.number)).toEqual([]);
  });

  test("waits for staff where they can mend it, and goes by itself once they have", async () => {
    const [kept] = await db()
      .select()
      .from(orderSettings)
      .where(eq(orderSettings.connectionId, desk.books.connectionId));
    await db().delete(orderSettings).where(eq(orderSettings.connectionId, desk.books.connectionId));
    const sent = order({ lines: [{ kind: "Delivery", description: "To the site", unitPrice: "10" }] });
    const { body } = await send(sent);
    expect(body).toMatchObject({ state: "held", faults: [{ code: "orders-not-set-up", found: "mapping" }] });
    if (kept) await setOrders(db(), desk, { onUnmapped: "hold" });
    expect(await releaseHeld(db(), desk.books.connectionId)).toBe(0);
    expect((await ask(body.id)).body).toMatchObject({
      state: "held",
      faults: [{ code: "kind-unmapped", pointer: "#/lines/0/kind" }],
    });
    await db()
      .update(itemKinds)
      .set({ accountCode: "260", mappedAt: new Date() })
      .where(eq(itemKinds.name, "Delivery"));
    expect(await releaseHeld(db(), desk.books.connectionId)).toBe(1);
    expect(await releaseHeld(db(), desk.books.connectionId)).toBe(0);
    await runToIdle(db());
    expect(await invoicesOf(sent.number)).toMatchObject([{ total: 1_100 }]);
    expect((await ask(body.id)).body).toMatchObject({ state: "written", faults: [], total: "11.00" });
  });

  test("a total that another tax would explain waits for the mapping, and the day it came is its date", async () => {
    const kind = `Voucher ${randomUUID()}`;
    const sent = order({ total: "100.00", lines: [{ kind, description: "Gift", unitPrice: "100.00" }] });
    const { body } = await send(sent);
    expect(body).toMatchObject({ state: "held", faults: [{ code: "total-differs", found: "mapping" }] });
    await db()
      .update(orders)
      .set({ receivedAt: new Date("2026-08-09T03:00:00Z") })
      .where(eq(orders.id, String(body.id)));
    await db()
      .update(itemKinds)
      .set({ taxType: "EXEMPTOUTPUT", mappedAt: new Date() })
      .where(eq(itemKinds.name, kind));
    expect(await releaseHeld(db(), desk.books.connectionId)).toBe(1);
    await runToIdle(db());
    expect(await invoicesOf(sent.number)).toMatchObject([{ total: 10_000, day: "2026-08-09" }]);
    expect(await send({ ...order(), total: "250.00" })).toMatchObject({
      status: 422,
      body: { errors: [{ code: "total-differs", found: "body" }] },
    });
  });

  test("is refused at once where the sender asks for that, and then nothing is kept", async () => {
    await setOrders(db(), desk, { onUnmapped: "hold" });
    const sent = order({ lines: [{ kind: "Unheard of", description: "x", unitPrice: "10" }] });
    expect(await send(sent, "?onFault=refuse")).toMatchObject({
      status: 422,
      body: { code: "order-faults", errors: [{ code: "kind-unmapped" }] },
    });
    expect(await keptOf(sent.number)).toEqual([]);
  });

  test("a quantity below nothing, which Xero takes on no line, is told at its place", async () => {
    const lines = [{ kind: "Hire", description: "Tower", quantity: "-1", unitPrice: "40.00" }];
    expect(await send(order({ lines }))).toMatchObject({
      status: 422,
      body: { errors: [{ code: "field-invalid", pointer: "#/lines/0/quantity" }] },
    });
  });

  test("of a held order its sender can mend with a higher revision", async () => {
    const sent = order({ revision: 1, buyer: { externalId: "C-1" } });
    const { body } = await send(sent);
    expect(body).toMatchObject({ state: "held", faults: [{ code: "contact-unknown" }], buyer: "C-1" });
    expect(await send({ ...sent, revision: 2, buyer: { contactId } })).toMatchObject({
      status: 200,
      body: { id: body.id, outcome: "revised", state: "queued", revision: 2 },
    });
    const revisions = await db()
      .select()
      .from(orderRevisions)
      .where(eq(orderRevisions.orderId, String(body.id)));
    expect(revisions.map(({ revision }) => revision).toSorted()).toEqual([1, 2]);
  });

  test.each([
    ["no JSON", "{", {}, 400, "body-unreadable"],
    ["another media type", "{}", { "content-type": "text/plain" }, 415, "media-type-unsupported"],
    ["too much", JSON.stringify({ x: "x".repeat(1_100_000) }), {}, 413, "body-too-large"],
    ["a list", [], {}, 422, "order-faults"],
    ["nothing", "null", {}, 422, "order-faults"],
  ] as const)("%s is a problem with a reason", async (_, body, headers, status, code) => {
    expect(await send(body, "", headers)).toMatchObject({
      status,
      body: { code, detail: expect.any(String) },
    });
  });

  test("a parameter that is not understood is not ignored", async () => {
    expect(await send(order(), "?dryrun=true")).toMatchObject({
      status: 400,
      body: { code: "parameter-invalid", detail: expect.stringContaining("dryrun") },
    });
    expect(await list("?state=nowhere")).toMatchObject({ status: 400, body: { code: "parameter-invalid" } });
    expect(await list("?after=nonsense")).toMatchObject({ status: 400, body: { code: "parameter-invalid" } });
  });
});

describe("a dry run", () => {
  test("tells the exact documents, keeps nothing and asks Xero nothing", async () => {
    const before = await calls();
    const kind = `New ${randomUUID()}`;
    const person = { name: `Kim ${kind}` };
    const sent = order({
      ...{ total: "132.01", buyer: { person }, payments: [] },
      lines: [{ kind, description: "Tower", quantity: "3", unitPrice: "40.00" }],
    });
    const { status, body } = await send(sent, "?dryRun=true");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ dryRun: true, orderId: null, asOf: expect.any(String) },
      adjustments: ["A line of rounding, 0.01: your total is 132.01."],
      documents: [
        {
          ...{ kind: "invoice", number: sent.number, contact: { contactId: null, name: person.name } },
          ...{ net: "120.01", tax: "12.00", total: "132.01", status: "AUTHORISED" },
          lines: [
            { accountCode: "200", taxType: "OUTPUT", amount: "120.00", tax: "12.00" },
            { description: "Rounding", accountCode: "860", taxType: "BASEXCLUDED" },
          ],
        },
      ],
    });
    expect(await keptOf(sent.number)).toEqual([]);
    expect(await db().select().from(itemKinds).where(eq(itemKinds.name, kind))).toEqual([]);
    expect(await calls()).toBe(before);
  });

  test("answers 422 where live would hold it or refuse it, with the same faults", async () => {
    const sent = order({
      currency: "EUR",
      lines: [{ kind: "Hire", description: "x", unitPrice: "1", itemCode: "NONE" }],
    });
    const rehearsed = await send(sent, "?dryRun=true");
    expect(rehearsed).toMatchObject({ status: 422, body: { code: "order-faults" } });
    const { body } = await send(sent);
    expect(body.state).toBe("held");
    expect(rehearsed.body.errors).toEqual(body.faults);
    expect((await sendBatch({ orders: [sent, order()] }, "?dryRun=true")).body.results).toMatchObject([
      { status: 422, problem: { errors: body.faults } },
      { status: 200, rehearsal: { dryRun: true } },
    ]);
  });
});

describe("a batch", () => {
  test("each: every order has its own outcome, in its place", async () => {
    const good = order();
    const results = (
      await sendBatch({
        orders: [good, { ...order(), lines: [] }, good, { ...good, revision: 2, reference: "x" }],
      })
    ).body.results;
    expect(results).toMatchObject([
      { status: 202, order: { outcome: "new" } },
      { status: 422, problem: { code: "order-faults", errors: [{ pointer: "#/lines" }] } },
      { status: 422, problem: { errors: [{ code: "twice-in-batch" }] } },
      { status: 422, problem: { errors: [{ code: "twice-in-batch" }] } },
    ]);
  });

  test("all: one that can't be taken keeps all from being taken", async () => {
    const before = order({ revision: 1 });
    await send(before);
    const good = order();
    const bad = await sendBatch({ mode: "all", orders: [good, { ...order(), currency: 1 }] });
    expect(bad).toMatchObject({
      status: 422,
      body: { code: "batch-faults", errors: [{ pointer: "#/orders/1/currency" }] },
    });
    const clash = await sendBatch({ mode: "all", orders: [good, { ...before, reference: "other" }] });
    expect(clash).toMatchObject({
      status: 422,
      body: { code: "batch-faults", errors: [{ code: "revision-conflict", pointer: "#/orders/1/number" }] },
    });
    expect(await keptOf(good.number)).toEqual([]);
    expect(await sendBatch({ mode: "all", orders: [good, order()] })).toMatchObject({ status: 202 });
  });

  test("two batches with the same orders in another order wait for each other, and each order is there once", async () => {
    const some = Array.from({ length: 30 }, () => order());
    const answers = await Promise.all([
      sendBatch({ orders: some }),
      sendBatch({ orders: some.toReversed() }),
      sendBatch({ mode: "all", orders: some }),
    ]);
    for (const { body } of answers) expect(body.results.every((one) => one.order)).toBe(true);
    await runToIdle(db());
    const numbers = new Set(some.map(({ number }) => number));
    const there = (await invoicesInXero(simulator(), desk.tenantId)).filter(({ number }) =>
      numbers.has(number),
    );
    expect(there).toHaveLength(30);
  });

  test("two batches that name the same new buyers the other way round wait for each other", async () => {
    const [one, other] = [randomUUID(), randomUUID()].map((name) => ({ person: { name: `Buyer ${name}` } }));
    const both = (buyers: (object | undefined)[]) =>
      sendBatch({ orders: buyers.flatMap((buyer) => Array.from({ length: 10 }, () => order({ buyer }))) });
    const answers = await Promise.all([both([one, other]), both([other, one]), both([one, other])]);
    for (const { status, body } of answers) {
      expect(status).toBe(207);
      expect(body.results.every((result) => result.order)).toBe(true);
    }
  });

  test("an envelope that is none is told as one", async () => {
    for (const sent of [
      {},
      { orders: [] },
      { mode: "some", orders: [order()] },
      [],
      { orders: Array.from({ length: 501 }, () => 1) },
    ])
      expect(await sendBatch(sent)).toMatchObject({ status: 422, body: { code: "batch-faults" } });
  });
});

describe("an Idempotency-Key", () => {
  test("answers the same request alike, and refuses another one under it", async () => {
    const sent = order();
    const headers = { "idempotency-key": `"${randomUUID()}"` };
    const first = await send(sent, "", headers);
    await runToIdle(db());
    const second = await send(sent, "", headers);
    expect(second.body).toEqual(first.body);
    expect([second.status, second.headers.get("idempotency-replayed")]).toEqual([202, "true"]);
    expect(await send({ ...sent, number: "other" }, "", headers)).toMatchObject({
      status: 422,
      body: { code: "key-reused" },
    });
  });

  test("is not used up by a dry run of the request that it is for", async () => {
    const headers = { "idempotency-key": randomUUID() };
    const sent = order();
    expect(await send(sent, "?dryRun=true", headers)).toMatchObject({ status: 200 });
    expect(await send(sent, "", headers)).toMatchObject({ status: 202, body: { outcome: "new" } });
  });

  test("is as new after a refusal, so that the mended request may carry it", async () => {
    const headers = { "idempotency-key": randomUUID() };
    expect(await send({ ...order(), currency: 1 }, "", headers)).toMatchObject({ status: 422 });
    expect(await send(order(), "", headers)).toMatchObject({ status: 202 });
  });
});

describe("reading them", () => {
  test("a page follows the other, the newest first, and a name finds its order", async () => {
    const some = [order(), order(), order()];
    for (const one of some) await send(one);
    const first = await list("?limit=2");
    expect(first.body.orders).toMatchObject([{ number: some[2]?.number }, { number: some[1]?.number }]);
    const second = await list(`?limit=1&after=${first.body.next}`);
    expect(second.body.orders).toMatchObject([{ number: some[0]?.number }]);
    expect((await list(`?source=till&number=${some[1]?.number}`)).body).toMatchObject({
      orders: [{ number: some[1]?.number }],
      next: null,
    });
    await runToIdle(db());
    expect((await list("?state=queued")).body.orders).toEqual([]);
    expect((await list(`?state=written&number=${some[0]?.number}`)).body.orders).toHaveLength(1);
  });

  test("nobody reads another organisation's orders, or without the scope", async () => {
    const { body } = await send(order());
    const reader = await makeKey(db(), desk.caller, {
      connectionId: desk.books.connectionId,
      name: "Reader",
      scopes: ["read"],
    });
    expect(await ask(body.id, reader)).toMatchObject({ status: 403, body: { code: "scope-missing" } });
    expect(await ask(randomUUID())).toMatchObject({ status: 404, body: { code: "order-unknown" } });
    expect(await ask("x")).toMatchObject({ status: 400, body: { code: "parameter-invalid" } });
  });
});

test("what an order became is in the database once: a document a kind, a posting each", async () => {
  const { body } = await send(order());
  const made = await db()
    .select()
    .from(orderDocuments)
    .where(eq(orderDocuments.orderId, String(body.id)));
  expect(made).toHaveLength(1);
  expect(
    await db()
      .select()
      .from(postings)
      .where(eq(postings.sourceId, made[0]?.id ?? "")),
  ).toHaveLength(1);
});
