import { randomUUID } from "node:crypto";
import { and, eq, inArray, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { contacts, invoices } from "#db/schema/mirror.ts";
import { postings } from "#db/schema/posting.ts";
import { connections } from "#db/schema/xero.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import {
  contactsInXero,
  documentsInXero,
  LINE,
  LINE_MINOR,
  type Promised,
  promise,
  promiseContact,
} from "#lib/testing/orders/order-documents.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { bringForward, paymentsInXero, runToIdle } from "#lib/testing/truth/truth.ts";
import { createPaymentPosting } from "../kinds/payment.ts";
import { createRemovalPosting } from "../kinds/removal.ts";
import { createDocumentPosting } from "../order-kinds/create-document.ts";
import { retryPostings } from "../retry.ts";
import { runDuePosting } from "./run-due.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let contactId = "";
let counter = 0;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  contactId = (await contactsInXero(desk)).find(({ name }) => name === "Bayside Club")?.id ?? "";
});
beforeEach(async () => {
  await simulator().control("DELETE", "/control/faults");
  await simulator().control("POST", "/control/xero/settings", { idempotencySeconds: 0 });
  await runToIdle(db());
});

const at = (kind: keyof typeof PATHS) => `/api.xro/2.0/${PATHS[kind]}`;
const PATHS = {
  invoice: "Invoices",
  order_credit: "CreditNotes",
  purchase_order: "PurchaseOrders",
  contact: "Contacts",
} as const;
const BOOKS = {
  invoice: "invoices",
  order_credit: "credit-notes",
  purchase_order: "purchase-orders",
} as const;
type Kind = keyof typeof BOOKS;
const KINDS = ["invoice", "order_credit", "purchase_order"] as const;

const numbered = (prefix: string) => {
  counter += 1;
  return `${prefix}-${counter}`;
};

const promised = (kind: Kind): Promise<Promised> =>
  kind === "purchase_order"
    ? promise(db(), desk, contactId, { kind, number: numbered("SO") })
    : promise(db(), desk, contactId, { kind });

const inXero = async (kind: Kind, { referenceText }: Promised) =>
  (await documentsInXero(desk, BOOKS[kind], referenceText)).filter(
    ({ status }) => status !== "VOIDED" && status !== "DELETED",
  );

const fault = (kind: keyof typeof PATHS, effect: object, times = 1) =>
  simulator().control("POST", "/control/faults", { method: "PUT", path: at(kind), times, effect });

const lever = (name: string, body: object) =>
  simulator().control("POST", `/control/xero/${name}`, { tenantId: desk.tenantId, ...body });

async function row({ postingId }: Pick<Promised, "postingId">) {
  const [found] = await db().select().from(postings).where(eq(postings.id, postingId));
  if (!found) throw new Error("There is no such posting");
  return found;
}

type Journal = { entries: { data: { method: string; path: string } }[] };

/** How often Xero was asked by this method so far, of documents of a kind. */
async function asked(method: "GET" | "PUT", kind: keyof typeof PATHS = "invoice"): Promise<number> {
  const journal = "/control/journal?kind=xero.call&limit=1000000";
  const { entries } = await simulator().control<Journal>("GET", journal);
  return entries.filter(({ data }) => data.path === at(kind) && data.method === method).length;
}

/** How often Xero was asked to make documents of a kind. */
async function writesOf(kind: keyof typeof PATHS, work: () => Promise<unknown>): Promise<number> {
  const before = await asked("PUT", kind);
  await work();
  return (await asked("PUT", kind)) - before;
}

/** What stands in Xero must be ours, once. */
async function isOnce(kind: Kind, one: Promised): Promise<void> {
  const found = await inXero(kind, one);
  expect(found).toMatchObject([{ total: Number(LINE_MINOR) }]);
  expect(await row(one)).toMatchObject({ state: "done", xeroId: found[0]?.id });
}

describe.each(KINDS)("a document of an order, %s", (kind) => {
  test("is in Xero once, with prices of four decimals and every letter of its Reference", async () => {
    const one = await promised(kind);
    expect(await writesOf(kind, () => runToIdle(db()))).toBe(1);
    await isOnce(kind, one);
    const [document] = await inXero(kind, one);
    expect(document).toMatchObject({ status: "AUTHORISED", contactId, lines: [{ unitAmount: 123_456 }] });
    expect((await row(one)).message).toBeNull();
  });

  test("Xero's answer is lost: it is found, and not written again", async () => {
    const one = await promised(kind);
    await fault(kind, { kind: "cut-after" });
    expect(await writesOf(kind, () => runToIdle(db()))).toBe(1);
    await isOnce(kind, one);
  });

  test("Xero never heard: it is looked for twice, then written", async () => {
    const one = await promised(kind);
    await fault(kind, { kind: "cut-before" });
    await runToIdle(db());
    await isOnce(kind, one);
  });

  test("a worker dies between the call and its note: the next one finds it", async () => {
    const one = await promised(kind);
    await runToIdle(db());
    await db()
      .update(postings)
      .set({
        state: "sending",
        leaseUntil: sql`now() - interval '1 second'`,
        xeroId: null,
        doneAt: null,
        sends: 1,
      })
      .where(eq(postings.id, one.postingId));
    expect(await writesOf(kind, () => runToIdle(db()))).toBe(0);
    await isOnce(kind, one);
  });

  test("fifty go in one call at most, and a bad one among them keeps none from Xero", async () => {
    const good: Promised[] = [];
    for (let count = 0; count < 60; count += 1) good.push(await promised(kind));
    const bad = await db().transaction(async () => promised(kind));
    await db()
      .update(postings)
      .set({ body: sql`jsonb_set(body, '{lines,0,taxType}', '"NOSUCHTAX"')` })
      .where(eq(postings.id, bad.postingId));
    expect(await writesOf(kind, () => runToIdle(db()))).toBeLessThan(10);
    for (const one of good) await isOnce(kind, one);
    expect(await row(bad)).toMatchObject({ state: "refused", cause: "line_tax" });
    expect(await inXero(kind, bad)).toEqual([]);
  }, 120_000);

  test("the answer to a call with many is lost: each is looked for, and none is doubled", async () => {
    await promised(kind);
    await runToIdle(db());
    const all: Promised[] = [];
    for (let count = 0; count < 6; count += 1) all.push(await promised(kind));
    await fault(kind, { kind: "cut-after" });
    await runToIdle(db());
    for (const one of all) await isOnce(kind, one);
  });

  test("taken back, it no longer stands in Xero; and again is no harm", async () => {
    const one = await promised(kind);
    await runToIdle(db());
    const posting = await row(one);
    const remove = (sourceId: string) =>
      db().transaction((tx) =>
        createRemovalPosting(tx, { posting, sourceId, origin: { id: sourceId, at: new Date() } }),
      );
    await remove(randomUUID());
    await runToIdle(db());
    expect(await inXero(kind, one)).toEqual([]);
    await remove(randomUUID());
    await runToIdle(db());
    const removals = await db()
      .select({ state: postings.state })
      .from(postings)
      .where(and(eq(postings.kind, "removal"), eq(postings.targetId, posting.xeroId ?? "")));
    expect(removals).toEqual([{ state: "done" }, { state: "done" }]);
  });

  test("taken back while Xero does not show it yet, it is gone in the end", async () => {
    const one = await promised(kind);
    await runToIdle(db());
    const posting = await row(one);
    const sourceId = randomUUID();
    await simulator().control("POST", "/control/faults", {
      ...{ method: "GET", path: `${at(kind)}/*`, times: 1, effect: { kind: "stale-read", seconds: 3_600 } },
    });
    await db().transaction((tx) =>
      createRemovalPosting(tx, { posting, sourceId, origin: { id: sourceId, at: new Date() } }),
    );
    await runToIdle(db());
    expect(await inXero(kind, one)).toEqual([]);
    const [removal] = await db().select().from(postings).where(eq(postings.sourceId, sourceId));
    expect(removal).toMatchObject({ state: "done" });
  });
});

describe("a call that Xero carries out late", () => {
  test.each(["invoice", "purchase_order"] as const)(
    "doubles no %s that has a number of ours",
    async (kind) => {
      await promised(kind);
      await runToIdle(db());
      const all: Promised[] = [];
      for (let count = 0; count < 2; count += 1) {
        const number = numbered("LATE");
        all.push(
          kind === "invoice"
            ? await promise(db(), desk, contactId, { kind, over: { number } })
            : await promise(db(), desk, contactId, { kind, number }),
        );
      }
      await fault(kind, { kind: "commit-late", ms: 400 });
      for (let at = 0; at < 8; at += 1) {
        await bringForward(db());
        await runDuePosting(db());
      }
      await expect
        .poll(async () => (await Promise.all(all.map((one) => inXero(kind, one)))).flat().length)
        .toBe(2);
      await runToIdle(db());
      for (const one of all) await isOnce(kind, one);
    },
  );

  test("is waited for where Xero numbers the documents", async () => {
    await promised("invoice");
    await runToIdle(db());
    const all = [await promised("invoice"), await promised("invoice")];
    await fault("invoice", { kind: "cut-before" });
    await bringForward(db());
    await runDuePosting(db());
    for (const one of all) expect(await row(one)).toMatchObject({ state: "unknown", emptyLooks: -1 });
    await runToIdle(db());
    for (const one of all) await isOnce("invoice", one);
  });
});

describe("an invoice", () => {
  test("is in the mirror as soon as it is in Xero, and its payments follow it once", async () => {
    const [cash] = [desk.clearingAccountId];
    const date = new Date().toISOString().slice(0, 10);
    const one = await promise(db(), desk, contactId, {
      kind: "invoice",
      over: {
        payments: [
          { accountId: cash, amountMinor: "1000", date },
          { accountId: cash, amountMinor: "3074", date },
        ],
      },
    });
    await bringForward(db());
    await runDuePosting(db());
    const { xeroId } = await row(one);
    const mirrored = () =>
      db()
        .select()
        .from(invoices)
        .where(eq(invoices.invoiceId, xeroId ?? ""));
    expect(await mirrored()).toMatchObject([{ status: "AUTHORISED", dueMinor: LINE_MINOR, contactId }]);
    await runToIdle(db());
    const paid = await db()
      .select()
      .from(postings)
      .where(and(eq(postings.kind, "payment"), eq(postings.sourceId, one.sourceId)))
      .orderBy(postings.part);
    expect(paid.map(({ state, part }) => ({ state, part }))).toEqual([
      { state: "done", part: 0 },
      { state: "done", part: 1 },
    ]);
    for (const { reference } of paid) expect(await paymentsInXero(simulator(), reference)).toHaveLength(1);
    expect(await mirrored()).toMatchObject([{ status: "PAID", dueMinor: 0n }]);
  });

  test("that was looked for has its payments looked for too: a former life of this database may have written them", async () => {
    const date = new Date().toISOString().slice(0, 10);
    const payments = [{ accountId: desk.clearingAccountId, amountMinor: "4074", date }];
    const one = await promise(db(), desk, contactId, { kind: "invoice", over: { payments } });
    await fault("invoice", { kind: "cut-after" });
    for (let step = 0; step < 2; step += 1) {
      await bringForward(db());
      await runDuePosting(db());
    }
    const paid = await db()
      .select()
      .from(postings)
      .where(eq(postings.sourceId, one.sourceId))
      .orderBy(postings.createdAt);
    expect(paid.map(({ kind, state }) => `${kind} ${state}`)).toEqual(["invoice done", "payment unknown"]);
    await runToIdle(db());
    expect(await paymentsInXero(simulator(), paid[1]?.reference ?? "")).toHaveLength(1);
  });

  test("a payment that Xero refuses goes again to the account that the order names", async () => {
    const { accounts } = await simulator().control<{ accounts: { id: string; name: string }[] }>(
      "GET",
      `/control/xero/accounts?tenantId=${desk.tenantId}`,
    );
    const till = accounts.find(({ name }) => name === "Card clearing")?.id ?? "";
    const date = new Date().toISOString().slice(0, 10);
    const payments = [{ accountId: till, amountMinor: "4074", date }];
    await lever("account", { accountId: till, status: "ARCHIVED" });
    const one = await promise(db(), desk, contactId, { kind: "invoice", over: { payments } });
    await runToIdle(db());
    const paid = async () =>
      (
        await db()
          .select()
          .from(postings)
          .where(and(eq(postings.kind, "payment"), eq(postings.sourceId, one.sourceId)))
      )[0];
    expect(await paid()).toMatchObject({ state: "refused", accountId: till, cause: "till_account" });
    await lever("account", { accountId: till, status: "ACTIVE" });
    await db()
      .update(postings)
      .set({ state: "unknown", emptyLooks: 1 })
      .where(eq(postings.id, (await paid())?.id ?? ""));
    await runToIdle(db());
    expect(await paid()).toMatchObject({ state: "done", accountId: till });
  });

  test("what Xero made of it that nobody asked for is kept with it and in the audit record", async () => {
    const tracking = [{ categoryId: randomUUID(), optionId: randomUUID() }];
    const one = await promise(db(), desk, contactId, {
      kind: "invoice",
      amountMinor: 4_000n,
      over: { lines: [{ ...LINE, discountPercent: null, taxAmount: null, tracking }] },
    });
    await runToIdle(db());
    const differences = /comes to .*40\.74 in Xero, and to .*40\.00 here\. Xero dropped 1 tracking option/;
    expect(await row(one)).toMatchObject({ state: "done", message: expect.stringMatching(differences) });
    const [event] = await db()
      .select({ detail: auditEvents.detail })
      .from(auditEvents)
      .where(
        and(eq(auditEvents.subject, `posting:${one.postingId}`), eq(auditEvents.action, "posting.done")),
      );
    expect(event?.detail).toMatchObject({ differences: expect.stringMatching(differences) });
  });

  test("a draft is deleted when it is taken back", async () => {
    const one = await promise(db(), desk, contactId, { kind: "invoice", over: { status: "DRAFT" } });
    await runToIdle(db());
    const posting = await row(one);
    const origin = { id: randomUUID(), at: new Date() };
    await db().transaction((tx) => createRemovalPosting(tx, { posting, sourceId: origin.id, origin }));
    await runToIdle(db());
    expect(await documentsInXero(desk, "invoices", one.referenceText)).toMatchObject([{ status: "DELETED" }]);
    const [mirrored] = await db()
      .select()
      .from(invoices)
      .where(eq(invoices.invoiceId, posting.xeroId ?? ""));
    expect(mirrored?.status).toBe("DELETED");
  });
});

describe("a contact", () => {
  test("goes first, what waits for it is for it, and the mirror knows it", async () => {
    const buyer = await promiseContact(db(), desk, numbered("Nora New"));
    const one = await promise(db(), desk, null, { kind: "invoice" }, buyer.postingId);
    expect((await row(one)).message).toContain("Waiting for its contact");
    await runToIdle(db());
    await isOnce("invoice", one);
    const { xeroId } = await row(buyer);
    expect(await inXero("invoice", one)).toMatchObject([{ contactId: xeroId }]);
    const late = await promise(db(), desk, null, { kind: "order_credit" }, buyer.postingId);
    await runToIdle(db());
    expect(await inXero("order_credit", late)).toMatchObject([{ contactId: xeroId }]);
    const mirrored = await db()
      .select()
      .from(contacts)
      .where(eq(contacts.contactId, xeroId ?? ""));
    expect(mirrored).toMatchObject([{ email: "buyer@example.com", status: "ACTIVE" }]);
  });

  test.each([["cut-after"], ["cut-before"]])("is made once, answer lost or not heard: %s", async (kind) => {
    await promiseContact(db(), desk, numbered("Otto Others"));
    await runToIdle(db());
    const all = [
      await promiseContact(db(), desk, numbered("Paul Pair")),
      await promiseContact(db(), desk, numbered("Paula Pair")),
    ];
    await fault("contact", { kind });
    await runToIdle(db());
    const there = await contactsInXero(desk);
    for (const one of all) {
      const found = there.filter(({ contactNumber }) => contactNumber === one.reference);
      expect(found).toHaveLength(1);
      expect(await row(one)).toMatchObject({ state: "done", xeroId: found[0]?.id });
    }
  });

  test("whose name another has is refused with that cause, and what waits for it waits", async () => {
    const buyer = await promiseContact(db(), desk, "Bayside Club");
    const one = await promise(db(), desk, null, { kind: "invoice" }, buyer.postingId);
    await runToIdle(db());
    expect(await row(buyer)).toMatchObject({ state: "refused", cause: "contact_name" });
    expect(await row(one)).toMatchObject({ state: "ready", sends: 0 });
    await db()
      .update(postings)
      .set({ state: "by_hand" })
      .where(inArray(postings.id, [one.postingId]));
  });

  test("waits for the scope alone: what needs none of it goes on", async () => {
    const buyer = await promiseContact(db(), desk, numbered("Sam Scopeless"));
    const one = await promised("invoice");
    const effect = {
      kind: "status",
      status: 401,
      body: "{}",
      headers: { "www-authenticate": "insufficient_scope" },
    };
    await fault("contact", effect, 1);
    await bringForward(db());
    while (await runDuePosting(db())) {}
    expect(await row(buyer)).toMatchObject({
      state: "ready",
      message: expect.stringContaining("accounting.contacts"),
    });
    await isOnce("invoice", one);
    const [connection] = await db()
      .select({ state: connections.state, stateReason: connections.stateReason })
      .from(connections)
      .where(eq(connections.id, desk.books.connectionId));
    expect(connection).toEqual({ state: "missing_scope", stateReason: "accounting.contacts" });
    await runToIdle(db());
    expect(await row(buyer)).toMatchObject({ state: "done" });
  });
});

describe("what Xero refuses has a cause", () => {
  const day = new Date().toISOString().slice(0, 10);

  test("its number is another's", async () => {
    const number = numbered("TAKEN");
    for (const kind of ["invoice", "purchase_order"] as const) {
      const make = () =>
        kind === "invoice"
          ? promise(db(), desk, contactId, { kind, over: { number } })
          : promise(db(), desk, contactId, { kind, number });
      const [first, second] = [await make(), await make()];
      await runToIdle(db());
      const rows = [await row(first), await row(second)];
      expect(rows.map(({ state, cause }) => `${state} ${cause}`).sort()).toEqual([
        "done null",
        "refused number_taken",
      ]);
    }
  });

  test("its number is that of a purchase order which was deleted by hand; one that we took back is free", async () => {
    const number = numbered("AGAIN");
    const make = () => promise(db(), desk, contactId, { kind: "purchase_order", number });
    const first = await make();
    await runToIdle(db());
    const posting = await row(first);
    const origin = { id: randomUUID(), at: new Date() };
    await db().transaction((tx) => createRemovalPosting(tx, { posting, sourceId: origin.id, origin }));
    await runToIdle(db());
    const second = await make();
    await runToIdle(db());
    await isOnce("purchase_order", second);
    await lever("purchase-order", { purchaseOrder: number, status: "DELETED" });
    const third = await make();
    await runToIdle(db());
    expect(await row(third)).toMatchObject({ state: "refused", cause: "number_taken" });
  });

  test("a purchase order of ours that was deleted before we looked is none: its number is taken all the same", async () => {
    const number = numbered("GONE");
    const one = await promise(db(), desk, contactId, { kind: "purchase_order", number });
    await fault("purchase_order", { kind: "cut-after" });
    await bringForward(db());
    await runDuePosting(db());
    await lever("purchase-order", { purchaseOrder: number, status: "DELETED" });
    await runToIdle(db());
    expect(await row(one)).toMatchObject({ state: "refused", cause: "number_taken" });
  });

  test.each([
    ["line_account", { lines: [{ ...LINE, accountCode: "210", discountPercent: null, taxAmount: null }] }],
    ["item", { lines: [{ ...LINE, itemCode: "NOSUCH", discountPercent: null, taxAmount: null }] }],
  ])("%s", async (cause, over) => {
    const one = await promise(db(), desk, contactId, { kind: "invoice", over });
    await runToIdle(db());
    expect(await row(one)).toMatchObject({ state: "refused", cause });
  });

  test("the books are locked, the plan is used up, the contact archived; mended, it is written", async () => {
    const refusedFor = async (cause: string, set: () => Promise<unknown>, unset: () => Promise<unknown>) => {
      await set();
      const one = await promised("invoice");
      await runToIdle(db());
      expect(await row(one)).toMatchObject({ state: "refused", cause });
      await unset();
      await db()
        .update(postings)
        .set({ state: "unknown", emptyLooks: 1 })
        .where(eq(postings.id, one.postingId));
      await runToIdle(db());
      await isOnce("invoice", one);
    };
    await refusedFor(
      "locked",
      () => lever("lock-dates", { periodLockDate: day }),
      () => lever("lock-dates", {}),
    );
    await refusedFor(
      "plan",
      () => lever("plan-limit", { approvalsLeft: 0 }),
      () => lever("plan-limit", { approvalsLeft: null }),
    );
    await refusedFor(
      "contact",
      () => lever("contact", { contactId, status: "ARCHIVED" }),
      () => lever("contact", { contactId, status: "ACTIVE" }),
    );
  });

  test.each([
    ["ours", () => ({ number: numbered("AGAIN") })],
    ["Xero's", () => ({})],
  ])("mended, all that it kept goes together, numbered by %s", async (whose, over) => {
    await lever("lock-dates", { periodLockDate: day });
    const some: Promised[] = [];
    for (let nth = 0; nth < 8; nth += 1)
      some.push(await promise(db(), desk, contactId, { kind: "invoice", over: over() }));
    await runToIdle(db());
    await lever("lock-dates", {});
    const ids = some.map(({ postingId }) => postingId);
    await retryPostings(db(), desk.caller, ids);
    const before = await asked("GET");
    const writes = await writesOf("invoice", async () => {
      while (await runDuePosting(db()));
    });
    expect(writes).toBe(1);
    expect((await asked("GET")) - before).toBe(whose === "ours" ? 0 : some.length);
    for (const one of some) await isOnce("invoice", one);
  });

  test("an invoice that is paid is not taken back", async () => {
    const payments = [{ accountId: desk.clearingAccountId, amountMinor: "4074", date: day }];
    const one = await promise(db(), desk, contactId, { kind: "invoice", over: { payments } });
    await runToIdle(db());
    const posting = await row(one);
    const origin = { id: randomUUID(), at: new Date() };
    await db().transaction((tx) => createRemovalPosting(tx, { posting, sourceId: origin.id, origin }));
    await runToIdle(db());
    const [removal] = await db().select().from(postings).where(eq(postings.sourceId, origin.id));
    expect(removal).toMatchObject({ state: "refused", cause: "in_use" });
  });
});

test("what is paid goes before what orders become, however long those have waited", async () => {
  const order = await promised("invoice");
  const earlier = await promised("invoice");
  await runToIdle(db());
  const { xeroId } = await row(earlier);
  const waiting = await promised("invoice");
  await db()
    .update(postings)
    .set({ dueAt: sql`now() - interval '1 hour'` })
    .where(eq(postings.id, waiting.postingId));
  const reference = await db().transaction((tx) =>
    createPaymentPosting(tx, {
      ...desk.books,
      ...{ sourceId: randomUUID(), origin: { id: randomUUID(), at: new Date() }, isTest: false },
      ...{ accountId: desk.clearingAccountId, currency: "AUD", date: new Date().toISOString().slice(0, 10) },
      lines: [{ invoiceId: xeroId ?? "", amountMinor: 100n }],
    }),
  );
  expect(await runDuePosting(db())).toBe(true);
  const [payment] = await db().select().from(postings).where(eq(postings.reference, reference));
  expect(payment?.state).toBe("done");
  expect((await row(waiting)).state).toBe("ready");
  await runToIdle(db());
  await isOnce("invoice", waiting);
  await isOnce("invoice", order);
});

test("what could not be found again is never promised", async () => {
  const make = (reference: string) =>
    db().transaction((tx) =>
      createDocumentPosting(tx, {
        ...desk.books,
        ...{
          kind: "contact",
          sourceId: randomUUID(),
          reference,
          origin: { id: randomUUID(), at: new Date() },
        },
        ...{ currency: "AUD", date: "2026-11-30", amountMinor: 0n, afterId: null },
        body: { name: "Nobody", email: null, contactNumber: "CF-OTHER" },
      }),
    );
  await expect(make("CF-2345ABCDEF")).rejects.toThrow("does not hold the posting's reference");
});
