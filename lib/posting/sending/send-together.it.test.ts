import { randomUUID } from "node:crypto";
import { eq, inArray, sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { postingLines, postings } from "#db/schema/posting.ts";
import { refreshInvoices } from "#lib/mirror/sync/refresh-invoices.ts";
import { type Ledger, openLedger } from "#lib/testing/crashes/posting-crashes.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { breaks, invoicesInXero, runToIdle } from "#lib/testing/truth/truth.ts";
import { createPaymentPosting } from "../kinds/payment.ts";
import { lookUpAfterRestore } from "./look-up-after-restore.ts";
import { EMPTY_LOOKS_TOGETHER } from "./rules.ts";
import { runDuePosting } from "./run-due.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let ledger: Ledger;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  ledger = await openLedger(desk);
});
beforeEach(async () => {
  await simulator().control("DELETE", "/control/faults");
  await simulator().control("POST", "/control/xero/settings", { idempotencySeconds: 0 });
  await wait(1);
  await runToIdle(db());
});

const PAYMENTS = "/api.xro/2.0/Payments";
const fault = (method: string, effect: object, times = 1) =>
  simulator().control("POST", "/control/faults", { method, path: PAYMENTS, times, effect });

/** So many payments, each of all that an invoice owes, that Xero hasn't been told of; their references. */
async function wait(count: number): Promise<string[]> {
  const lines: { invoiceId: string; amountMinor: bigint }[] = [];
  for (let at = 0; at < count; at += 1) lines.push(await ledger.whole());
  await refreshInvoices(db(), desk.books, { ids: lines.map(({ invoiceId }) => invoiceId), purpose: "sync" });
  const references: string[] = [];
  for (const line of lines) references.push(await post(line));
  return references;
}

const post = (line: { invoiceId: string; amountMinor: bigint }) =>
  db().transaction((tx) =>
    createPaymentPosting(tx, {
      ...desk.books,
      sourceId: randomUUID(),
      origin: { id: randomUUID(), at: new Date() },
      isTest: false,
      accountId: desk.clearingAccountId,
      currency: "AUD",
      date: new Date().toISOString().slice(0, 10),
      lines: [line],
    }),
  );

/** Xero's calls of a method, while something is done. */
async function callsOf(method: string, work: () => Promise<unknown>): Promise<number> {
  const before = await callsSoFar(method);
  await work();
  return (await callsSoFar(method)) - before;
}

async function callsSoFar(method: string): Promise<number> {
  const { entries } = await simulator().control<Journal>(
    "GET",
    "/control/journal?kind=xero.call&limit=1000000",
  );
  return entries.filter(({ data }) => data.path === PAYMENTS && data.method === method).length;
}

/** Somebody edits their invoices in Xero: each owes twice as much. */
async function raiseTwofold(references: string[]): Promise<void> {
  const lines = await db()
    .select({ invoiceId: postingLines.invoiceId, amountMinor: postingLines.amountMinor })
    .from(postingLines)
    .innerJoin(postings, eq(postings.id, postingLines.postingId))
    .where(inArray(postings.reference, references));
  const all = await invoicesInXero(simulator(), desk.tenantId);
  for (const { invoiceId, amountMinor } of lines) {
    const minor = (all.find(({ id }) => id === invoiceId)?.total ?? 0) + Number(amountMinor);
    await simulator().control("POST", "/control/xero/invoice", {
      ...{ tenantId: desk.tenantId, invoice: invoiceId, total: (minor / 100).toFixed(2) },
    });
  }
}

/** So much time goes by, and a worker does what is due. */
async function pass(seconds: number): Promise<void> {
  await db().execute(
    sql`update postings set due_at = due_at - make_interval(secs => ${seconds}) where state = 'unknown'`,
  );
  while (await runDuePosting(db())) {}
}

type Journal = { entries: { data: { method: string; path: string } }[] };

const statesOf = async (references: string[]) => {
  const rows = await db().select().from(postings).where(inArray(postings.reference, references));
  return Object.fromEntries(
    [...Map.groupBy(rows, (row) => row.state)].map(([state, some]) => [state, some.length]),
  );
};

const allAgree = async () => expect(await breaks(db(), simulator())).toEqual([]);

/** 2, 4, 8, 16: the one before them was answered. */
test("what has gathered while Xero was away goes out in ever fuller calls, and each is in Xero once", async () => {
  const references = await wait(30);
  let alone = 0;
  const together = await callsOf("PUT", async () => {
    alone = await callsOf("POST", () => runToIdle(db()));
  });
  expect({ alone, together }).toEqual({ alone: 0, together: 4 });
  expect(await statesOf(references)).toEqual({ done: 30 });
  await allAgree();
});

test("one that Xero refuses keeps nobody from the rest, and staff read why", async () => {
  const [some, [refused], more] = [await wait(3), await wait(1), await wait(3)];
  const [line] = await db()
    .select({ invoiceId: postingLines.invoiceId })
    .from(postingLines)
    .innerJoin(postings, eq(postings.id, postingLines.postingId))
    .where(eq(postings.reference, refused ?? ""));
  await simulator().control("POST", "/control/xero/pay", {
    ...{ tenantId: desk.tenantId, invoice: line?.invoiceId, amount: "0.01", account: desk.clearingAccountId },
  });
  await runToIdle(db());
  expect(await statesOf([...some, ...more])).toEqual({ done: 6 });
  const [row] = await db()
    .select()
    .from(postings)
    .where(eq(postings.reference, refused ?? ""));
  expect(row).toMatchObject({
    state: "refused",
    message: expect.stringContaining("exceeds the amount outstanding"),
  });
  await allAgree();
});

test("Xero's answer is lost: each of them is looked for, and none goes out twice", async () => {
  await fault("PUT", { kind: "cut-after" });
  const references = await wait(5);
  expect(await callsOf("POST", () => runToIdle(db()))).toBe(0);
  expect(await statesOf(references)).toEqual({ done: 5 });
  await allAgree();
});

test("Xero never heard: each goes out again by itself, and while it is silent no more than one is in doubt", async () => {
  await fault("PUT", { kind: "cut-before" });
  const references = await wait(3);
  await fault("POST", { kind: "cut-before" }, 2);
  await runDuePosting(db());
  expect(await statesOf(references)).toEqual({ unknown: 3 });
  const later = await wait(4);
  await runDuePosting(db());
  expect(await statesOf(later)).toEqual({ unknown: 1, ready: 3 });
  await runToIdle(db());
  expect(await statesOf([...references, ...later])).toEqual({ done: 7 });
  await allAgree();
});

test("over Xero's limit nothing was written: all of them wait, and are in doubt no more than before", async () => {
  await fault("PUT", { kind: "rate-limit", problem: "minute", retryAfterSeconds: 0 });
  const references = await wait(4);
  await runDuePosting(db());
  const rows = await db().select().from(postings).where(inArray(postings.reference, references));
  expect(rows.map(({ state, sends }) => ({ state, sends }))).toEqual(
    Array(4).fill({ state: "ready", sends: 0 }),
  );
  await runToIdle(db());
  expect(await statesOf(references)).toEqual({ done: 4 });
  await allAgree();
});

test("a part of what is owed never goes with others: of that, Xero would take a second one", async () => {
  const whole = await wait(3);
  const parts = [
    await post({ invoiceId: ledger.parts[0], amountMinor: 11n }),
    await post({ invoiceId: ledger.parts[1], amountMinor: 12n }),
  ];
  expect(await callsOf("POST", () => runToIdle(db()))).toBe(parts.length);
  expect(await statesOf([...whole, ...parts])).toEqual({ done: 5 });
  await allAgree();
});

test("a call with others that Xero carries out late is waited for: no invoice that was raised meanwhile takes it twice", async () => {
  await simulator().control("POST", "/control/xero/settings", { idempotencySeconds: 360 });
  await fault("PUT", { kind: "commit-late", ms: 4_000 });
  const references = await wait(2);
  const before = await callsSoFar("PUT");
  await runDuePosting(db());
  expect(await statesOf(references)).toEqual({ unknown: 2 });
  await raiseTwofold(references);
  for (const seconds of [15, 15, 15, 15]) await pass(seconds);
  await vi.waitFor(async () => expect(await callsSoFar("PUT")).toBe(before + 1), { timeout: 15_000 });
  await runToIdle(db());
  expect(await statesOf(references)).toEqual({ done: 2 });
  await allAgree();
});

test("a database that is restored meanwhile shortens no such wait", async () => {
  await fault("PUT", { kind: "cut-before" });
  const references = await wait(2);
  await runDuePosting(db());
  await lookUpAfterRestore(db(), new Date(Date.now() + 60_000));
  const rows = await db().select().from(postings).where(inArray(postings.reference, references));
  expect(rows.map(({ state, emptyLooks }) => ({ state, emptyLooks }))).toEqual(
    Array(2).fill({ state: "unknown", emptyLooks: EMPTY_LOOKS_TOGETHER }),
  );
  await runToIdle(db());
  await allAgree();
});
