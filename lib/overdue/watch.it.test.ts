import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { postings } from "#db/schema/posting.ts";
import { processorEvents } from "#db/schema/processor.ts";
import { QUEUE_SCHEMA } from "#lib/core/queue/queue-schema.ts";
import { HANDLERS } from "#lib/jobs/registry.ts";
import { tellStaff } from "#lib/jobs/scheduled-jobs.ts";
import { captureOf } from "#lib/payments/attempts/checkout-attempts.ts";
import { pollAttempts } from "#lib/payments/attempts/poll-attempts.ts";
import { settleAttempt } from "#lib/payments/attempts/settle-attempt.ts";
import { processEvents } from "#lib/payments/process-events.ts";
import { createPaymentPosting } from "#lib/posting/kinds/payment.ts";
import { runDuePosting } from "#lib/posting/sending/run-due.ts";
import { keyChanged } from "#lib/processor/jobs.ts";
import { renewKey } from "#lib/processor/save-account.ts";
import { owe100 } from "#lib/testing/crashes/pay-crashes.ts";
import { type Ledger, openLedger } from "#lib/testing/crashes/posting-crashes.ts";
import { testDb } from "#lib/testing/database.ts";
import {
  attemptOf,
  begin,
  commit,
  type Desk,
  openDesk,
  pageOf,
  payAtStripe,
  STRIPE_KEYS,
} from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { bringForward, runToIdle } from "#lib/testing/truth/truth.ts";
import { endIt, tryNow } from "./act.ts";
import { KIND_NAMES, type KindName } from "./kinds.ts";
import { listAllLate, listLate } from "./read.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let ledger: Ledger;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  ledger = await openLedger(desk);
});
afterEach(async () => {
  await simulator().control("DELETE", "/control/faults");
});

const rowsOf = async (kind: KindName) =>
  (await listLate(db(), desk.caller.firm)).find((one) => one.kind === kind)?.rows ?? [];
const later = (hours: number) => sql`now() - make_interval(hours => ${hours})`;
const fault = (path: string, effect: object, method = "*") =>
  simulator().control("POST", "/control/faults", { method, path, effect });
const run = (job: { name: string }, payload: object = {}) =>
  HANDLERS.find(({ name }) => name === job.name)?.run(db(), payload) ??
  Promise.reject(new Error("No such job"));
const mailTo = async (to: string) =>
  (
    await simulator().control<{ messages: { subject: string; text: string }[] }>(
      "GET",
      `/control/mail?to=${encodeURIComponent(to)}`,
    )
  ).messages;

/** A payer has paid at Stripe, and nobody here knows. */
async function paid() {
  await runToIdle(db());
  await owe100(desk);
  const token = await begin(desk, { number: "INV-2017", amount: "100.00" });
  await commit(desk, token);
  const attempt = await attemptOf(desk, token);
  await payAtStripe(desk, attempt.sessionRef ?? "");
  const capture = async () => captureOf(db(), (await pageOf(desk, token)).checkout.id);
  return { attemptId: attempt.id, session: attempt.sessionRef ?? "", capture };
}

test("a document that Xero never answers for is told after a quarter of an hour with its reason, in one e-mail a day, and ends by itself", async () => {
  await fault("/api.xro/2.0/Payments", { kind: "cut-before" });
  const reference = await db().transaction((tx) =>
    createPaymentPosting(tx, {
      ...desk.books,
      ...{ sourceId: randomUUID(), origin: { id: randomUUID(), at: new Date() } },
      ...{
        accountId: desk.clearingAccountId,
        currency: "AUD",
        isTest: false,
        date: new Date().toISOString().slice(0, 10),
      },
      lines: [{ invoiceId: ledger.parts[0], amountMinor: 511n }],
    }),
  );
  for (let times = 0; times < 3; times += 1) {
    await bringForward(db());
    await runDuePosting(db());
  }
  expect(await rowsOf("posting")).toEqual([]);
  await db()
    .update(postings)
    .set({ begunAt: later(1) })
    .where(eq(postings.reference, reference));
  const [row] = await rowsOf("posting");
  expect(row).toMatchObject({
    what: `Payment ${reference}`,
    money: { minor: 511n, currency: "AUD" },
    reason: expect.stringMatching(/\w/),
  });
  for (let times = 0; times < 3; times += 1) await run(tellStaff);
  const letters = (await mailTo(desk.caller.actor.email)).filter(({ subject }) =>
    subject.includes("not ended"),
  );
  expect(letters).toHaveLength(1);
  expect(letters[0]?.text).toContain("1 × Not posted to Xero yet");

  await simulator().control("DELETE", "/control/faults");
  await tryNow(db(), desk.caller, { kind: "posting", id: row?.id ?? "" });
  await runToIdle(db());
  expect(await rowsOf("posting")).toEqual([]);
  await expect(tryNow(db(), desk.caller, { kind: "posting", id: row?.id ?? "" })).rejects.toMatchObject({
    code: "conflict",
  });
});

test("what can't be read of Stripe's is told with its reason; asked for again by a person, it counts", async () => {
  const { session, capture } = await paid();
  await fault(`/v1/checkout/sessions/${session}`, {
    ...{ kind: "status", status: 200, headers: { "content-type": "application/json" } },
    body: JSON.stringify({ id: session, status: "complete", payment_intent: { id: "pi", status: "odd" } }),
  });
  await db()
    .insert(processorEvents)
    .values({
      ...{ firmId: desk.books.firmId, accountId: desk.processorAccountId, eventRef: randomUUID() },
      ...{ type: "checkout.session.completed", objectRef: session, receivedAt: later(1) },
    });
  await processEvents(db(), desk.processorAccountId);
  const [row] = await rowsOf("event");
  expect(row).toMatchObject({ what: session, reason: expect.stringContaining('is "odd"') });
  await simulator().control("DELETE", "/control/faults");
  await tryNow(db(), desk.caller, { kind: "event", id: row?.id ?? "" });
  await processEvents(db(), desk.processorAccountId);
  expect([await rowsOf("event"), (await capture()) !== undefined]).toEqual([[], true]);
});

test("an attempt that is over and can't be ended is told with Stripe's words, since its invoice is held", async () => {
  const { attemptId } = await paid();
  const body = JSON.stringify({
    error: { type: "invalid_request_error", code: "odd_code", message: "Not this one" },
  });
  await fault("/v1/checkout/sessions/*", {
    kind: "status",
    status: 400,
    body,
    headers: { "content-type": "application/json" },
  });
  await db().execute(
    sql`update attempts set created_at = ${later(3)}, expires_at = ${later(2)} where id = ${attemptId}`,
  );
  await pollAttempts(db(), new Date());
  expect(await rowsOf("attempt")).toMatchObject([
    { what: "Payment of INV-2017", reason: "Stripe says: Not this one (odd_code)" },
  ]);
  await simulator().control("DELETE", "/control/faults");
  await tryNow(db(), desk.caller, { kind: "attempt", id: attemptId });
  await pollAttempts(db(), new Date());
  expect(await rowsOf("attempt")).toEqual([]);
});

describe("a key that Stripe does not accept any more", () => {
  const key = (expired: boolean) =>
    simulator().control("POST", "/control/stripe/key", { key: STRIPE_KEYS.au, expired });
  const jobs = async () => {
    const { rows } = await db().execute<{ data: object }>(
      sql`select data from ${sql.identifier(QUEUE_SCHEMA)}.job where name = ${keyChanged.name} and state = 'created' order by created_on`,
    );
    await db().execute(sql`delete from ${sql.identifier(QUEUE_SCHEMA)}.job where name = ${keyChanged.name}`);
    return rows.map(({ data }) => data);
  };
  const subjects = async () =>
    (await mailTo(desk.caller.actor.email))
      .map(({ subject }) => subject)
      .filter((subject) => /Stripe/.test(subject));

  test("is told at once, by e-mail and on the list, with Stripe's code; it ends by itself when a key works", async () => {
    await runToIdle(db());
    await owe100(desk);
    const token = await begin(desk, { number: "INV-2017", amount: "100.00" });
    await key(true);
    expect((await commit(desk, token)).kind).not.toBe("pay");
    expect(await rowsOf("key")).toMatchObject([{ reason: expect.stringContaining("api_key_expired") }]);
    for (const change of await jobs()) await run(keyChanged, change);
    expect(await subjects()).toEqual([expect.stringContaining("does not accept the key")]);

    await key(false);
    expect((await commit(desk, token)).kind).toBe("pay");
    expect(await rowsOf("key")).toEqual([]);
    for (const change of await jobs()) await run(keyChanged, change);
    expect(await subjects()).toHaveLength(2);
    await db().execute(
      sql`update attempts set expires_at = ${later(2)}, last_polled_at = null where state = 'open'`,
    );
    await pollAttempts(db(), new Date());
  });

  test("ends with a new one", async () => {
    const { attemptId } = await paid();
    await key(true);
    await expect(settleAttempt(db(), attemptId)).rejects.toMatchObject({ kind: "bad_key" });
    expect(await rowsOf("key")).toHaveLength(1);
    await key(false);
    await renewKey(db(), desk.caller, { accountId: desk.processorAccountId, secretKey: STRIPE_KEYS.au });
    expect(await rowsOf("key")).toEqual([]);
    await settleAttempt(db(), attemptId);
  });
});

test("a card reserved for what was read a moment ago, its organisation disconnected since: the money is taken, told with its reason, and posted once it is connected again", async () => {
  const { attemptId, capture } = await paid();
  await db().execute(sql`update connections set state = 'disconnected', state_since = ${later(1)}`);
  await settleAttempt(db(), attemptId);
  const { rows } = await db().execute<{ id: string }>(
    sql`update postings set begun_at = ${later(1)} where source_id = ${(await capture())?.id ?? randomUUID()} returning id`,
  );
  expect(rows).toHaveLength(1);
  await bringForward(db());
  await runDuePosting(db());
  expect(await rowsOf("posting")).toMatchObject([
    { reason: expect.stringContaining("disconnected in Xero") },
  ]);
  expect(await rowsOf("connection")).toHaveLength(1);
  await db().execute(sql`update connections set state = 'healthy', state_since = now()`);
  await runToIdle(db());
  expect([await rowsOf("posting"), await rowsOf("connection")]).toEqual([[], []]);
});

test("a card reserved for what nobody can look at any more, for its organisation is disconnected, is let go", async () => {
  const { attemptId, capture } = await paid();
  await db().execute(sql`update connections set state = 'disconnected', state_since = ${later(1)}`);
  await db().execute(sql`update invoices set seen_at = ${later(1)}`);
  await settleAttempt(db(), attemptId);
  expect(await capture()).toBeUndefined();
  const { rows } = await db().execute(
    sql`select 1 from holds where attempt_id = ${attemptId} and state = 'open'`,
  );
  expect(rows).toEqual([]);
  await db().execute(sql`update connections set state = 'healthy', state_since = now()`);
});

test("an e-mail to a dead mailbox is told with the server's words, and ends when a person says so", async () => {
  const { rows } = await db().execute<{
    id: string;
  }>(sql`insert into letters (firm_id, kind, subject_key, recipient, created_at)
    values (${desk.books.firmId}, 'receipt', ${randomUUID()}, 'gone@client.example', ${later(1)}) returning id`);
  const id = rows[0]?.id ?? "";
  await db().execute(
    sql`insert into failures (kind, item, reason, next_at) values ('letter', ${id}, 'The mail server says: 550', now())`,
  );
  expect(await rowsOf("email")).toMatchObject([
    { what: "Receipt to gone@client.example", reason: "The mail server says: 550" },
  ]);
  const end = () => endIt(db(), desk.caller, { kind: "email", id, note: "Rang them" });
  await end();
  expect(await rowsOf("email")).toEqual([]);
  await expect(end()).rejects.toMatchObject({ code: "conflict" });
});

test("every kind can be asked for, of one firm and of all, and says nothing where all is well", async () => {
  expect(KIND_NAMES.length).toBeGreaterThan(10);
  expect(await listLate(db(), desk.caller.firm)).toEqual([]);
  expect(await listAllLate(db())).toEqual([]);
});
