/** The restore drill: yesterday's backup comes back while Xero and Stripe went on (reliability-security T10). */
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { grants } from "#db/schema/xero.ts";
import { seeToGap } from "#lib/jobs/after-gap.ts";
import { pollAttempts } from "#lib/payments/attempts/poll-attempts.ts";
import { wakePostings } from "#lib/posting/sending/wake-postings.ts";
import { freshAccessToken, keepAlive } from "#lib/xero/tokens/refresh.ts";
import { backUp, restore } from "./backup.ts";
import { testDb } from "./database.ts";
import { attemptOf, begin, commit, type Desk, openDesk, payAtStripe, sessionIn } from "./desk.ts";
import { testSimulator } from "./simulator.ts";
import { breaks, invoiceInXero, runToIdle } from "./truth/truth.ts";
import { connectFirm, XERO_USER } from "./xero/at-xero.ts";

const db = testDb();
const simulator = testSimulator();

async function grantOf({ books }: Desk) {
  const [row] = await db()
    .select()
    .from(grants)
    .where(eq(grants.id, sql`(select grant_id from connections where id = ${books.connectionId})`));
  if (!row) throw new Error("no grant");
  return row;
}

/** Opens the invoice's link and commits to pay it; the processor's session. */
async function beginPaying(desk: Desk, number: string, amount: string) {
  const token = await begin({ ...desk, db: db() }, { number, amount });
  const committed = await commit({ ...desk, db: db() }, token);
  if (committed.kind !== "pay") throw new Error(`Not to be paid: ${committed.kind}`);
  await attemptOf({ ...desk, db: db() }, token);
  return sessionIn(committed.url);
}

const hearOfIt = async () => {
  await db().execute(
    sql`update attempts set created_at = created_at - interval '5 minutes', last_polled_at = null where state = 'open'`,
  );
  await pollAttempts(db(), new Date());
};

test("T10: after yesterday's backup came back, money that Xero has is adopted and none is written twice", async () => {
  const desk = await openDesk(db(), simulator());
  await seeToGap(db());
  const session = await beginPaying(desk, "INV-2009", "2200.00");
  await backUp();

  expect(await payAtStripe(desk, session)).toBe("authorized");
  await hearOfIt();
  await runToIdle(db());
  expect(await invoiceInXero(simulator(), desk.tenantId, "INV-2009")).toMatchObject({ status: "PAID" });
  for (let day = 0; day < 2; day += 1) {
    const { sealedTokens } = await grantOf(desk);
    expect(sealedTokens).not.toBeNull();
    await db().update(grants).set({ accessExpiresAt: sql`now() - interval '1 second'` });
    await freshAccessToken(db(), (await grantOf(desk)).id);
  }

  await restore();
  await seeToGap(db());
  await hearOfIt();
  await keepAlive(db());
  expect(await grantOf(desk)).toMatchObject({ state: "needs_reconnect", stateReason: "restored" });
  const again = await connectFirm(db(), desk.caller, {
    user: XERO_USER.ada,
    tenantId: desk.tenantId,
    renew: desk.books.connectionId,
  });
  expect(again.kind).toBe("connected");
  await wakePostings(db(), desk.books.connectionId);
  await runToIdle(db());
  expect(await breaks(db(), simulator())).toEqual([]);
  const { amountPaid, total } = await invoiceInXero(simulator(), desk.tenantId, "INV-2009");
  expect(amountPaid).toBe(total);
}, 120_000);

test("a backup of a moment ago heals without a person: Xero still takes its token", async () => {
  const desk = await openDesk(db(), simulator(), { country: "uk" });
  await seeToGap(db());
  await backUp();
  await db().update(grants).set({ accessExpiresAt: sql`now() - interval '1 second'` });
  await freshAccessToken(db(), (await grantOf(desk)).id);
  await restore();
  await seeToGap(db());
  expect((await grantOf(desk)).doubtedAt).not.toBeNull();
  await keepAlive(db());
  expect(await grantOf(desk)).toMatchObject({ state: "active", doubtedAt: null });
}, 120_000);
