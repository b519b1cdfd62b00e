import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connections, grants } from "#db/schema/xero.ts";
import { tokenCalls } from "#lib/testing/xero/at-xero.ts";
import { withXero } from "#lib/xero/call.ts";
import { listXeroConnections } from "#lib/xero/consent/xero-connections.ts";
import { freshAccessToken } from "#lib/xero/tokens/refresh.ts";
import { type Crasher, crasher, killPoints } from "./crashes/crash.ts";
import { testDb } from "./database.ts";
import { type Desk, openDesk } from "./desk.ts";
import { testSimulator } from "./simulator.ts";

/** Beside lib/xero/tokens/refresh.it.test.ts, which stops a refresh by locks: here at each effect on the world, one after the other. */
const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let grantId: string;
let children: Crasher;

beforeAll(async () => {
  desk = await openDesk(db(), simulator(), { backfill: false });
  const [row] = await db()
    .select({ grantId: connections.grantId })
    .from(connections)
    .where(eq(connections.id, desk.books.connectionId));
  grantId = row?.grantId ?? "";
  children = crasher();
});
afterAll(() => children.stop());
beforeEach(expire);

async function expire(): Promise<void> {
  await db().execute(
    sql`update grants set access_expires_at = now() - interval '1 second' where id = ${grantId}`,
  );
}

const refreshes = async () => (await tokenCalls(simulator()))["refresh_token ok"] ?? 0;

/** A token that Xero takes, no person asked for anything, and the next refresh works too. */
async function healed(point: string): Promise<string[]> {
  const links = await listXeroConnections(await freshAccessToken(db(), grantId));
  const [grant] = await db().select().from(grants).where(eq(grants.id, grantId));
  await expire();
  const name = await withXero(
    db(),
    desk.books.connectionId,
    "sync",
    async (xero) => (await xero.organisation()).name,
  );
  return links.some((link) => link.tenantId === desk.tenantId) &&
    grant?.state === "active" &&
    grant.refreshTriedAt === null &&
    name
    ? []
    : [point];
}

describe("T6, R2: killed at any effect of a refresh, the connection lives on", () => {
  test.each([
    ["Xero is well", null],
    ["its answer is lost", { kind: "cut-after" }],
    ["it never hears us", { kind: "cut-before" }],
  ])(
    "%s",
    async (_, effect) => {
      const fault = async () =>
        effect &&
        (await simulator().control("POST", "/control/faults", {
          method: "POST",
          path: "/connect/token",
          times: 1,
          effect,
        }));
      const work = { kind: "token", grantId } as const;
      await fault();
      const { points } = await children.run({ at: 0, how: "kill", work });
      expect(points?.filter((point) => point === "before fetch /connect/token")).toHaveLength(1);
      const broken = await healed("no crash");
      for (const at of killPoints(points)) {
        await expire();
        await fault();
        await children.run({ at, how: "kill", work });
        await simulator().control("DELETE", "/control/faults");
        broken.push(...(await healed(`${at} ${points?.[at - 1]}`)));
      }
      expect(broken).toEqual([]);
    },
    300_000,
  );
});

test("T5: eight processes stand at the door when a token expires, and go in at once: one token call", async () => {
  const before = await refreshes();
  const work = { kind: "token", grantId } as const;
  const waiting = await Promise.all(
    Array.from({ length: 8 }, () => children.hold({ at: 1, how: "hold", work })),
  );
  await expire();
  await Promise.all(waiting.map(({ goOn }) => goOn()));
  expect(await refreshes()).toBe(before + 1);
}, 300_000);
