import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { accounts, contacts } from "#db/schema/mirror.ts";
import { orders } from "#db/schema/orders.ts";
import { orderLineInWords, orderTimeline } from "#lib/evidence/order-timeline.ts";
import { ordersCsv } from "#lib/evidence/orders-csv.ts";
import type { FirmCaller } from "#lib/firms/authorise.ts";
import { requireFirm } from "#lib/firms/authorise.ts";
import { HANDLERS } from "#lib/jobs/registry.ts";
import { releaseOrders } from "#lib/jobs/scheduled-jobs.ts";
import { addCurrency } from "#lib/mapping/add-currency.ts";
import { mappingChanged } from "#lib/mapping/jobs.ts";
import { readMapping } from "#lib/mapping/mapping.ts";
import { saveKind } from "#lib/mapping/save-kind.ts";
import { readChanges } from "#lib/mirror/sync/delta.ts";
import { testDb } from "#lib/testing/database.ts";
import { openDesk } from "#lib/testing/desk.ts";
import { type OrderDesk, openOrderDesk, setOrders } from "#lib/testing/orders/order-desk.ts";
import { contactsInXero } from "#lib/testing/orders/order-documents.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { makeActor } from "#lib/testing/staff.ts";
import { invoicesInXero, runToIdle } from "#lib/testing/truth/truth.ts";
import { connectFirm, DEMO_APP, XERO_USER } from "#lib/testing/xero/at-xero.ts";
import { saveXeroApp } from "#lib/xero/apps/save-app.ts";
import { DEFAULT_SCOPES } from "#lib/xero/apps/scopes.ts";
import { payConnection } from "#lib/xero/organisations/pay-connections.ts";
import { acceptOrders } from "../accept/accept-orders.ts";
import { countHeld, leftToCredit, listOrdersForStaff, readOrderForStaff } from "../staff/read-for-staff.ts";
import { rehearse } from "../staff/rehearse.ts";
import {
  cancelByStaff,
  creditByStaff,
  reviewCancelling,
  reviewCredit,
} from "../take-back/take-back-by-staff.ts";
import { chooseContact, unclearPersons } from "./choose-contact.ts";
import { heldGroups } from "./held-groups.ts";
import { tryAgain } from "./try-again.ts";

const db = testDb();
const simulator = testSimulator();
let desk: OrderDesk;
let viewer: FirmCaller;
let stranger: FirmCaller;
let contactId = "";

beforeAll(async () => {
  desk = await openOrderDesk(db(), simulator());
  contactId = (await contactsInXero(desk)).find(({ name }) => name === "Bayside Club")?.id ?? "";
  const { firmId } = desk.caller.firm;
  const actor = await makeActor(db(), `Viewer ${firmId}`, [{ firmId, role: "viewer" }]);
  viewer = { actor, firm: await requireFirm(db(), actor, firmId, "see"), ip: null };
  stranger = (await openDesk(db(), simulator(), { country: "uk", backfill: false })).caller;
});
beforeEach(async () => {
  await runToIdle(db());
  await setOrders(db(), desk, {});
});

type Sent = Record<string, unknown>;
const order = (more: Sent = {}): Sent => ({
  ...{ source: "till", number: `W-${randomUUID().slice(0, 8)}`, currency: "AUD", amounts: "exclusive" },
  ...{
    buyer: { contactId },
    lines: [{ kind: "Hire", description: "Tower", quantity: "3", unitPrice: "40.00" }],
  },
  ...more,
});

/** Takes an order as a till sends it, and says its id. */
async function take(sent: Sent): Promise<string> {
  const sender = { ...desk.books, apiKeyId: null, actor: "worker" as const };
  const [one] = await acceptOrders(db(), sender, [sent], { mode: "each", onFault: "hold" });
  if (one?.kind !== "taken") throw new Error(`Not taken: ${JSON.stringify(one)}`);
  return one.orderId;
}

const read = async (id: string) => {
  const found = await readOrderForStaff(db(), desk.caller.firm, id);
  if (!found) throw new Error("The firm has no such order");
  return found;
};
/** An owner consents anew, with an app that asks for these scopes. */
async function reconnect(scopes: string): Promise<void> {
  await saveXeroApp(db(), desk.caller, { whose: "company", input: { ...DEMO_APP, scopes } });
  const { tenantId, books } = desk;
  await connectFirm(db(), desk.caller, { user: XERO_USER.ada, tenantId, renew: books.connectionId });
}
const run = (job: { name: string }, payload: unknown) =>
  HANDLERS.find(({ name }) => name === job.name)?.run(db(), payload) ??
  Promise.reject(new Error("No such job"));
const archived = (code: string, status: "ARCHIVED" | "ACTIVE") =>
  db()
    .update(accounts)
    .set({ status })
    .where(and(eq(accounts.connectionId, desk.books.connectionId), eq(accounts.code, code)));
/** In Xero alone: the mirror has not heard of it yet. */
async function setInXero(code: string, status: "ARCHIVED" | "ACTIVE"): Promise<void> {
  const { tenantId } = desk;
  const { accounts: all } = await simulator().control<{ accounts: { id: string; code?: string }[] }>(
    "GET",
    `/control/xero/accounts?tenantId=${tenantId}`,
  );
  const accountId = all.find((one) => one.code === code)?.id;
  await simulator().control("POST", "/control/xero/account", { tenantId, accountId, status });
}

const wordsOf = async (id: string) =>
  (await orderTimeline(db(), desk.caller.firm, await read(id))).map(
    (line) => `${line.who}: ${orderLineInWords(line).title}`,
  );

const KIND = { accountCode: "260", taxType: null, costAccountCode: null, itemCode: null };
async function map(name: string): Promise<void> {
  const { connectionId } = desk.books;
  const kindId = (await readMapping(db(), connectionId)).kinds.get(name)?.id ?? "";
  const tracking = { firstTracking: null, secondTracking: null };
  await saveKind(db(), desk.caller, { ...KIND, ...tracking, connectionId, which: { kindId } });
}

test("G3 what one matter keeps is one line, with how many and since when, and a viewer reads it too", async () => {
  await setOrders(db(), desk, { onUnmapped: "hold" });
  const lines = [{ kind: "Crane", description: "Crane", unitPrice: "10" }];
  const some = [order({ lines }), order({ lines }), order({ lines, currency: "EUR" })];
  const ids = [];
  for (const one of some) ids.push(await take(one));
  expect(await heldGroups(db(), viewer.firm)).toMatchObject([
    { code: "kind-unmapped", subject: "Crane", count: 3, examples: some.map(({ number }) => number) },
    { code: "currency-not-subscribed", subject: "EUR", count: 1 },
  ]);
  expect(await countHeld(db(), viewer.firm)).toBe(3);
  const found = await listOrdersForStaff(db(), viewer.firm, {
    heldFor: { code: "kind-unmapped", subject: "Crane" },
    limit: 2,
  });
  expect(found.rows.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
  const rest = await listOrdersForStaff(db(), viewer.firm, { after: found.next ?? undefined, limit: 2 });
  expect(rest.rows[0]?.id).toBe(ids[0]);

  await map("Crane");
  await run(mappingChanged, { connectionId: desk.books.connectionId });
  expect((await read(ids[0] ?? "")).state).toBe("queued");
  expect(await heldGroups(db(), viewer.firm)).toMatchObject([{ code: "currency-not-subscribed" }]);
  await cancelByStaff(db(), desk.caller, ids[2] ?? "");
  expect(await countHeld(db(), viewer.firm)).toBe(0);
});

test("the five minutes' turn releases what was mended in Xero itself", async () => {
  await archived("200", "ARCHIVED");
  const id = await take(order());
  expect(await heldGroups(db(), desk.caller.firm)).toMatchObject([
    { code: "account-archived", subject: "200" },
  ]);
  await run(releaseOrders, {});
  expect((await read(id)).state).toBe("held");
  await archived("200", "ACTIVE");
  await run(releaseOrders, {});
  expect((await read(id)).state).toBe("queued");
});

test("a person tries one again, and the timeline says who released it", async () => {
  await archived("200", "ARCHIVED");
  const id = await take(order());
  expect(await tryAgain(db(), desk.caller, id)).toEqual({ left: 1, isReadAnew: true });
  await archived("200", "ACTIVE");
  await expect(tryAgain(db(), viewer, id)).rejects.toMatchObject({ code: "forbidden" });
  await expect(tryAgain(db(), stranger, id)).rejects.toMatchObject({ code: "not_found" });
  expect(await tryAgain(db(), desk.caller, id)).toEqual({ left: 0, isReadAnew: false });
  await expect(tryAgain(db(), desk.caller, id)).rejects.toMatchObject({ code: "conflict" });
  expect(await wordsOf(id)).toEqual([
    "Counterfoil: Held",
    `${desk.caller.actor.name}: Released: nothing keeps it from Xero any more`,
  ]);
  await runToIdle(db());
  expect(await wordsOf(id)).toContain("Counterfoil: The invoice written to Xero");
});

test("an order without a date that waits is shown, and written, for the day it came", async () => {
  await archived("200", "ARCHIVED");
  const id = await take(order());
  await archived("200", "ACTIVE");
  await db()
    .update(orders)
    .set({ receivedAt: new Date("2026-11-20T02:00:00Z") })
    .where(eq(orders.id, id));
  const { plan } = await rehearse(db(), desk.caller.firm, await read(id));
  await tryAgain(db(), desk.caller, id);
  expect([plan?.invoice.date, (await read(id)).date]).toEqual(["2026-11-20", "2026-11-20"]);
});

test("Try again has Xero asked anew: what was added there goes by itself within the five minutes", async () => {
  const id = await take(order({ currency: "NOK" }));
  await readChanges(db(), desk.books, {});
  const { tenantId } = desk;
  await simulator().control("POST", "/control/xero/currency", { tenantId, code: "NOK", isSubscribed: true });
  await readChanges(db(), desk.books, {});
  await run(releaseOrders, {});
  expect((await read(id)).state).toBe("held");
  expect(await tryAgain(db(), desk.caller, id)).toEqual({ left: 1, isReadAnew: true });
  await readChanges(db(), desk.books, {});
  await run(releaseOrders, {});
  expect((await read(id)).state).toBe("queued");
});

test("a currency that Xero lacks is added from the desk where the scope allows it, and its orders go", async () => {
  const id = await take(order({ currency: "SEK" }));
  const { connectionId } = desk.books;
  const add = (code: string, caller = desk.caller) => addCurrency(db(), caller, { connectionId, code });
  await expect(add("SEK")).rejects.toMatchObject({ code: "conflict" });
  expect((await payConnection(db(), connectionId))?.usable).toBe(true);
  await reconnect(DEFAULT_SCOPES.replace("accounting.settings.read", "accounting.settings"));
  await expect(add("SEK", viewer)).rejects.toMatchObject({ code: "forbidden" });
  await expect(add("SEK", stranger)).rejects.toMatchObject({ code: "not_found" });
  await expect(add("AUD")).rejects.toMatchObject({ fields: { code: [expect.stringContaining("already")] } });
  await expect(add("sek")).rejects.toMatchObject({ fields: { code: [expect.any(String)] } });
  await add("SEK");
  await run(mappingChanged, { connectionId });
  await runToIdle(db());
  expect((await read(id)).state).toBe("written");
});

test("what Xero refused for an account is written anew once it is mapped to another, once", async () => {
  await setInXero("200", "ARCHIVED");
  const sent = order({ lines: [{ kind: "Lift", description: "Lift", unitPrice: "10" }] });
  const again = order({ lines: [{ kind: "Lift", description: "Lift", unitPrice: "10" }] });
  const [id, other] = [await take(sent), await take(again)];
  await runToIdle(db());
  expect((await read(id)).state).toBe("refused");
  await expect(tryAgain(db(), viewer, id)).rejects.toMatchObject({ code: "forbidden" });
  await map("Lift");
  expect(await tryAgain(db(), desk.caller, id)).toEqual({ left: 0, isReadAnew: false });
  await run(mappingChanged, { connectionId: desk.books.connectionId });
  await runToIdle(db());
  await setInXero("200", "ACTIVE");
  for (const one of [id, other]) expect((await read(one)).state).toBe("written");
  for (const { number } of [sent, again])
    expect(
      (await invoicesInXero(simulator(), desk.tenantId)).filter((one) => one.number === number),
    ).toHaveLength(1);
  expect(await wordsOf(id)).toContain(
    `${desk.caller.actor.name}: Planned anew by the mapping of now, after Xero had refused it`,
  );
});

test("O4 whom Xero refuses to make, since another has the name, staff choose, and what waits goes to that one", async () => {
  const isIt = eq(contacts.contactId, contactId);
  const [mirrored] = await db().select().from(contacts).where(isIt);
  if (!mirrored) throw new Error("The contact is not in the mirror");
  // Somebody has entered it in Xero since its contacts were read.
  await db().delete(contacts).where(isIt);
  const id = await take(order({ buyer: { person: { name: mirrored.name } } }));
  await runToIdle(db());
  await db().insert(contacts).values(mirrored);
  expect((await read(id)).state).toBe("queued");
  const [refused] = await unclearPersons(db(), viewer.firm, await read(id));
  expect(refused).toMatchObject({
    detail: expect.stringContaining("already assigned"),
    candidates: [{ contactId }],
  });
  const choice = { orderId: id, key: refused?.key ?? "", contactId };
  expect(await chooseContact(db(), desk.caller, choice)).toBe(true);
  await runToIdle(db());
  expect(await read(id)).toMatchObject({ state: "written", documents: [{ body: { contactId } }] });
  expect(await unclearPersons(db(), viewer.firm, await read(id))).toEqual([]);
});

test("O4 of several contacts a person chooses one, for this order and all of that person's", async () => {
  const email = `two-${randomUUID()}@example.com`;
  const twins = [randomUUID(), randomUUID()];
  for (const [at, twin] of twins.entries())
    await db()
      .insert(contacts)
      .values({
        ...{ ...desk.books, contactId: twin, name: `Twin ${at} ${email}`, email },
        ...{ status: "ACTIVE", updatedAt: new Date() },
      });
  const buyer = { person: { name: "A Twin", email } };
  const [one, other] = [await take(order({ buyer })), await take(order({ buyer }))];
  const [unclear, ...more] = await unclearPersons(db(), viewer.firm, await read(one));
  expect(more).toEqual([]);
  expect(unclear?.candidates.map((found) => found.contactId).sort()).toEqual(twins.toSorted());
  const choice = { orderId: one, key: unclear?.key ?? "", contactId: twins[1] ?? "" };
  await expect(chooseContact(db(), viewer, choice)).rejects.toMatchObject({ code: "forbidden" });
  await expect(chooseContact(db(), stranger, choice)).rejects.toMatchObject({ code: "not_found" });
  await expect(chooseContact(db(), desk.caller, { ...choice, contactId })).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await chooseContact(db(), desk.caller, choice)).toBe(true);
  await run(mappingChanged, { connectionId: desk.books.connectionId });
  for (const id of [one, other])
    expect(await read(id)).toMatchObject({
      state: "queued",
      documents: [{ body: { contactId: twins[1] } }],
    });
  expect(await wordsOf(one)).toContain(`${desk.caller.actor.name}: Chose the contact Twin 1 ${email}`);
  for (const id of [one, other]) await cancelByStaff(db(), desk.caller, id);
});

test("cancelling says first what it would do, does nothing by looking, and then does just that", async () => {
  const sent = order();
  const id = await take(sent);
  expect(await reviewCancelling(db(), desk.caller, id)).toBe("withdrawn");
  expect((await read(id)).state).toBe("queued");
  await runToIdle(db());
  expect(await reviewCancelling(db(), desk.caller, id)).toBe("voided");
  await expect(reviewCancelling(db(), viewer, id)).rejects.toMatchObject({ code: "forbidden" });
  expect(await cancelByStaff(db(), desk.caller, id)).toBe("voided");
  expect(await cancelByStaff(db(), desk.caller, id)).toBe(null);
  await runToIdle(db());
  const there = (await invoicesInXero(simulator(), desk.tenantId)).filter(
    ({ number }) => number === sent.number,
  );
  expect(there).toMatchObject([{ status: "VOIDED" }]);
  expect(await wordsOf(id)).toContain("Counterfoil: Voided or deleted in Xero");
});

test("a part is credited once, however often it is sent, and what is left is told", async () => {
  const id = await take(order());
  expect(leftToCredit(await read(id))).toBe(0n);
  await runToIdle(db());
  expect(leftToCredit(await read(id))).toBe(13_200n);
  const asked = { orderId: id, refundNumber: `desk-${randomUUID()}`, amount: "32.00", reason: "Broken" };
  const made = { totalMinor: 3_200n, allocatedMinor: 3_200n };
  expect(await reviewCredit(db(), desk.caller, asked)).toEqual(made);
  expect(leftToCredit(await read(id))).toBe(13_200n);
  expect(await creditByStaff(db(), desk.caller, asked)).toEqual(made);
  expect(await creditByStaff(db(), desk.caller, asked)).toBe(null);
  expect(leftToCredit(await read(id))).toBe(10_000n);
  await expect(
    creditByStaff(db(), desk.caller, { ...asked, refundNumber: `desk-${randomUUID()}`, amount: "100.01" }),
  ).rejects.toMatchObject({ code: "invalid" });
  await expect(creditByStaff(db(), viewer, asked)).rejects.toMatchObject({ code: "forbidden" });
  await runToIdle(db());
  expect((await read(id)).documents).toMatchObject([
    { state: "done" },
    { state: "done", totalMinor: 3_200n },
  ]);
  expect(await wordsOf(id)).toContain(`${desk.caller.actor.name}: Credited A$32.00`);
});

test("the list goes to a spreadsheet, each order a line, and another firm's are not in it", async () => {
  const sent = order({ buyer: { person: { name: "=Formula", email: `f-${randomUUID()}@example.com` } } });
  await take(sent);
  const file = async (caller: FirmCaller) => {
    let text = "";
    const search = { search: String(sent.number) };
    for await (const piece of ordersCsv(db(), caller.firm, { search, timeZone: "Australia/Sydney" }))
      text += piece;
    return text.split("\r\n").filter(Boolean);
  };
  const [head, line, ...more] = await file(viewer);
  expect(head).toContain("Received on,Time,Time zone,Source,Number");
  expect(line).toContain(`till,${sent.number},0,`);
  expect(line).toContain(`"'=Formula",AUD,132.00,On its way,${sent.number},CF-`);
  expect(more).toEqual([]);
  expect(await file(stranger)).toHaveLength(1);
  expect(await readOrderForStaff(db(), stranger.firm, await idOf(sent))).toBeUndefined();
});

async function idOf({ number }: Sent): Promise<string> {
  const [row] = await db()
    .select({ id: orders.id })
    .from(orders)
    .where(eq(orders.number, String(number)));
  return row?.id ?? "";
}

test("G3 a number that another order's invoice has leads to that order; one that the desk did not write is told as such", async () => {
  const first = order();
  const other = await take(first);
  await runToIdle(db());
  const { faults } = await read(await take({ ...first, source: "web" }));
  expect(faults).toMatchObject([
    {
      ...{ code: "number-taken", orderId: other },
      detail: `${first.number} is the number of the invoice of order ${first.number} from till in Xero.`,
    },
  ]);
  const [foreign] = await invoicesInXero(simulator(), desk.tenantId);
  const [fault] = (await read(await take(order({ number: foreign?.number })))).faults;
  expect(fault?.detail).toBe(`${foreign?.number} is the number of another invoice in Xero.`);
  expect(fault).not.toHaveProperty("orderId");
});
