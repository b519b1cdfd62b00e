import { once } from "node:events";
import { and, eq, isNull, sql } from "drizzle-orm";
import pg from "pg";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connections, grants } from "#db/schema/xero.ts";
import { env } from "#lib/core/env.ts";
import { open, seal } from "#lib/core/vault/vault.ts";
import type { FirmCaller } from "#lib/firms/authorise.ts";
import { testDb } from "#lib/testing/database.ts";
import { waitingForLocks } from "#lib/testing/locks.ts";
import { startProgram } from "#lib/testing/program.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import {
  connectFirm,
  DEMO_APP,
  newFirm,
  tenants,
  tokenCalls,
  withDemoApp,
  XERO_USER,
} from "#lib/testing/xero/at-xero.ts";
import { saveXeroApp } from "../apps/save-app.ts";
import { withXero } from "../call.ts";
import { listXeroConnections } from "../consent/xero-connections.ts";
import { freshAccessToken, keepAlive } from "./refresh.ts";

const db = testDb();
const simulator = testSimulator();

let caller: FirmCaller;
let tenantId: string;
let grantId: string;
let connectionId: string;

beforeAll(async () => {
  caller = await withDemoApp(db(), await newFirm(db()));
  tenantId = (await tenants(simulator())).au;
});

beforeEach(async () => {
  await simulator().control("DELETE", "/control/faults");
  await connectFirm(db(), caller, { user: XERO_USER.dana, tenantId });
  const [row] = await db()
    .select()
    .from(connections)
    .where(and(eq(connections.firmId, caller.firm.firmId), isNull(connections.endedAt)));
  grantId = row?.grantId ?? "";
  connectionId = row?.id ?? "";
  await expire();
});

async function grant() {
  const [row] = await db().select().from(grants).where(eq(grants.id, grantId));
  if (!row) throw new Error("no grant");
  return row;
}

const change = (set: Partial<Record<keyof typeof grants.$inferInsert, unknown>>) =>
  db()
    .update(grants)
    .set(set as Partial<typeof grants.$inferInsert>)
    .where(eq(grants.id, grantId));

const expire = () => change({ accessExpiresAt: sql`now() - interval '1 second'` });

const refreshes = async () => (await tokenCalls(simulator()))["refresh_token ok"] ?? 0;

const fault = (effect: object, times = 1) =>
  simulator().control("POST", "/control/faults", { method: "POST", path: "/connect/token", times, effect });

const faultKind = (promise: Promise<unknown>) =>
  promise.then(
    () => "a token",
    (error: { fault?: { kind: string } }) => error.fault?.kind ?? error,
  );

/** The next caller, whoever it is, gets a token that Xero takes, and no person is asked for anything. */
async function expectHealed() {
  const accessToken = await freshAccessToken(db(), grantId);
  expect((await listXeroConnections(accessToken)).map((link) => link.tenantId)).toContain(tenantId);
  expect(await grant()).toMatchObject({ state: "active", refreshTriedAt: null });
}

/** A process of its own, and its end, which may come before anybody waits for it. */
function child(callers = 1) {
  const started = startProgram("lib/xero/tokens/refresh.child.ts", [grantId, String(callers)]);
  return { started, begun: once(started.stdout, "data"), closed: once(started, "close") };
}

async function outputOf({ started, closed }: ReturnType<typeof child>): Promise<(string | null)[]> {
  let output = "";
  started.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await closed;
  return JSON.parse(output.split("\n")[1] ?? "") as (string | null)[];
}

/** Checks a fact again and again, each time over a real connection; its own time is the only clock. */
async function until(fact: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 15_000; !(await fact()); ) {
    if (Date.now() > end) throw new Error("It never came to be");
  }
}

async function kill({ started, closed }: ReturnType<typeof child>): Promise<void> {
  started.kill("SIGKILL");
  await closed;
}

async function journalSeq(): Promise<number> {
  const { entries } = await simulator().control<{ entries: { seq: number }[] }>(
    "GET",
    "/control/journal?limit=1000000",
  );
  return entries.at(-1)?.seq ?? 0;
}

async function journalled(kind: string, after: number): Promise<boolean> {
  const path = `/control/journal?kind=${kind}&after=${after}`;
  const { entries } = await simulator().control<{ entries: unknown[] }>("GET", path);
  return entries.length > 0;
}

/** Runs with a lock of our own on the table, so that the child stops at a known statement. */
async function holding(statement: string, work: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL });
  await client.connect();
  await client.query("begin");
  await client.query(statement);
  try {
    await work();
  } finally {
    await client.query("rollback");
    await client.end();
  }
}

describe("T5, R2: one refresh at a time, over all processes", () => {
  test("twenty callers in four processes at each of two expiries: two token calls", async () => {
    const before = await refreshes();
    await fault({ kind: "latency", ms: 1_500 }, 99);
    for (let round = 0; round < 2; round += 1) {
      await expire();
      const got = await Promise.all([1, 2, 3, 4].map(() => outputOf(child(5))));
      expect(new Set(got.flat()).size).toBe(1);
      expect(got.flat()).not.toContain(null);
    }
    await simulator().control("DELETE", "/control/faults");
    expect(await refreshes()).toBe(before + 2);
    await expectHealed();
  }, 90_000);
});

describe("T6, R2: pulling the plug at any await of a refresh loses no connection", () => {
  test("while it notes that it will try", async () => {
    await holding(`select 1 from grants where id = '${grantId}' for update`, async () => {
      const victim = child();
      await until(async () => (await waitingForLocks(db())) > 0);
      await kill(victim);
    });
    await expectHealed();
  });

  test("while it waits for the grant's lock, the try being noted", async () => {
    await holding(`select 1 from grants where id = '${grantId}' for key share`, async () => {
      const victim = child();
      await until(async () => (await grant()).refreshTriedAt !== null && (await waitingForLocks(db())) > 0);
      await kill(victim);
    });
    await expectHealed();
  });

  test("after it asked, before Xero acts on it; Xero acts all the same", async () => {
    await fault({ kind: "latency", ms: 400 });
    const seq = await journalSeq();
    const victim = child();
    await until(() => journalled("fault.fired", seq));
    await kill(victim);
    await until(() => journalled("identity.refresh", seq));
    await expectHealed();
  });

  test("after Xero rotated, before its answer arrives", async () => {
    await fault({ kind: "hang-after", ms: 5_000 });
    const seq = await journalSeq();
    const victim = child();
    await until(() => journalled("identity.refresh", seq));
    await kill(victim);
    await expectHealed();
  });

  test("after the answer arrived, before it is kept", async () => {
    await fault({ kind: "latency", ms: 600 });
    const seq = await journalSeq();
    const victim = child();
    await until(() => journalled("fault.fired", seq));
    await holding("lock table grants in share mode", async () => {
      await until(async () => (await waitingForLocks(db())) > 0);
      expect(await journalled("identity.refresh", seq)).toBe(true);
      await kill(victim);
    });
    await expectHealed();
  });

  test("after it is kept", async () => {
    const [token] = await outputOf(child());
    expect(await freshAccessToken(db(), grantId)).toBe(token);
    await expectHealed();
  });

  test("at five moments that nobody chose", async () => {
    for (let moment = 0; moment < 5; moment += 1) {
      await expire();
      await fault({ kind: "latency", ms: 60 });
      const victim = child();
      await victim.begun;
      await new Promise((later) => setTimeout(later, moment * 40));
      await kill(victim);
      await simulator().control("DELETE", "/control/faults");
      await expectHealed();
    }
  }, 90_000);
});

describe("R2: an answer that is lost is asked for again", () => {
  test.each([["cut-before"], ["cut-after"]])(
    "%s: this call fails softly, the next one works",
    async (kind) => {
      await fault({ kind });
      expect(await faultKind(freshAccessToken(db(), grantId))).toBe("no_answer");
      expect((await grant()).refreshTriedAt).not.toBeNull();
      await expectHealed();
    },
  );

  test("lost three times in a row", async () => {
    await fault({ kind: "cut-after" }, 3);
    for (let time = 0; time < 3; time += 1) {
      expect(await faultKind(freshAccessToken(db(), grantId))).toBe("no_answer");
    }
    await expectHealed();
  });

  test("nobody calls: the keep-alive mends it within Xero's 30 minutes", async () => {
    await fault({ kind: "cut-after" });
    await faultKind(freshAccessToken(db(), grantId));
    await change({ refreshTriedAt: sql`now() - interval '2 minutes'` });
    await keepAlive(db());
    expect(await grant()).toMatchObject({ state: "active", refreshTriedAt: null });
    await expectHealed();
  });

  test("a current token that Xero doesn't know falls back on the one before, once", async () => {
    await freshAccessToken(db(), grantId);
    const at = { table: "grants", row: grantId, column: "sealed_tokens" };
    const { accessToken } = JSON.parse(open((await grant()).sealedTokens ?? "", at)) as {
      accessToken: string;
    };
    await change({
      sealedTokens: seal(JSON.stringify({ accessToken, refreshToken: "from-a-bad-restore" }), at),
      accessExpiresAt: sql`now() - interval '1 second'`,
    });
    await expectHealed();
  });
});

test("T8: a grant that nobody used for 20 hours is refreshed, one in use is left alone", async () => {
  await freshAccessToken(db(), grantId);
  const before = await refreshes();
  await keepAlive(db());
  expect(await refreshes()).toBe(before);
  await change({ rotatedAt: sql`now() - interval '21 hours'` });
  await keepAlive(db());
  expect(await refreshes()).toBe(before + 1);
  await expectHealed();
});

describe("what only a person can mend is said once, and Xero is left in peace", () => {
  const lostJobs = async () =>
    (
      await db().execute(
        sql`select 1 from queue.job where name = 'xero.grant-lost' and data->>'grantId' = ${grantId}`,
      )
    ).rows.length;

  test("O9: revoked inside Xero", async () => {
    const jobs = await lostJobs();
    await simulator().control("POST", "/control/identity/revoke", {
      clientId: DEMO_APP.clientId,
      userId: XERO_USER.dana,
    });
    const calls = await tokenCalls(simulator());
    for (let time = 0; time < 5; time += 1) {
      expect(await faultKind(withXero(db(), connectionId, "sync", (xero) => xero.organisation()))).toBe(
        "needs_reconnect",
      );
    }
    await keepAlive(db());
    const refused = (all: Record<string, number>) => all["refresh_token invalid_grant"] ?? 0;
    expect(refused(await tokenCalls(simulator())) - refused(calls)).toBeLessThanOrEqual(2);
    expect(await grant()).toMatchObject({ state: "needs_reconnect", stateReason: "invalid_grant" });
    expect(await lostJobs()).toBe(jobs + 1);
  });

  test("T7: an answer that stayed lost for longer than Xero's 30 minutes is named as our own failure", async () => {
    await simulator().control("POST", "/control/identity/revoke", {
      clientId: DEMO_APP.clientId,
      userId: XERO_USER.dana,
    });
    await change({ refreshTriedAt: sql`now() - interval '31 minutes'` });
    expect(await faultKind(freshAccessToken(db(), grantId))).toBe("needs_reconnect");
    expect((await grant()).stateReason).toBe("answer_lost");
  });

  test("a client secret that was changed at Xero: saving the new one heals, without a new consent", async () => {
    const app = `/control/apps/${DEMO_APP.clientId}`;
    await simulator().control("PUT", app, { secret: "another-secret" });
    expect(await faultKind(freshAccessToken(db(), grantId))).toBe("needs_reconnect");
    expect(await grant()).toMatchObject({ state: "needs_reconnect", stateReason: "app_refused" });
    const input = { ...DEMO_APP, clientSecret: "another-secret" };
    await saveXeroApp(db(), caller, { whose: "company", input });
    await expectHealed();
    await simulator().control("PUT", app, { secret: DEMO_APP.clientSecret });
    await saveXeroApp(db(), caller, { whose: "company", input: DEMO_APP });
  });
});
