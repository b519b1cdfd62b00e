import { createInterface } from "node:readline";
import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { connections, grants } from "#db/schema/xero.ts";
import { testDb } from "../database.ts";
import { startProgram } from "../program.ts";
import { testSimulator } from "../simulator.ts";
import { connectFirm, newFirm, tenants, tokenCalls, withDemoApp, XERO_USER } from "../xero/at-xero.ts";

const db = testDb();
const simulator = testSimulator();

const PROCESSES = 20;
/** `npm run custody` takes 500. */
const EXPIRIES = Number(process.env.CUSTODY_EXPIRIES ?? 20);

/** A process of its own that asks for a token when told, and says what it got. */
function holder(grantId: string) {
  const child = startProgram("lib/testing/crashes/custody.child.ts", [grantId]);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const said = async () => String((await lines.next()).value);
  return {
    ready: said(),
    ask: () => {
      child.stdin.write("\n");
      return said();
    },
    end: () => child.stdin.end(),
  };
}

const holders: ReturnType<typeof holder>[] = [];
afterAll(() => {
  for (const one of holders) one.end();
});

test(`T5: ${PROCESSES} processes at each of ${EXPIRIES} expiries make exactly one token call, and none is left without`, async () => {
  const caller = await withDemoApp(db(), await newFirm(db()));
  const { au } = await tenants(simulator());
  await connectFirm(db(), caller, { user: XERO_USER.dana, tenantId: au });
  const [live] = await db().select().from(connections).where(eq(connections.firmId, caller.firm.firmId));
  const grantId = live?.grantId ?? "";
  holders.push(...Array.from({ length: PROCESSES }, () => holder(grantId)));
  await Promise.all(holders.map(({ ready }) => ready));

  const before = await tokenCalls(simulator());
  for (let round = 0; round < EXPIRIES; round += 1) {
    await db()
      .update(grants)
      .set({ accessExpiresAt: sql`now() - interval '1 second'` })
      .where(eq(grants.id, grantId));
    const got = new Set(await Promise.all(holders.map((one) => one.ask())));
    expect(got.size, `round ${round}: all hold the same token`).toBe(1);
    expect([...got]).not.toContain("null");
  }
  const after = await tokenCalls(simulator());
  expect((after["refresh_token ok"] ?? 0) - (before["refresh_token ok"] ?? 0)).toBe(EXPIRIES);
  expect(after["refresh_token invalid_grant"]).toBeUndefined();
  const [grant] = await db().select().from(grants).where(eq(grants.id, grantId));
  expect(grant?.state).toBe("active");
}, 180_000);
