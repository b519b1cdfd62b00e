/** A firm saves another key while its clients are paying: what was begun by the one before ends as if nothing had happened. */
import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { allowTestPayments } from "#lib/processor/allow-test.ts";
import { accountOf } from "#lib/processor/read.ts";
import { saveAccount } from "#lib/processor/save-account.ts";
import { owe100 } from "#lib/testing/crashes/pay-crashes.ts";
import { testDb } from "#lib/testing/database.ts";
import { attemptOf, begin, commit, type Desk, openAt, openDesk, payAtStripe } from "#lib/testing/desk.ts";
import { breaksInTheEnd } from "#lib/testing/refunds.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { holdsLeft, invoiceInXero, runToIdle, sessionsInStripe } from "#lib/testing/truth/truth.ts";
import { pollAttempts } from "./attempts/poll-attempts.ts";
import { getAttempt } from "./store.ts";

const db = testDb();
const simulator = testSimulator();
const TEST_KEY = "sk_test_demo_accountants";
const LIVE_KEY = "sk_live_demo_accountants";
const OTHER_KEY = "sk_test_harbour_books";
const LINK = { number: "INV-2017", amount: "100.00" };
let desk: Desk;

beforeEach(async () => {
  desk ??= await openDesk(db(), simulator());
  await save(TEST_KEY);
  await owe100(desk);
});

/** With a test key the owner also says that test payments may reach these books: that choice ends with each change of key. */
async function save(secretKey: string) {
  await saveAccount(db(), desk.caller, { secretKey });
  if (secretKey.startsWith("sk_test_")) await allowTestPayments(db(), desk.caller, { allowed: true });
}

async function committed() {
  const token = await begin(desk, LINK);
  await commit(desk, token);
  return { token, ...(await attemptOf(desk, token)) };
}

/** Its time is over, and the poller comes. */
async function timeIsOver({ id }: { id: string }) {
  await db().execute(sql`update attempts set expires_at = now() - interval '1 second' where id = ${id}`);
  await pollAttempts(db(), new Date());
}
const stateOf = async ({ id }: { id: string }) => (await getAttempt(db(), id))?.state;
const atStripe = async ({ sessionRef }: { sessionRef: string | null }) =>
  (await sessionsInStripe(simulator())).find(({ id }) => id === sessionRef)?.status;

test.each([
  ["another account's", OTHER_KEY],
  ["the live one", LIVE_KEY],
])(
  "paid after the key was changed to %s: it is taken by the account that it was begun with",
  async (_, key) => {
    const attempt = await committed();
    await save(key);
    await payAtStripe(desk, attempt.sessionRef ?? "");
    await db().execute(
      sql`update attempts set created_at = created_at - interval '2 minutes' where id = ${attempt.id}`,
    );
    await pollAttempts(db(), new Date());
    expect(await stateOf(attempt)).toBe("captured");
    await runToIdle(db());
    expect((await invoiceInXero(simulator(), desk.tenantId, LINK.number)).amountDue).toBe(0);
    expect(await breaksInTheEnd(desk)).toEqual([]);
  },
);

test("not paid: it ends there with its time, and the invoice is free", async () => {
  const attempt = await committed();
  await save(LIVE_KEY);
  await timeIsOver(attempt);
  expect([await stateOf(attempt), await atStripe(attempt)]).toEqual(["closed", "expired"]);
  expect(await holdsLeft(db())).toEqual([]);
});

test("a payer who presses Pay again pays by the new account, and the page of the old one is closed first", async () => {
  const attempt = await committed();
  await save(LIVE_KEY);
  await commit(desk, attempt.token);
  const next = await attemptOf(desk, attempt.token);
  expect([await stateOf(attempt), await atStripe(attempt)]).toEqual(["closed", "expired"]);
  expect(next.id).not.toBe(attempt.id);
  expect(await accountOf(db(), desk.books.firmId, next.processorAccountId)).toMatchObject({ livemode: true });
  await timeIsOver(next);
});

test("a session that the account has never heard of, as after a switch by an older version, holds nothing for ever", async () => {
  const attempt = await committed();
  await save(LIVE_KEY);
  await db().execute(sql`update attempts set last_polled_at = null, created_at = created_at - interval '2 minutes',
    processor_account_id = (select id from processor_accounts where firm_id = ${desk.books.firmId} and ended_at is null)
    where id = ${attempt.id}`);
  await pollAttempts(db(), new Date());
  expect(await stateOf(attempt)).toBe("open");
  await timeIsOver(attempt);
  expect(await stateOf(attempt)).toBe("closed");
  expect((await openAt(desk, LINK)).kind).toBe("open");
  expect(await holdsLeft(db())).toEqual([]);
});

test("a test key that is gone from Stripe holds nothing for ever; a live one waits for its new key", async () => {
  const expired = (key: string, expired = true) =>
    simulator().control("POST", "/control/stripe/key", { key, expired });
  const inTest = await committed();
  await save(LIVE_KEY);
  await expired(TEST_KEY);
  await timeIsOver(inTest);
  await expired(TEST_KEY, false);
  expect(await stateOf(inTest)).toBe("closed");

  const live = await committed();
  await expired(LIVE_KEY);
  await timeIsOver(live);
  expect(await stateOf(live)).toBe("open");
  await expired(LIVE_KEY, false);
  await timeIsOver(live);
  expect(await stateOf(live)).toBe("closed");
});
