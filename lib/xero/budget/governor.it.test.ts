import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { callBudget, callUsage, connections, xeroCalls } from "#db/schema/xero.ts";
import type { FirmCaller } from "#lib/firms/authorise.ts";
import { testDb } from "#lib/testing/database.ts";
import { startProgram } from "#lib/testing/program.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { warmUp } from "#lib/testing/staff.ts";
import { connectFirm, newFirm, tenants, withDemoApp, XERO_USER } from "#lib/testing/xero/at-xero.ts";
import type { CountedAs, Purpose } from "../api/types.ts";
import type { XeroApi } from "../api/xero-api.ts";
import { withXero } from "../call.ts";
import { claimCall } from "./budget-store.ts";

const db = testDb();
const simulator = testSimulator();
const ORGANISATION = "/api.xro/2.0/Organisation";
/** Another endpoint than the flood's, so that only the flood is slowed. */
const ACCOUNTS = "/api.xro/2.0/Accounts";

let au: string;
let uk: string;
let since: number;
const children: { process: ChildProcess; closed: Promise<unknown> }[] = [];

beforeAll(async () => {
  const caller = await withDemoApp(db(), await newFirm(db()));
  const { au: tenantAu, uk: tenantUk } = await tenants(simulator());
  au = await connect(caller, XERO_USER.dana, tenantAu);
  uk = await connect(await newFirm(db(), caller), XERO_USER.harriet, tenantUk);
});

beforeEach(async () => {
  await simulator().control("DELETE", "/control/faults");
  await simulator().control("POST", "/control/xero/forget-usage", {});
  for (const table of [callBudget, xeroCalls, callUsage]) await db().delete(table);
  since = (await journal("")).at(-1)?.seq ?? 0;
});

afterEach(async () => {
  if (children.length === 0) return;
  for (const { process, closed } of children.splice(0)) {
    process.kill("SIGKILL");
    await closed;
  }
  // What they left under way there must not count in the next test.
  await simulator().whileStopped(() => {});
});

async function connect(caller: FirmCaller, user: string, tenantId: string): Promise<string> {
  const outcome = await connectFirm(db(), caller, { user, tenantId });
  expect(outcome.kind === "refused" ? outcome.why : outcome.kind).toBe("connected");
  const [row] = await db()
    .select()
    .from(connections)
    .where(and(eq(connections.tenantId, tenantId), isNull(connections.endedAt)));
  return row?.id ?? "";
}

const call = <T>(purpose: Purpose, work: (xero: XeroApi) => Promise<T>, connectionId = au) =>
  withXero(db(), connectionId, purpose, work);
const ask = (purpose: Purpose, connectionId = au) => call(purpose, (xero) => xero.accounts(), connectionId);

const faultOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "answered",
    (error: { fault?: unknown }) => error.fault ?? error,
  );

const fault = (effect: object, path: string, times?: number) =>
  simulator().control("POST", "/control/faults", { method: "*", path, effect, ...(times ? { times } : {}) });

type Entry = { seq: number; at: string; kind: string; data: { status?: number; path: string } };

async function journal(kind: string): Promise<Entry[]> {
  const path = `/control/journal?after=${since ?? 0}&limit=5000${kind && `&kind=${kind}`}`;
  return (await simulator().control<{ entries: Entry[] }>("GET", path)).entries;
}

/** What Xero itself saw: its calls by answer, none of them a 429. */
async function callsWithout429(): Promise<number> {
  const calls = await journal("xero.call");
  expect(calls.filter(({ data }) => data.status === 429)).toEqual([]);
  return calls.length;
}

/** Another process that calls as often as it may. */
async function flood(purpose: Purpose, callers: number, connectionId = au): Promise<() => Promise<void>> {
  const started = startProgram("lib/xero/budget/flood.child.ts", [connectionId, purpose, String(callers)]);
  const child = { process: started, closed: once(started, "close") };
  children.push(child);
  await once(started.stdout, "data");
  return async () => {
    started.kill("SIGKILL");
    await child.closed;
  };
}

const underWay = (purpose: CountedAs) =>
  db()
    .select({ id: xeroCalls.id })
    .from(xeroCalls)
    .where(and(eq(xeroCalls.purpose, purpose), gt(xeroCalls.overAt, sql`now()`)))
    .then((rows) => rows.map(({ id }) => id).sort());

const begun = async (purpose: CountedAs) =>
  (await db().select().from(xeroCalls).where(eq(xeroCalls.purpose, purpose))).length;

/** Checks a fact again and again, each time over a real connection; its own time is the only clock. */
async function until(fact: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await fact()); ) {
    if (Date.now() > end) throw new Error("It never came to be");
  }
}

describe("a flood of syncs from several processes, at Xero's real limits", () => {
  test("Q2: no 429 of our own making: sync ends at its share of the minute, payers and writes have the rest, and nobody goes beyond", async () => {
    await fault({ kind: "latency", ms: 60 }, "/api.xro/2.0/");
    await Promise.all([flood("sync", 8), flood("sync", 8), flood("sync", 8)]);
    await Promise.all(Array.from({ length: 6 }, () => ask("payer")));
    await until(async () => (await begun("sync")) + (await begun("payer")) >= 22);
    await Promise.all(Array.from({ length: 4 }, () => ask("write")));
    await Promise.all(Array.from({ length: 4 }, () => ask("payer")));
    // From here on whoever asks is told to wait: first payers, at last writes.
    const answers = await Promise.all(Array.from({ length: 25 }, () => faultOf(ask("payer"))));
    expect(answers).toContainEqual(expect.objectContaining({ kind: "limited", problem: "minute" }));
    const writes = await Promise.all(Array.from({ length: 25 }, () => faultOf(ask("write"))));
    expect(writes.filter((answer) => answer === "answered").length).toBeGreaterThanOrEqual(1);
    expect(writes).toContainEqual(expect.objectContaining({ kind: "limited", problem: "minute" }));
    expect(await callsWithout429()).toBeLessThanOrEqual(60);
    expect(await begun("sync")).toBeLessThanOrEqual(30);
  });

  test("payers and writes find a place while sync holds all that it may", async () => {
    await fault({ kind: "latency", ms: 9_000 }, ORGANISATION);
    await Promise.all([flood("sync", 5), flood("sync", 5)]);
    await until(async () => (await underWay("sync")).length === 3);
    const held = await underWay("sync");
    await Promise.all([ask("payer"), ask("write"), ask("payer"), ask("write"), ask("payer"), ask("write")]);
    expect(await underWay("sync")).toEqual(held);
    await callsWithout429();
  });

  test("with five places taken a payer in this process goes before the writes and syncs of all others", async () => {
    await fault({ kind: "latency", ms: 400 }, ORGANISATION);
    await Promise.all([flood("write", 5), flood("write", 5), flood("sync", 5)]);
    await until(async () => (await underWay("write")).length === 5);
    await Promise.all([ask("payer"), ask("payer"), ask("payer")]);
    await callsWithout429();
  });
});

describe("after a 429 nobody calls until the time that Xero asked for", () => {
  test.each([
    ["minute", 3],
    ["day", 3],
    ["appminute", 3],
    // Xero says no time with this one; two seconds are ours.
    ["concurrent", 2],
  ])("Q2: %s: every process waits as long as told, then goes on by itself", async (problem, seconds) => {
    await fault({ kind: "rate-limit", problem, retryAfterSeconds: seconds }, ACCOUNTS, 1);
    expect(await faultOf(ask("write"))).toEqual({ kind: "limited", problem, retryAfterSeconds: seconds });
    // Slow enough that the others don't use up the minute before we are let in.
    await fault({ kind: "latency", ms: 1_000 }, ORGANISATION);
    await flood("write", 3);
    await ask("write");
    const [refused] = await journal("fault.fired");
    const [first] = await journal("xero.call");
    expect(Date.parse(first?.at ?? "") - Date.parse(refused?.at ?? "")).toBeGreaterThanOrEqual(
      seconds * 1_000,
    );
    await callsWithout429();
  });

  test.each([
    ["minute", 60],
    ["day", 3_600],
    ["appminute", 60],
  ])(
    "Q2: %s without a Retry-After: a wait of our own, and another process keeps it too",
    async (problem, seconds) => {
      await fault({ kind: "status", status: 429, headers: { "x-rate-limit-problem": problem } }, ACCOUNTS, 1);
      const told = { kind: "limited", problem, retryAfterSeconds: seconds };
      expect(await faultOf(ask("write"))).toEqual(told);
      await flood("write", 3);
      expect(await faultOf(ask("write"))).toMatchObject({ kind: "limited", problem });
      expect(await journal("xero.call")).toEqual([]);
      const [budget] = await db().select().from(callBudget);
      expect(budget?.blockedBy).toBe(problem);
    },
  );

  test("a shorter wait never cuts a longer one short", async () => {
    await fault({ kind: "rate-limit", problem: "day", retryAfterSeconds: 5_000 }, ACCOUNTS, 1);
    await fault({ kind: "latency", ms: 500 }, ORGANISATION, 1);
    await fault({ kind: "rate-limit", problem: "minute", retryAfterSeconds: 5 }, ORGANISATION, 1);
    const slow = faultOf(call("write", (xero) => xero.organisation()));
    await until(async () => (await underWay("write")).length === 1);
    expect(await faultOf(ask("write"))).toMatchObject({ problem: "day" });
    expect(await slow).toMatchObject({ problem: "minute" });
    expect(await faultOf(ask("write"))).toMatchObject({ kind: "limited", problem: "day" });
  });

  test("one of the app's minute holds for its other organisations, one of an organisation doesn't", async () => {
    await fault({ kind: "rate-limit", problem: "minute", retryAfterSeconds: 500 }, ACCOUNTS, 1);
    await faultOf(ask("write"));
    expect(await faultOf(ask("write", uk))).toBe("answered");
    await db().delete(callBudget);
    await fault({ kind: "rate-limit", problem: "appminute", retryAfterSeconds: 500 }, ACCOUNTS, 1);
    await faultOf(ask("write"));
    expect(await faultOf(ask("write", uk))).toMatchObject({ kind: "limited", problem: "appminute" });
  });
});

describe("what is held by whom", () => {
  test("however many ask at the same moment, five places are given", async () => {
    await ask("write");
    await db().update(xeroCalls).set({ overAt: sql`now() - interval '1 second'` });
    const [line] = await db().select().from(callBudget);
    if (!line) throw new Error("no budget");
    await warmUp(db());
    const claims = await Promise.all(Array.from({ length: 12 }, () => claimCall(db(), line, "write")));
    expect(claims.filter((claim) => "callId" in claim)).toHaveLength(5);
  });

  test("a killed process gives its places back when their leases end, and no call of a living one is cut short by that", async () => {
    await fault({ kind: "latency", ms: 4_000 }, ORGANISATION);
    const kill = await flood("sync", 5);
    await until(async () => (await underWay("sync")).length === 3);
    await kill();
    const waiting = ask("sync");
    await until(async () => (await underWay("sync")).length === 3 && (await begun("sync")) === 3);
    const [lease] = await db()
      .select({ seconds: sql<number>`extract(epoch from min(over_at - begun_at))::float8` })
      .from(xeroCalls);
    expect(lease?.seconds, "longer than a call's deadline").toBeGreaterThan(15);
    await db().update(xeroCalls).set({ overAt: sql`now() - interval '1 second'` });
    await waiting;
    expect(await underWay("sync")).toEqual([]);
  });

  test("a lost answer keeps its place, for Xero may still be at work; a request that never left has none", async () => {
    await fault({ kind: "cut-after" }, ACCOUNTS, 1);
    expect(await faultOf(ask("sync"))).toEqual({ kind: "no_answer" });
    expect(await underWay("sync")).toHaveLength(1);
    const tooLate = new Error("too late");
    const late = withXero(
      db(),
      au,
      "write",
      (xero) => xero.accounts(),
      () => {
        throw tooLate;
      },
    );
    await expect(late).rejects.toBe(tooLate);
    expect(await begun("write")).toBe(0);
  });

  test("calls are counted by purpose and hour, and answers to reads by their bytes, Organisation left out", async () => {
    await ask("payer");
    await call("sync", (xero) => xero.organisation());
    await fault({ kind: "rate-limit", problem: "concurrent" }, ORGANISATION, 1);
    await faultOf(call("sync", (xero) => xero.organisation()));
    const usage = await db().select().from(callUsage);
    const of = (purpose: CountedAs) => usage.find((row) => row.purpose === purpose);
    expect(of("payer")).toMatchObject({ calls: 1, limited: 0 });
    expect(of("payer")?.egressBytes).toBeGreaterThan(1_000n);
    expect(of("sync")).toMatchObject({ calls: 2, limited: 1, egressBytes: 0n });
  });
});

test("who asks while a refusal is being noted waits as long as Xero said, never the hour of a day that is used up", async () => {
  await db().execute(sql`create table seen (day_remaining int, blocked_until timestamptz)`);
  await db().execute(sql`create function keep_seen() returns trigger language plpgsql as $$
    begin insert into seen values (new.day_remaining, new.blocked_until); return new; end $$`);
  await db().execute(
    sql`create trigger keep_seen after update on call_budget for each row execute function keep_seen()`,
  );
  await fault({ kind: "rate-limit", problem: "day", retryAfterSeconds: 2 }, ACCOUNTS, 1);
  expect(await faultOf(ask("write"))).toMatchObject({ problem: "day", retryAfterSeconds: 2 });
  const { rows } = await db().execute(sql`select * from seen where day_remaining <= 0`);
  expect(rows).toEqual([]);
  await db().execute(sql`drop trigger keep_seen on call_budget`);
});
