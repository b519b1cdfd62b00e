import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { itemKinds, tenders } from "#db/schema/mapping.ts";
import { invoices as mirrored, organisations } from "#db/schema/mirror.ts";
import { postings } from "#db/schema/posting.ts";
import { readChanges } from "#lib/mirror/sync/delta.ts";
import { ordersOfSources } from "#lib/orders/staff/read-for-staff.ts";
import { listRefused } from "#lib/posting/read.ts";
import { retryPostings } from "#lib/posting/retry.ts";
import { lookUpAfterRestore } from "#lib/posting/sending/look-up-after-restore.ts";
import { testDb } from "#lib/testing/database.ts";
import { type OrderDesk, openOrderDesk, setOrders } from "#lib/testing/orders/order-desk.ts";
import { contactsInXero } from "#lib/testing/orders/order-documents.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { invoicesInXero, runToIdle } from "#lib/testing/truth/truth.ts";
import { POST as postCancel } from "./[id]/cancel/route.ts";
import { POST as postRefund } from "./[id]/refunds/route.ts";
import { GET as getOne } from "./[id]/route.ts";
import { POST as post } from "./route.ts";

const db = testDb();
const simulator = testSimulator();
let desk: OrderDesk;
let contactId = "";

beforeAll(async () => {
  desk = await openOrderDesk(db(), simulator());
  contactId = (await contactsInXero(desk)).find(({ name }) => name === "Bayside Club")?.id ?? "";
  await db()
    .insert(tenders)
    .values({ ...desk.books, name: "EFTPOS", accountId: desk.clearingAccountId, mappedAt: new Date() });
});
beforeEach(async () => {
  await runToIdle(db());
  await setOrders(db(), desk, {});
  await db().update(organisations).set({ lockedUntil: null });
});

type Body = Record<string, unknown>;
type Told = {
  status: number;
  body: Body & { id: string; number: string; documents: Body[]; errors: Body[] };
};

async function told(answer: Promise<Response>): Promise<Told> {
  const response = await answer;
  return { status: response.status, body: await response.json() };
}
const request = (path: string, body?: unknown) =>
  new Request(`http://localhost/api/v1${path}`, {
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    method: "POST",
    headers: { authorization: `Bearer ${desk.key}`, "content-type": "application/json" },
  });
const by = (id: string) => ({ params: Promise.resolve({ id }) });
const send = (body: unknown) => told(post(request("/orders", body), { params: Promise.resolve({}) }));
/** Sends a change, after a dry run that must have answered alike and changed nothing. */
async function change(body: Body): Promise<Told> {
  const before = await documentsKept();
  const dry = await told(post(request("/orders?dryRun=true", body), { params: Promise.resolve({}) }));
  expect(await documentsKept()).toEqual(before);
  const live = await send(body);
  const problem = ({ code, detail, errors }: Body) => ({ code, detail, errors });
  expect([dry.status, problem(dry.body)]).toEqual([live.status, problem(live.body)]);
  if (live.status === 200)
    expect(dry.body.documents.map(({ kind, number, total }) => [kind, number, total])).toEqual(
      live.body.documents
        .filter(({ state }) => state !== "taken-back")
        .map(({ kind, number, total }) => [kind, number, total]),
    );
  return live;
}
const documentsKept = async () =>
  (
    await db().execute(sql`
      select id::text, state, body::text from postings
      union all select id::text, taken_back_at::text, null from order_documents order by 1`)
  ).rows;
const cancel = (id: string) => told(postCancel(request(`/orders/${id}/cancel`), by(id)));
const refund = (id: string, body: unknown) =>
  told(postRefund(request(`/orders/${id}/refunds`, body), by(id)));
const ask = (id: string) =>
  told(
    getOne(
      new Request(`http://localhost/api/v1/orders/${id}`, {
        headers: { authorization: `Bearer ${desk.key}` },
      }),
      by(id),
    ),
  );

const order = (more: Body = {}): Body => ({
  ...{
    source: "till",
    number: `T-${randomUUID().slice(0, 8)}`,
    currency: "AUD",
    amounts: "exclusive",
    buyer: { contactId },
  },
  lines: [
    { kind: "Hire", description: "Tower", quantity: "3", unitPrice: "40.00" },
    { kind: "Delivery", description: "To the site", unitPrice: "30.00" },
  ],
  ...more,
});
/** One of 165.00 that is in Xero. */
async function written(more: Body = {}): Promise<Told["body"]> {
  const { body } = await send(order(more));
  await runToIdle(db());
  return body;
}
const invoicesOf = async (number: string) =>
  (await invoicesInXero(simulator(), desk.tenantId)).filter((one) => one.number.startsWith(number));
type Credit = {
  number: string;
  reference: string;
  status: string;
  total: number;
  remaining?: number;
  contactId: string;
  lines: { taxType?: string }[];
};
const creditsOf = async (number: string) => {
  const answer = await simulator().control<Record<string, Credit[]>>(
    "GET",
    `/control/xero/credit-notes?tenantId=${desk.tenantId}`,
  );
  return (Object.values(answer).find(Array.isArray) ?? []).filter(({ reference }) =>
    reference.startsWith(number),
  );
};
/** A payer is at the processor's page to pay an invoice of 165.00. */
const hold = (invoiceId: string) =>
  db().execute(sql`
    with checkout as (insert into checkouts (token_hash, firm_id, connection_id, contact_id, currency, back_path)
      values (${randomUUID()}, ${desk.books.firmId}, ${desk.books.connectionId}, 'x', 'AUD', '/') returning id),
    attempt as (insert into attempts (firm_id, connection_id, checkout_id, processor_account_id, state, currency, amount_minor, expires_at, payer_name, payer_email)
      select ${desk.books.firmId}, ${desk.books.connectionId}, id, ${desk.processorAccountId}, 'open', 'AUD', 16500, now() + interval '1 hour', 'P', 'p@example.com' from checkout returning id)
    insert into holds (firm_id, connection_id, invoice_id, invoice_number, attempt_id, amount_minor, state)
      select ${desk.books.firmId}, ${desk.books.connectionId}, ${invoiceId}, 'T', id, 16500, 'open' from attempt`);
const PAID = { payments: [{ tender: "EFTPOS", amount: "165.00" }] };

test("G4 a refund becomes a credit note with the invoice's lines and tax, and is paid out as the till has paid back", async () => {
  const { id, number } = await written(PAID);
  const sent = {
    refundNumber: "R-1",
    lines: [{ line: 0, quantity: "1" }],
    payments: [{ tender: "EFTPOS", amount: "44.00" }],
  };
  expect(await refund(id, sent)).toMatchObject({
    status: 202,
    body: {
      outcome: "new",
      documents: [{ kind: "invoice" }, { kind: "order_credit", state: "queued", total: "44.00" }],
    },
  });
  await runToIdle(db());
  expect(await creditsOf(number)).toMatchObject([{ status: "PAID", total: 4_400 }]);
  expect(await refund(id, sent)).toMatchObject({ status: 200, body: { outcome: "same" } });
  await runToIdle(db());
  expect(await creditsOf(number)).toHaveLength(1);
  expect(await refund(id, { ...sent, lines: [{ line: 1 }] })).toMatchObject({
    status: 409,
    body: { code: "refund-conflict" },
  });
});

test("G4 of an unpaid invoice a refund is set against what is owed", async () => {
  const { id, number } = await written();
  expect(await refund(id, { refundNumber: "R-1", amount: "65.00" })).toMatchObject({ status: 202 });
  await runToIdle(db());
  expect(await creditsOf(number)).toMatchObject([{ status: "PAID", total: 6_500 }]);
  expect(await invoicesOf(number)).toMatchObject([{ status: "AUTHORISED", amountDue: 10_000 }]);
  expect(await refund(id, { refundNumber: "R-2" })).toMatchObject({
    status: 202,
    body: { documents: [{}, { total: "65.00" }, { total: "100.00" }] },
  });
  await runToIdle(db());
  expect(await invoicesOf(number)).toMatchObject([{ status: "PAID" }]);
  expect(await refund(id, { refundNumber: "R-3" })).toMatchObject({
    status: 422,
    body: { errors: [{ code: "refund-exceeds-order", pointer: "#" }] },
  });
});

test.each([
  ["more than the order", { amount: "165.01" }, ["refund-exceeds-order #/amount"]],
  [
    "more of a line than there was",
    { lines: [{ line: 0, quantity: "4" }] },
    ["refund-exceeds-order #/lines/0/quantity"],
  ],
  ["a line that is not there", { lines: [{ line: 2 }] }, ["refund-line-unknown #/lines/0/line"]],
  ["a line twice", { lines: [{ line: 1 }, { line: 1 }] }, ["refund-line-unknown #/lines/1/line"]],
  ["lines and an amount", { lines: [{ line: 1 }], amount: "1.00" }, ["refund-not-one #/amount"]],
  [
    "more paid back than credited",
    { amount: "1.00", payments: [{ tender: "EFTPOS", amount: "2.00" }] },
    ["payments-exceed-total #/payments"],
  ],
  [
    "a tender nobody has mapped, and a field too many",
    { payments: [{ tender: "Shells", amount: "2.00" }], odd: 1 },
    ["field-unknown #/odd", "tender-unmapped #/payments/0/tender"],
  ],
])("a refund of %s is refused whole", async (_, sent, expected) => {
  const { id, number } = await written();
  const { status, body } = await refund(id, { refundNumber: "R-1", ...sent });
  expect(status).toBe(422);
  expect(body.errors.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(expected);
  await runToIdle(db());
  expect(await creditsOf(number)).toEqual([]);
});

test("G4 what went back of a line goes back no second time, and the rest has the other lines' accounts and tax", async () => {
  const lines = [
    { kind: "Hire", description: "Tower", unitPrice: "100.00" },
    { kind: "Voucher", description: "Gift", unitPrice: "100.00" },
  ];
  await db()
    .insert(itemKinds)
    .values({ ...desk.books, name: "Voucher", taxType: "EXEMPTOUTPUT", mappedAt: new Date() })
    .onConflictDoNothing();
  const { id, number } = await written({ lines });
  expect(await refund(id, { refundNumber: "R-1", lines: [{ line: 0 }] })).toMatchObject({ status: 202 });
  expect(await refund(id, { refundNumber: "R-2", lines: [{ line: 0, quantity: "1" }] })).toMatchObject({
    status: 422,
    body: { errors: [{ code: "refund-exceeds-order", pointer: "#/lines/0/quantity" }] },
  });
  await runToIdle(db());
  expect(await cancel(id)).toMatchObject({ status: 200 });
  await runToIdle(db());
  const credits = (await creditsOf(number)).toSorted((a, b) => b.total - a.total);
  expect(credits.map(({ total, lines: [line, ...more] }) => [total, line?.taxType, more.length])).toEqual([
    [11_000, "OUTPUT", 0],
    [10_000, "EXEMPTOUTPUT", 0],
  ]);
});

test("G4 two refunds at once set no more against the invoice than it owes", async () => {
  const { id, number } = await written({ payments: [{ tender: "EFTPOS", amount: "65.00" }] });
  for (const refundNumber of ["R-1", "R-2"])
    expect(await refund(id, { refundNumber, amount: "80.00" })).toMatchObject({ status: 202 });
  await runToIdle(db());
  expect(await invoicesOf(number)).toMatchObject([{ status: "PAID" }]);
  expect((await creditsOf(number)).map(({ status }) => status).toSorted()).toEqual(["AUTHORISED", "PAID"]);
});

test("O5 a refund named like anything keeps no order from being cancelled", async () => {
  const { id } = await written();
  await refund(id, { refundNumber: "cancellation", amount: "5.00" });
  await runToIdle(db());
  expect(await cancel(id)).toMatchObject({ status: 200, body: { state: "cancelled" } });
});

test("O5 what has been refunded in part is not written anew", async () => {
  const sent = order({ revision: 1 });
  const { body } = await send(sent);
  await runToIdle(db());
  expect(await refund(body.id, { refundNumber: "R-1", amount: "5.00" })).toMatchObject({ status: 202 });
  expect(await change({ ...sent, revision: 2, reference: "new" })).toMatchObject({
    status: 409,
    body: { code: "order-written" },
  });
});

test("O5 of a tracked order that Xero took in part, the one is taken back and the other withdrawn", async () => {
  const [other] = (await contactsInXero(desk)).filter(
    ({ name, status }) => status === "ACTIVE" && name !== "Bayside Club",
  );
  const lines = [{ kind: "Hire", description: "Tower", unitPrice: "150.00", unitCost: "70.00" }];
  const supplier = { contactId: other?.id };
  const { body } = await send(order({ process: "tracked", supplier, lines }));
  await db()
    .update(postings)
    .set({ state: "refused", message: "Planted" })
    .where(and(eq(postings.kind, "purchase_order"), eq(postings.state, "ready")));
  await runToIdle(db());
  expect(await cancel(body.id)).toMatchObject({ status: 200, body: { state: "cancelled" } });
  await runToIdle(db());
  expect(await invoicesOf(body.number)).toMatchObject([{ status: "VOIDED" }]);
});

test("O5 an invoice that a payer is paying is left alone until they are done", async () => {
  const sent = order({ revision: 1 });
  const { id } = await written(sent);
  const { body } = await ask(id);
  await hold(String(body.documents[0]?.xeroId));
  const beingPaid = { status: 409, body: { code: "order-being-paid" } };
  expect(await cancel(id)).toMatchObject(beingPaid);
  expect(await change({ ...sent, number: body.number, revision: 2, reference: "new" })).toMatchObject(
    beingPaid,
  );
  expect(await ask(id)).toMatchObject({ body: { state: "written", documents: [{ state: "written" }] } });
  await db().execute(sql`update holds set state = 'released'`);
  expect(await cancel(id)).toMatchObject({
    status: 200,
    body: { state: "cancelled", documents: [{ state: "taken-back" }] },
  });
});

test("O5 a refund is not set against what a payer is paying", async () => {
  const { id, number } = await written();
  const { body } = await ask(id);
  await hold(String(body.documents[0]?.xeroId));
  expect(await refund(id, { refundNumber: "R-1", amount: "5.00" })).toMatchObject({ status: 202 });
  await runToIdle(db());
  expect(await invoicesOf(number)).toMatchObject([{ status: "AUTHORISED", amountDue: 16_500 }]);
  expect(await creditsOf(number)).toMatchObject([{ total: 500 }]);
});

test("O5 cancelled before it was sent, nothing of it reaches Xero", async () => {
  const { body } = await send(order());
  expect(await cancel(body.id)).toMatchObject({ status: 200, body: { state: "cancelled", documents: [] } });
  expect(await cancel(body.id)).toMatchObject({ status: 200, body: { state: "cancelled" } });
  await runToIdle(db());
  expect(await invoicesOf(body.number)).toEqual([]);
});

test("O5 a held order can be cancelled, and is released no more", async () => {
  const { body } = await send(order({ buyer: { externalId: "nobody" } }));
  expect(await cancel(body.id)).toMatchObject({ status: 200, body: { state: "cancelled", faults: [] } });
});

test("O5 cancelled while unpaid, its invoice is voided and its purchase order deleted", async () => {
  const lines = [{ kind: "Hire", description: "Tower", unitPrice: "150.00", unitCost: "70.00" }];
  const { id, number } = await written({ process: "tracked", supplier: { contactId }, lines });
  expect(await cancel(id)).toMatchObject({
    status: 200,
    body: { state: "cancelled", documents: [{ state: "taken-back" }, { state: "taken-back" }] },
  });
  await runToIdle(db());
  expect(await invoicesOf(number)).toMatchObject([{ status: "VOIDED" }]);
  expect(await creditsOf(number)).toEqual([]);
});

test("O5 what Xero refuses to void is told as refused until it is voided", async () => {
  const { id, number, date } = await written();
  const lock = (more: object) =>
    simulator().control("POST", "/control/xero/lock-dates", { tenantId: desk.tenantId, ...more });
  await cancel(id);
  await lock({ periodLockDate: date });
  await runToIdle(db());
  await lock({});
  expect((await ask(id)).body).toMatchObject({
    state: "refused",
    documents: [{ state: "refused", message: expect.stringContaining("lock"), nextTry: expect.any(String) }],
  });
  const { firm } = desk.caller;
  const [refused] = await listRefused(db(), firm);
  expect(refused).toMatchObject({ kind: "removal", cause: "locked" });
  const orders = await ordersOfSources(db(), firm, [refused?.sourceId ?? ""]);
  expect(orders.get(refused?.sourceId ?? "")).toMatchObject({ orderId: id });
  expect(await cancel(id)).toMatchObject({ status: 200, body: { state: "refused" } });
  await retryPostings(db(), desk.caller, [refused?.postingId ?? ""]);
  await runToIdle(db());
  expect((await ask(id)).body).toMatchObject({ state: "cancelled", documents: [{ state: "taken-back" }] });
  expect(await invoicesOf(number)).toMatchObject([{ status: "VOIDED" }]);
});

test("O5 a draft is deleted", async () => {
  const { id, number } = await written({ status: "DRAFT" });
  await cancel(id);
  await runToIdle(db());
  expect(await invoicesOf(number)).toMatchObject([{ status: "DELETED" }]);
});

test.each([
  ["it is paid", PAID, {}, false],
  ["the firm always credits", {}, { onCancel: "credit" as const }, false],
  ["its day is locked", {}, {}, true],
])("O5 it is credited when %s", async (_, more, settings, isLocked) => {
  const { id, number, date } = await written(more);
  await setOrders(db(), desk, settings);
  if (isLocked)
    await db()
      .update(organisations)
      .set({ lockedUntil: String(date) });
  expect(await cancel(id)).toMatchObject({
    status: 200,
    body: { state: "cancelled", documents: [{ kind: "invoice" }, { kind: "order_credit", total: "165.00" }] },
  });
  await runToIdle(db());
  expect(await creditsOf(number)).toMatchObject([{ total: 16_500 }]);
  expect((await invoicesOf(number))[0]?.status).toBe("PAID");
});

test("O5 what somebody has changed in Xero is not overwritten, and its sender is told", async () => {
  const { id } = await written();
  await db()
    .update(mirrored)
    .set({ totalMinor: sql`${mirrored.totalMinor} + 1` });
  expect(await cancel(id)).toMatchObject({
    status: 409,
    body: { code: "order-written", detail: expect.stringContaining("another total") },
  });
  await readChanges(db(), desk.books, { kinds: ["invoices"], force: true });
});

/** One of 165.00 in Xero of which we had reckoned a cent more: Xero rounds by itself. */
async function writtenACentLess(more: Body): Promise<Told["body"]> {
  const { body } = await send(order(more));
  await db()
    .update(postings)
    .set({ amountMinor: sql`${postings.amountMinor} + 1` })
    .where(and(eq(postings.kind, "invoice"), eq(postings.state, "ready")));
  await db().execute(
    sql`update order_documents set total_minor = total_minor + 1 where order_id = ${body.id}`,
  );
  await runToIdle(db());
  expect((await ask(body.id)).body).toMatchObject({ state: "written", documents: [{ total: "165.00" }] });
  return body;
}

test("O5 what Xero rounded otherwise when it was written is no change by hand: it is voided", async () => {
  const { id, number } = await writtenACentLess({});
  expect(await cancel(id)).toMatchObject({ status: 200, body: { documents: [{ state: "taken-back" }] } });
  await runToIdle(db());
  expect(await invoicesOf(number)).toMatchObject([{ status: "VOIDED" }]);
});

test("O5 the same is revised, and credited to the cent that Xero has", async () => {
  const sent = order({ revision: 1 });
  const first = await writtenACentLess(sent);
  expect(await change({ ...sent, revision: 2, reference: "new" })).toMatchObject({
    status: 200,
    body: { outcome: "revised" },
  });
  await runToIdle(db());
  expect(await invoicesOf(first.number)).toMatchObject([{ status: "VOIDED" }, { status: "AUTHORISED" }]);
  const { id, number } = await writtenACentLess(PAID);
  expect(await refund(id, { refundNumber: "R-0", amount: "165.01" })).toMatchObject({ status: 422 });
  expect(await refund(id, { refundNumber: "R-1" })).toMatchObject({ status: 202 });
  await runToIdle(db());
  expect(await creditsOf(number)).toMatchObject([{ total: 16_500 }]);
});

test("O5 changed before it was sent, an order is written once, as it is now", async () => {
  const sent = order({ revision: 1 });
  const { body } = await send(sent);
  expect(await change({ ...sent, revision: 2, reference: "new" })).toMatchObject({
    status: 200,
    body: { outcome: "revised", id: body.id, documents: [{ state: "queued" }] },
  });
  await runToIdle(db());
  expect(await invoicesOf(body.number)).toMatchObject([{ number: body.number, status: "AUTHORISED" }]);
});

test("O5 changed while unpaid, the old invoice is voided and a new one takes its place", async () => {
  const sent = order({ revision: 1 });
  const { body } = await send(sent);
  await runToIdle(db());
  const lines = [{ kind: "Hire", description: "Tower", unitPrice: "50.00" }];
  expect(await change({ ...sent, revision: 2, lines })).toMatchObject({
    status: 200,
    body: { outcome: "revised", total: "55.00" },
  });
  await runToIdle(db());
  expect(
    (await invoicesOf(body.number)).map(({ number, status }) => `${number} ${status}`).toSorted(),
  ).toEqual([`${body.number} VOIDED`, `${body.number}-r2 AUTHORISED`]);
  expect((await ask(body.id)).body).toMatchObject({ state: "written" });
  expect(await change({ ...sent, revision: 2, lines })).toMatchObject({
    status: 200,
    body: { outcome: "same" },
  });
  expect(await change({ ...sent, revision: 3, lines: [] })).toMatchObject({ status: 422 });
  await runToIdle(db());
  expect((await invoicesOf(body.number)).filter(({ status }) => status === "AUTHORISED")).toHaveLength(1);
});

test.each([
  [
    "credited in part",
    async ({ id }: Told["body"]) => void (await refund(id, { refundNumber: "R-1", amount: "5.00" })),
  ],
  [
    "locked",
    async ({ date }: Told["body"]) => {
      await setOrders(db(), desk, { onLocked: "next_open_day" });
      await db()
        .update(organisations)
        .set({ lockedUntil: String(date) });
    },
  ],
  [
    "changed in Xero",
    async () =>
      void (await db()
        .update(mirrored)
        .set({ totalMinor: sql`${mirrored.totalMinor} + 1` })),
  ],
  ["cancelled", async ({ id }: Told["body"]) => void (await cancel(id))],
])("O5 one that is %s is not changed, and a dry run foresees it", async (_, happens) => {
  const sent = order({ revision: 1 });
  await happens(await written(sent));
  expect(await change({ ...sent, revision: 2, reference: "new" })).toMatchObject({
    status: 409,
    body: { code: "order-written" },
  });
  await readChanges(db(), desk.books, { kinds: ["invoices"], force: true });
});

test("O5 one that may arrive at any moment is not changed, and a dry run foresees it", async () => {
  const sent = order({ revision: 1 });
  await send(sent);
  await db().execute(sql`update postings set state = 'unknown', sends = 1 where state = 'ready'`);
  expect(await change({ ...sent, revision: 2, reference: "new" })).toMatchObject({
    status: 409,
    body: { code: "order-under-way" },
  });
});

test("O5 one that is paid is not changed: what to do instead is told", async () => {
  const sent = { ...order({ revision: 1 }), ...PAID };
  const { body } = await send(sent);
  await runToIdle(db());
  expect(await change({ ...sent, revision: 2, reference: "new" })).toMatchObject({
    status: 409,
    body: { code: "order-written", detail: expect.stringContaining("send a refund") },
  });
  expect(await invoicesOf(body.number)).toMatchObject([{ status: "PAID" }]);
});

test("nobody cancels or refunds another organisation's order", async () => {
  expect(await cancel(randomUUID())).toMatchObject({ status: 404, body: { code: "order-unknown" } });
  expect(await refund(randomUUID(), { refundNumber: "R-1" })).toMatchObject({
    status: 404,
    body: { code: "order-unknown" },
  });
});

test("what Xero had refused when the backup was made may be there since: it is looked for before an order is cancelled", async () => {
  await simulator().control("POST", "/control/faults", {
    ...{ method: "PUT", path: "/api.xro/2.0/Invoices", times: 1, effect: { kind: "status", status: 400 } },
  });
  const sent = order();
  const { body } = await send(sent);
  await runToIdle(db());
  const [refused] = await db().select().from(postings).where(eq(postings.state, "refused"));
  await db()
    .update(postings)
    .set({ state: "ready" })
    .where(eq(postings.id, refused?.id ?? ""));
  await runToIdle(db());
  const { state, xeroId, doneAt, generation } = refused ?? {};
  await db()
    .update(postings)
    .set({ state, xeroId, doneAt, generation })
    .where(eq(postings.id, refused?.id ?? ""));
  await db().transaction((tx) => lookUpAfterRestore(tx, new Date(Date.now() + 1_000)));
  expect(await cancel(body.id)).toMatchObject({ status: 409, body: { code: "order-under-way" } });
  await runToIdle(db());
  expect(await cancel(body.id)).toMatchObject({ status: 200, body: { state: "cancelled" } });
  await runToIdle(db());
  expect(await invoicesOf(String(sent.number))).toMatchObject([{ status: "VOIDED" }]);
});
