import { DatabaseSync } from "node:sqlite";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { invoices, syncCursors } from "#db/schema/mirror.ts";
import { type Crasher, crasher } from "#lib/testing/crashes/crash.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { giveBackCalls, invoicesInXero } from "#lib/testing/truth/truth.ts";
import { backfillOrganisation } from "./sync/backfill.ts";
import { catchUp } from "./sync/catch-up.ts";
import { readChanges } from "./sync/delta.ts";

/** An organisation of two and a half pages: Xero hands out 1000 invoices at a time. */
const INVOICES = 2_500;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let children: Crasher;
let start: number;

beforeAll(async () => {
  await simulator().control("POST", "/control/reset", {
    seed: "large",
    size: { organisations: 1, invoices: INVOICES },
  });
  const { organisations } = await simulator().control<{ organisations: { tenantId: string }[] }>(
    "GET",
    "/control/xero/organisations",
  );
  desk = await openDesk(db(), simulator(), { tenantId: organisations[0]?.tenantId ?? "", backfill: false });
  children = crasher();
  start = Date.now() - 10 * HOUR;
});
afterAll(() => children.stop());

beforeEach(async () => {
  await simulator().control("DELETE", "/control/faults");
  await db().execute(sql`delete from sync_cursors`);
  await db().execute(sql`delete from invoices`);
});

/** Gives the organisation's invoices, in the order of their ids, these times of change: no lever does that. */
async function changeAt(times: (at: number) => number): Promise<void> {
  await simulator().whileStopped((name) => {
    const file = new DatabaseSync(name);
    file.exec("begin");
    const ids = file
      .prepare("select id from xero_rows where kind = 'invoice' and valid_to is null order by id")
      .all();
    const change = file.prepare(
      "update xero_rows set updated_at = ? where kind = 'invoice' and valid_to is null and id = ?",
    );
    ids.forEach(({ id }, at) => {
      change.run(times(at), String(id));
    });
    file.exec("commit");
    file.close();
  });
}

/** Numbers of invoices that the mirror lacks or shows otherwise than Xero. */
async function wrong(): Promise<string[]> {
  const mirrored = new Map((await db().select().from(invoices)).map((row) => [row.invoiceId, row]));
  return (await invoicesInXero(simulator(), desk.tenantId))
    .filter((one) => {
      const ours = mirrored.get(one.id);
      return (
        !ours ||
        ours.updatedAt.getTime() !== one.updatedAt ||
        ours.dueMinor !== BigInt(one.amountDue) ||
        ours.status !== one.status
      );
    })
    .map((one) => one.number);
}

const change = (invoice: string) =>
  simulator().control("POST", "/control/xero/invoice", {
    tenantId: desk.tenantId,
    invoice,
    dueDate: "2030-01-01",
  });

async function cursor() {
  const [row] = await db().select().from(syncCursors).where(eq(syncCursors.kind, "invoices"));
  return row;
}

describe("the first reading", () => {
  test("misses nothing when all changed at one instant", async () => {
    await changeAt(() => start);
    await backfillOrganisation(db(), desk.books);
    expect(await wrong()).toEqual([]);
    expect(await cursor()).toMatchObject({ page: null, backfilledAt: expect.any(Date) });
  });

  test("misses nothing that moves up a page because another invoice changes meanwhile", async () => {
    await changeAt((at) => start + at * 1_000);
    const [oldest] = (await invoicesInXero(simulator(), desk.tenantId)).sort(
      (a, b) => a.updatedAt - b.updatedAt,
    );
    await simulator().control("POST", "/control/faults", {
      method: "GET",
      path: "/api.xro/2.0/Invoices",
      effect: { kind: "latency", ms: 700 },
    });
    const reading = backfillOrganisation(db(), desk.books);
    while ((await cursor())?.page !== 2);
    await change(oldest?.id ?? "");
    await reading;
    await readChanges(db(), desk.books, { force: true });
    expect(await wrong()).toEqual([]);
  });

  test("goes on where it was killed", async () => {
    await changeAt((at) => start + at * 1_000);
    const work = { kind: "catch-up", books: desk.books } as const;
    const { points } = await children.run({ at: 0, how: "kill", work });
    expect(await wrong()).toEqual([]);
    const reads = (points ?? []).flatMap((point, at) =>
      point.startsWith("before GET") && point.endsWith("Invoices") ? [at + 1] : [],
    );
    for (const at of [reads[0], reads[1], (reads[1] ?? 0) + 6, (reads[2] ?? 0) + 1].map(Number)) {
      await db().execute(sql`delete from sync_cursors`);
      await db().execute(sql`delete from invoices`);
      await children.run({ at, how: "kill", work });
      await giveBackCalls(db());
      const before = await cursor();
      await catchUp(db(), desk.books);
      expect(await wrong()).toEqual([]);
      expect(before?.backfilledAt ?? null).toBeNull();
    }
  }, 300_000);
});

describe("reading what changed", () => {
  beforeEach(async () => {
    await changeAt((at) => start + at * 1_000);
    await backfillOrganisation(db(), desk.books);
  });

  test("misses nothing when more than a page changed at one instant", async () => {
    await changeAt(() => start + 100 * MINUTE);
    await readChanges(db(), desk.books, { force: true });
    expect(await wrong()).toEqual([]);
  });

  test("asks once, not page by page, when nothing changed since thousands changed in one moment days ago", async () => {
    const invoiceCalls = async () =>
      (
        await simulator().control<{ entries: { data: { path: string } }[] }>(
          "GET",
          "/control/journal?kind=xero.call&limit=100000",
        )
      ).entries.filter(({ data }) => data.path.endsWith("/Invoices")).length;
    await changeAt(() => start - 48 * HOUR);
    // Time went back at Xero: what we knew before is no news of it.
    for (const table of ["sync_cursors", "invoices"]) await db().execute(sql.raw(`delete from ${table}`));
    await backfillOrganisation(db(), desk.books);
    const before = await invoiceCalls();
    await readChanges(db(), desk.books, { kinds: ["invoices"], force: true });
    expect(await invoiceCalls()).toBe(before + 1);
  });

  test("misses nothing of an instant that a page cuts in two", async () => {
    await changeAt((at) => start + (at < 999 ? 100 : at < 1_010 ? 101 : 110) * MINUTE);
    await readChanges(db(), desk.books, { force: true });
    expect(await wrong()).toEqual([]);
  });

  test("a call that fails on the way loses nothing", async () => {
    await changeAt((at) => start + 100 * MINUTE + at * 1_000);
    await simulator().control("POST", "/control/faults", {
      method: "GET",
      path: "/api.xro/2.0/Invoices",
      probability: 0.5,
      times: 3,
      effect: { kind: "cut-after" },
    });
    for (let tries = 0; tries < 9; tries += 1) {
      await readChanges(db(), desk.books, { force: true }).catch(() => {});
      await giveBackCalls(db());
    }
    expect(await wrong()).toEqual([]);
  });

  test("asks for each kind only when its turn has come", async () => {
    const calls = async () =>
      (
        await simulator().control<{ entries: unknown[] }>(
          "GET",
          "/control/journal?kind=fault.fired&limit=100000",
        )
      ).entries.length;
    await simulator().control("POST", "/control/faults", {
      method: "GET",
      path: "/api.xro/2.0/*",
      effect: { kind: "latency", ms: 0 },
    });
    await readChanges(db(), desk.books, { force: true });
    const before = await calls();
    await readChanges(db(), desk.books);
    expect(await calls()).toBe(before);
    await db().execute(
      sql`update sync_cursors set due_at = now() - interval '1 second' where kind = 'invoices'`,
    );
    await readChanges(db(), desk.books);
    expect(await calls()).toBe(before + 1);
    await readChanges(db(), desk.books);
    expect(await calls()).toBe(before + 1);
  });
});
