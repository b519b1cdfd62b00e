import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { failures } from "#db/schema/failures.ts";
import { processorEvents } from "#db/schema/processor.ts";
import { accountsRung } from "#lib/processor/webhooks/inbox.ts";
import { owe100 } from "#lib/testing/crashes/pay-crashes.ts";
import { testDb } from "#lib/testing/database.ts";
import { attemptOf, begin, commit, type Desk, openDesk, pageOf, payAtStripe } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { runToIdle } from "#lib/testing/truth/truth.ts";
import { captureOf } from "./attempts/checkout-attempts.ts";
import { pollAttempts } from "./attempts/poll-attempts.ts";
import { processEvents } from "./process-events.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  await owe100(desk);
});
beforeEach(async () => {
  await simulator().control("DELETE", "/control/faults");
});

/** Somebody pays this invoice at Stripe, whose webhook is stored and waits; the session and a way to ask whether we know. */
async function paid(number: "INV-2013" | "INV-2017") {
  const token = await begin(desk, { number, amount: "100.00" });
  await commit(desk, token);
  const { sessionRef, id } = await attemptOf(desk, token);
  const session = sessionRef ?? "";
  await payAtStripe(desk, session);
  return {
    session,
    attemptId: id,
    isCaptured: async () => (await captureOf(db(), (await pageOf(desk, token)).checkout.id)) !== undefined,
  };
}

async function rung(objectRef: string, type = "checkout.session.completed"): Promise<void> {
  const { firmId } = desk.books;
  const row = {
    firmId,
    accountId: desk.processorAccountId,
    eventRef: `evt_${randomUUID()}`,
    type,
    objectRef,
  };
  await db().insert(processorEvents).values(row);
}

const waiting = async () =>
  (await db().select().from(processorEvents).where(sql`processed_at is null`)).map(
    ({ objectRef }) => objectRef,
  );

const answer = (path: string, body: object) =>
  simulator().control("POST", "/control/faults", {
    ...{ method: "GET", path },
    effect: {
      kind: "status",
      status: 200,
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    },
  });

test("an object in a state that nobody has named keeps no later event waiting, is told with its reason, and counts once it is clear", async () => {
  const odd = await paid("INV-2013");
  const next = await paid("INV-2017");
  await answer(`/v1/checkout/sessions/${odd.session}`, {
    ...{ id: odd.session, object: "checkout.session", status: "complete" },
    payment_intent: { id: "pi_odd", object: "payment_intent", status: "requires_thought" },
  });
  await rung(odd.session);
  await rung(next.session);
  await rung(odd.session, "checkout.session.async_payment_succeeded");
  await processEvents(db(), desk.processorAccountId);
  expect([await odd.isCaptured(), await next.isCaptured()]).toEqual([false, true]);
  expect(await waiting()).toEqual([odd.session, odd.session]);
  const [kept] = await db().select().from(failures).where(eq(failures.kind, "processor-event"));
  expect(kept).toMatchObject({ tries: 1, reason: expect.stringContaining("requires_thought") });

  // Until its pause is over Stripe is not asked, and no job is made for it.
  await processEvents(db(), desk.processorAccountId);
  expect(await accountsRung(db())).toEqual([]);
  expect((await db().select().from(failures).where(eq(failures.kind, "processor-event")))[0]?.tries).toBe(1);

  await simulator().control("DELETE", "/control/faults");
  await db().execute(sql`update failures set next_at = now() - interval '1 second'`);
  expect(await accountsRung(db())).toEqual([desk.processorAccountId]);
  await processEvents(db(), desk.processorAccountId);
  expect([await odd.isCaptured(), await waiting()]).toEqual([true, []]);
});

test("an event about nothing that Stripe knows is over", async () => {
  await rung("re_nobody_made_this", "refund.updated");
  await processEvents(db(), desk.processorAccountId);
  expect(await waiting()).toEqual([]);
});

test("a silent Stripe ends the turn after one question, and each attempt waits for the next", async () => {
  await rung("re_one", "refund.updated");
  await rung("re_two", "refund.updated");
  await simulator().control("POST", "/control/faults", {
    ...{ method: "*", path: "/v1/*" },
    effect: { kind: "status", status: 500, body: JSON.stringify({ error: { type: "api_error" } }) },
  });
  await expect(processEvents(db(), desk.processorAccountId)).rejects.toMatchObject({ kind: "no_answer" });
  expect(await waiting()).toEqual(["re_one", "re_two"]);
  await simulator().control("DELETE", "/control/faults");
  await processEvents(db(), desk.processorAccountId);
  expect(await waiting()).toEqual(["re_one"]);
  await db().execute(sql`update failures set next_at = now() - interval '1 second'`);
  await processEvents(db(), desk.processorAccountId);
  expect(await waiting()).toEqual([]);
});

test("an attempt that can't be asked about is asked ever less often, and keeps nobody from the rest", async () => {
  await runToIdle(db());
  await owe100(desk);
  const odd = await paid("INV-2017");
  await answer(`/v1/checkout/sessions/${odd.session}`, { id: odd.session, status: "complete" });
  await db().execute(
    sql`update attempts set created_at = now() - interval '5 minutes' where id = ${odd.attemptId}`,
  );
  const tries = async () =>
    (await db().select().from(failures).where(eq(failures.item, odd.attemptId)))[0]?.tries ?? 0;
  await pollAttempts(db(), new Date());
  await db().execute(sql`update attempts set last_polled_at = null where id = ${odd.attemptId}`);
  await pollAttempts(db(), new Date());
  expect(await tries()).toBe(1);
  await simulator().control("DELETE", "/control/faults");
  await db().execute(sql`update failures set next_at = now() - interval '1 second'`);
  await pollAttempts(db(), new Date());
  expect([await tries(), await odd.isCaptured()]).toEqual([0, true]);
});
