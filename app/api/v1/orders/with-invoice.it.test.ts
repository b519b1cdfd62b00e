/** What goes with the invoice of an order: its pay link, files, and its e-mail by Xero. */
import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { apiReplays, apiRequests } from "#db/schema/api-keys.ts";
import { memory } from "#db/schema/memory.ts";
import { orderAttachments } from "#db/schema/orders.ts";
import { postings } from "#db/schema/posting.ts";
import { linkFromSearch } from "#lib/checkout/links/link-rules.ts";
import { openLink } from "#lib/checkout/links/open-link.ts";
import { eraseBuyer } from "#lib/orders/erase-buyer.ts";
import { releaseHeld } from "#lib/orders/held/release-held.ts";
import { forgetFiles } from "#lib/orders/promise/forget-files.ts";
import { markByHand } from "#lib/posting/retry.ts";
import { checkOf } from "#lib/testing/api/document-check.ts";
import { testDb } from "#lib/testing/database.ts";
import { loseOrder } from "#lib/testing/orders/lose-order.ts";
import { type OrderDesk, openOrderDesk, setOrders } from "#lib/testing/orders/order-desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { bringForward, invoicesInXero, runToIdle } from "#lib/testing/truth/truth.ts";
import { apiDocument } from "../document.ts";
import { POST as postAttachment } from "./[id]/attachments/route.ts";
import { POST as postCancel } from "./[id]/cancel/route.ts";
import { GET as getOne } from "./[id]/route.ts";
import { POST as post } from "./route.ts";

const db = testDb();
const simulator = testSimulator();
let desk: OrderDesk;

beforeAll(async () => {
  desk = await openOrderDesk(db(), simulator());
});
beforeEach(async () => {
  await simulator().control("DELETE", "/control/faults");
  await runToIdle(db());
  await setOrders(db(), desk, {});
});

type Body = Record<string, unknown>;
type Told = {
  status: number;
  body: Body & { id: string; documents: Body[]; attachments: Body[]; errors: Body[] };
};

const wrongBy = checkOf(apiDocument("https://desk.example"));

/** Each answer is as the document has it for this call. */
async function told(call: string, answer: Promise<Response>): Promise<Told> {
  const response = await answer;
  const { status, headers } = response;
  const body = await response.json();
  const [method = "", path = ""] = call.split(" ");
  expect(wrongBy({ method, path, status, headers, body })).toEqual([]);
  return { status, body };
}
const at = "http://localhost/api/v1/orders";
const headers = () => ({ authorization: `Bearer ${desk.key}`, "content-type": "application/json" });
const by = (id: string) => ({ params: Promise.resolve({ id }) });
const send = (body: unknown, query = "") =>
  told(
    "POST /orders",
    post(new Request(`${at}${query}`, { method: "POST", body: JSON.stringify(body), headers: headers() }), {
      params: Promise.resolve({}),
    }),
  );
const ask = (id: string) =>
  told("GET /orders/{id}", getOne(new Request(`${at}/${id}`, { headers: headers() }), by(id)));
const attach = (
  id: string,
  fileName: string,
  content: string | Uint8Array<ArrayBuffer>,
  more: Record<string, string> = {},
) =>
  told(
    "POST /orders/{id}/attachments",
    postAttachment(
      new Request(`${at}/${id}/attachments?fileName=${encodeURIComponent(fileName)}`, {
        method: "POST",
        body: content,
        headers: { ...headers(), "content-type": "application/pdf", ...more },
      }),
      by(id),
    ),
  );

const buyer = (name = `Robin ${randomUUID().slice(0, 8)}`) => ({
  person: { name, email: `${name.replace(" ", ".").toLowerCase()}@clients.example` },
});
const order = (more: Body = {}): Body => ({
  ...{ source: "till", number: `W-${randomUUID().slice(0, 8)}`, currency: "AUD", amounts: "exclusive" },
  buyer: buyer(),
  lines: [{ kind: "Hire", description: "Tower", quantity: "3", unitPrice: "40.00" }],
  ...more,
});
const PDF = "%PDF-1.7\nthe terms\n%%EOF\n";

const invoiceOf = async (number: unknown) =>
  (await invoicesInXero(simulator(), desk.tenantId)).filter((one) => one.number === number);
type File = { fileName: string; includeOnline: boolean; length: number };
async function filesOn(documentId: unknown): Promise<File[]> {
  const path = `/control/xero/attachments?tenantId=${desk.tenantId}&documentId=${documentId}`;
  return (await simulator().control<{ attachments: File[] }>("GET", path)).attachments;
}
const lettersOf = async (number: unknown) =>
  (await simulator().control<{ messages: { to: string[] }[] }>("GET", `/control/mail?subject=${number}`))
    .messages;

/** A pay link opens the invoice of its number, which names it in Xero too. */
async function opens(payLink: string): Promise<void> {
  const link = new URL(payLink);
  const opened = await openLink(db(), {
    ...{ ...desk.place, link: linkFromSearch(link.search.slice(1)), caller: null },
    ...{ access: [], ownTokenHashes: [] },
  });
  const number = link.searchParams.get("invoice");
  expect(opened).toMatchObject({ kind: "open", lines: [{ number }] });
  expect(await invoiceOf(number)).toMatchObject([{ url: payLink }]);
}

describe("the pay link", () => {
  test("stands on the invoice in Xero and in the answer, and opens what is owed", async () => {
    const taken = await send(order());
    await runToIdle(db());
    const { body } = await ask(taken.body.id);
    await opens(String(body.documents[0]?.payLink));
  });

  test("of an order that was changed opens the invoice that stands now", async () => {
    const sent = order({ revision: 1 });
    const { body } = await send(sent);
    await runToIdle(db());
    await send({ ...sent, revision: 2, lines: [{ kind: "Hire", description: "Tower", unitPrice: "50.00" }] });
    await runToIdle(db());
    const { documents } = (await ask(body.id)).body;
    expect(documents.map(({ payLink }) => payLink)).toEqual([null, expect.stringContaining("-r2")]);
    await opens(String(documents[1]?.payLink));
  });

  test("is left out of what owes nothing, of drafts, and of what Xero numbers", async () => {
    const links = async (more: Body) => {
      const { body } = await send(order(more), "?dryRun=true");
      return body.documents.map(({ payLink }) => payLink);
    };
    expect(await links({})).toEqual([expect.stringContaining("amount=132.00&invoice=W-")]);
    expect(await links({ status: "DRAFT" })).toEqual([null]);
    await setOrders(db(), desk, { numbering: "xero" });
    expect(await links({})).toEqual([null]);
  });
});

describe("a file", () => {
  test("goes on the invoice where the client sees it, once, however often it is sent", async () => {
    const taken = await send(order());
    expect(await attach(taken.body.id, "Hire terms.pdf", PDF)).toMatchObject({
      status: 202,
      body: {
        outcome: "new",
        attachments: [{ fileName: "Hire terms.pdf", bytes: PDF.length, state: "queued" }],
      },
    });
    await runToIdle(db());
    expect(await attach(taken.body.id, "hire TERMS.pdf", PDF)).toMatchObject({
      status: 200,
      body: { outcome: "same", attachments: [{ state: "written", message: null }] },
    });
    await runToIdle(db());
    const { body } = await ask(taken.body.id);
    expect(await filesOn(body.documents[0]?.xeroId)).toMatchObject([
      { fileName: "Hire terms.pdf", includeOnline: true },
    ]);
    expect(await attach(taken.body.id, "Hire terms.pdf", `${PDF} more`)).toMatchObject({
      status: 409,
      body: { code: "file-conflict" },
    });
  });

  test("sent again under its Idempotency-Key is answered alike, as the document has it", async () => {
    const { body } = await send(order());
    const key = { "idempotency-key": randomUUID() };
    const first = await attach(body.id, "a.pdf", PDF, key);
    expect(first).toMatchObject({ status: 202, body: { outcome: "new" } });
    expect(await attach(body.id, "a.pdf", PDF, key)).toEqual(first);
    expect(await attach(body.id, "b.pdf", PDF, key)).toMatchObject({ status: 422 });
  });

  test("Xero's answer is lost: it is found, and not sent again", async () => {
    const taken = await send(order());
    await runToIdle(db());
    const path = "/api.xro/2.0/Invoices/*/Attachments/*";
    await simulator().control("POST", "/control/faults", {
      ...{ method: "PUT", path, times: 1, effect: { kind: "cut-after" } },
    });
    await attach(taken.body.id, "a.pdf", PDF);
    await runToIdle(db());
    await bringForward(db());
    await runToIdle(db());
    const { body } = await ask(taken.body.id);
    expect(body.attachments).toMatchObject([{ state: "written" }]);
    expect(await filesOn(body.documents[0]?.xeroId)).toHaveLength(1);
  });

  test("of an order that is held waits for it, and goes on an invoice that takes the place of the first", async () => {
    await setOrders(db(), desk, { onUnmapped: "hold" });
    const sent = order({ revision: 1 });
    const held = await send(sent);
    expect(held.body).toMatchObject({ state: "held" });
    await attach(held.body.id, "a.pdf", PDF);
    await setOrders(db(), desk, {});
    await releaseHeld(db(), desk.books.connectionId);
    await runToIdle(db());
    const first = (await ask(held.body.id)).body.documents[0];
    expect(await filesOn(first?.xeroId)).toHaveLength(1);
    expect(
      await send({
        ...sent,
        revision: 2,
        lines: [{ kind: "Hire", description: "Tower", unitPrice: "50.00" }],
      }),
    ).toMatchObject({ status: 200, body: { outcome: "revised" } });
    await runToIdle(db());
    const { body } = await ask(held.body.id);
    const second = body.documents.find(({ state }) => state === "written");
    expect(second?.xeroId).not.toBe(first?.xeroId);
    expect(await filesOn(second?.xeroId)).toMatchObject([{ fileName: "a.pdf" }]);
    expect(body.attachments).toMatchObject([{ state: "written" }]);
  });

  test("that the desk has let go is asked for again by an invoice that takes the place of the first", async () => {
    const sent = order({ revision: 1 });
    const { body } = await send(sent);
    await attach(body.id, "a.pdf", PDF);
    await runToIdle(db());
    expect(await forgetFiles(db())).toBe(0);
    await db().update(orderAttachments).set({ receivedAt: sql`now() - interval '91 days'` });
    expect(await forgetFiles(db())).toBeGreaterThan(0);
    expect(await attach(body.id, "a.pdf", PDF)).toMatchObject({ status: 200, body: { outcome: "same" } });
    await send({ ...sent, revision: 2, lines: [{ kind: "Hire", description: "Tower", unitPrice: "50.00" }] });
    await runToIdle(db());
    expect((await ask(body.id)).body.attachments).toMatchObject([{ state: "queued" }]);
    expect(await attach(body.id, "a.pdf", PDF)).toMatchObject({ status: 202, body: { outcome: "new" } });
    await runToIdle(db());
    const { documents, attachments } = (await ask(body.id)).body;
    expect(attachments).toMatchObject([{ state: "written" }]);
    expect(await filesOn(documents[1]?.xeroId)).toHaveLength(1);
  });

  test("and the e-mail of an invoice that staff entered by hand are theirs too", async () => {
    await simulator().control("POST", "/control/faults", {
      ...{ method: "PUT", path: "/api.xro/2.0/Invoices", times: 1 },
      effect: { kind: "status", status: 400 },
    });
    const { body } = await send(order({ sendEmail: true }));
    await attach(body.id, "a.pdf", PDF);
    await runToIdle(db());
    const [refused] = await db().select().from(postings).where(eq(postings.state, "refused"));
    await markByHand(db(), desk.caller, { postingId: refused?.id ?? "", note: "Typed in" });
    await attach(body.id, "b.pdf", PDF);
    expect((await ask(body.id)).body).toMatchObject({
      documents: [{ email: "ended" }],
      attachments: [{ state: "ended" }, { state: "ended" }],
    });
  });

  test("that Xero would refuse is refused at once, and nothing is kept", async () => {
    const { body } = await send(order());
    const refused = { status: 422, body: { code: "file-unusable" } };
    expect(await attach(body.id, "a:b.pdf", PDF)).toMatchObject(refused);
    expect(await attach(body.id, "run.exe", PDF)).toMatchObject(refused);
    expect(await attach(body.id, " a.pdf", PDF)).toMatchObject(refused);
    expect(await attach(body.id, "a.pdf", "hello")).toMatchObject(refused);
    expect(await attach(body.id, "a.pdf", PDF, { "content-type": "text/plain" })).toMatchObject({
      status: 415,
    });
    expect(await attach(body.id, "a.pdf", new Uint8Array(10 * 1024 * 1024 + 1))).toMatchObject({
      status: 413,
    });
    expect(await attach(randomUUID(), "a.pdf", PDF)).toMatchObject({ status: 404 });
    for (let nth = 1; nth <= 10; nth += 1) await attach(body.id, `${nth}.pdf`, PDF);
    expect(await attach(body.id, "11.pdf", PDF)).toMatchObject(refused);
    expect((await ask(body.id)).body.attachments).toHaveLength(10);
  });

  test("of ten million bytes arrives whole", async () => {
    const content = new Uint8Array(10 * 1024 * 1024).fill(32);
    content.set(Buffer.from("%PDF-1.7"));
    const { body } = await send(order());
    expect(await attach(body.id, "large.pdf", content)).toMatchObject({ status: 202 });
    await runToIdle(db());
    const { documents, attachments } = (await ask(body.id)).body;
    expect(attachments).toMatchObject([{ state: "written" }]);
    expect(await filesOn(documents[0]?.xeroId)).toMatchObject([{ length: content.byteLength }]);
  });

  test("that Xero refuses leaves the order written, and says why", async () => {
    const { body } = await send(order());
    await runToIdle(db());
    await simulator().control("POST", "/control/faults", {
      ...{ method: "PUT", path: "/api.xro/2.0/Invoices/*/Attachments/*", times: 1 },
      effect: { kind: "status", status: 400 },
    });
    await attach(body.id, "a.pdf", PDF);
    await runToIdle(db());
    expect((await ask(body.id)).body).toMatchObject({
      state: "written",
      attachments: [{ state: "refused", message: expect.stringContaining("Xero didn't take a file") }],
    });
  });

  test("is erased with who bought", async () => {
    const who = buyer();
    const { body } = await send(order({ buyer: who }));
    await attach(body.id, `${who.person.name}.pdf`, PDF);
    await runToIdle(db());
    await eraseBuyer(db(), desk.books.firmId, who.person.email);
    expect((await ask(body.id)).body.attachments).toEqual([
      {
        fileName: expect.stringMatching(/^[\da-f-]{36}\.pdf$/),
        bytes: PDF.length,
        state: "written",
        message: null,
      },
    ]);
  });
});

test("a file that had not gone goes no more once its buyer is erased, and its name stands in no log", async () => {
  const who = buyer();
  const { body } = await send(order({ buyer: who }));
  await runToIdle(db());
  await simulator().control("POST", "/control/faults", {
    ...{ method: "PUT", path: "/api.xro/2.0/Invoices/*/Attachments/*", times: 1 },
    effect: { kind: "status", status: 400 },
  });
  await attach(body.id, `${who.person.name}.pdf`, PDF, { "idempotency-key": randomUUID() });
  await runToIdle(db());
  const logged = await db()
    .select({ path: apiRequests.path, answered: apiRequests.answered })
    .from(apiRequests);
  expect(JSON.stringify(logged)).not.toMatch(new RegExp(who.person.name.replace(" ", "( |%20)")));
  await eraseBuyer(db(), desk.books.firmId, who.person.email);
  await bringForward(db());
  await runToIdle(db());
  expect((await ask(body.id)).body.attachments).toMatchObject([{ state: "ended" }]);
  expect(JSON.stringify(await db().select().from(apiReplays))).not.toContain(who.person.name);
});

describe("the e-mail", () => {
  test("is sent once, where the order asks for it or the firm has chosen it", async () => {
    const [asked, not] = [order({ sendEmail: true }), order()];
    const { body } = await send(asked);
    await send(not);
    await runToIdle(db());
    expect(await lettersOf(asked.number)).toHaveLength(1);
    expect(await lettersOf(not.number)).toEqual([]);
    expect((await ask(body.id)).body.documents).toMatchObject([{ email: "written" }]);
    await setOrders(db(), desk, { emailInvoices: true });
    const [chosen, declined] = [order(), order({ sendEmail: false })];
    await send(chosen);
    await send(declined);
    await runToIdle(db());
    expect(await lettersOf(chosen.number)).toHaveLength(1);
    expect(await lettersOf(declined.number)).toEqual([]);
  });

  test("Xero's answer is lost: it is not sent again", async () => {
    const sent = order({ sendEmail: true });
    await simulator().control("POST", "/control/faults", {
      ...{ method: "POST", path: "/api.xro/2.0/Invoices/*/Email", times: 1, effect: { kind: "cut-after" } },
    });
    const { body } = await send(sent);
    await runToIdle(db());
    await bringForward(db());
    await runToIdle(db());
    expect((await ask(body.id)).body.documents).toMatchObject([{ email: "written" }]);
    expect(await lettersOf(sent.number)).toHaveLength(1);
  });

  test("that Xero refuses leaves the order written; one of a cancelled order is not tried again", async () => {
    const person = { name: `Nobody ${randomUUID().slice(0, 8)}` };
    const { body } = await send(order({ sendEmail: true, buyer: { person } }));
    await runToIdle(db());
    expect((await ask(body.id)).body).toMatchObject({ state: "written", documents: [{ email: "refused" }] });
    const request = new Request(`${at}/${body.id}/cancel`, { method: "POST", headers: headers() });
    await told("POST /orders/{id}/cancel", postCancel(request, by(body.id)));
    expect((await ask(body.id)).body).toMatchObject({
      state: "cancelled",
      documents: [{ email: "ended" }],
    });
  });

  test("is not sent again by a desk that was restored from before it", async () => {
    const sent = order({ sendEmail: true });
    const { body } = await send(sent);
    await runToIdle(db());
    await loseOrder(db(), body.id);
    const again = await send(sent);
    expect(again.body).toMatchObject({ outcome: "new" });
    await runToIdle(db());
    expect((await ask(again.body.id)).body.documents).toMatchObject([{ state: "written", email: "written" }]);
    expect(await lettersOf(sent.number)).toHaveLength(1);
    expect(await invoiceOf(sent.number)).toHaveLength(1);
  });

  test("of an order that waited while nobody watched goes once it is released", async () => {
    await setOrders(db(), desk, { onUnmapped: "hold" });
    const { body } = await send(order({ sendEmail: true }));
    const gap = { mark: "another", gapAt: new Date(Date.now() + 1_000) };
    await db().insert(memory).values(gap).onConflictDoUpdate({ target: memory.id, set: gap });
    await setOrders(db(), desk, {});
    await releaseHeld(db(), desk.books.connectionId);
    for (let look = 0; look < 4; look += 1) {
      await bringForward(db());
      await runToIdle(db());
    }
    await db().delete(memory);
    expect((await ask(body.id)).body.documents).toMatchObject([{ state: "written", email: "written" }]);
  });

  test("of a draft is told before anything is kept", async () => {
    const { status, body } = await send(order({ sendEmail: true, status: "DRAFT" }));
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ code: "email-needs-authorised", pointer: "#/sendEmail" }]);
  });
});
