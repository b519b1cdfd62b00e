/** What the reconciler repairs, and what it shows: reliability-security R2, M7. No event of Stripe's ever comes here. */
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { saveSurplusPolicy } from "#lib/firms/save-settings.ts";
import { readChanges } from "#lib/mirror/sync/delta.ts";
import { listAllLate } from "#lib/overdue/read.ts";
import { settleAttempt } from "#lib/payments/attempts/settle-attempt.ts";
import { applySurplusPolicies } from "#lib/payments/overpayments/apply-surplus-policies.ts";
import { startRefund } from "#lib/payments/refunds/start-refund.ts";
import { runDuePosting } from "#lib/posting/sending/run-due.ts";
import { stripeClient } from "#lib/processor/stripe/client.ts";
import { owe100 } from "#lib/testing/crashes/pay-crashes.ts";
import { testDb } from "#lib/testing/database.ts";
import { attemptOf, begin, commit, type Desk, openDesk, payAtStripe } from "#lib/testing/desk.ts";
import { breaksInTheEnd, paidByCard, takenByCard } from "#lib/testing/refunds.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { breaks, invoiceInXero, paymentsInXero, runToIdle } from "#lib/testing/truth/truth.ts";
import { setClearingAccount } from "#lib/xero/organisations/clearing-account.ts";
import { listBreaks } from "./read.ts";
import { reconcileFirm, removeDoubles } from "./run.ts";
import type { Span } from "./store.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
});
afterEach(async () => {
  await simulator().control("DELETE", "/control/faults");
  // What one test broke for good is no matter of the next.
  await db().execute(sql`update breaks set settled_at = now() where settled_at is null`);
});

const run = (span: Span = "recent") => reconcileFirm(db(), desk.books.firmId, span);
const QUIET = { payments: 0, refunds: 0, disputes: 0, postings: 0, silent: [] };
const atStripe = (what: string, body: object) =>
  simulator().control<{ id: string }>("POST", `/control/stripe/${what}`, body);
const inXero = (what: string, body: object) =>
  simulator().control("POST", `/control/xero/${what}`, { tenantId: desk.tenantId, ...body });
const fault = (path: string, effect: object, { method = "*", times = 3 } = {}) =>
  simulator().control("POST", "/control/faults", { method, path, times, effect });
const open = async () =>
  (await listBreaks(db(), desk.caller.firm)).map(({ kind, subject }) => [kind, subject]);

type PostingRow = { id: string; reference: string; xero_id: string; source_id: string };

async function postingOf(captureId: string) {
  const { rows } = await db().execute<PostingRow>(sql`select * from postings where source_id = ${captureId}`);
  if (!rows[0]) throw new Error("no posting");
  return rows[0];
}

/** A card is typed at Stripe's page, and nobody ever hears of it. */
async function paidUnheard() {
  await owe100(desk);
  const token = await begin(desk, { number: "INV-2017", amount: "100.00" });
  await commit(desk, token);
  const attempt = await attemptOf(desk, token);
  await payAtStripe(desk, attempt.sessionRef ?? "");
  return attempt;
}

/** A payment in the firm's account at Stripe that this desk did not begin; it is taken at once. */
async function paidElsewhere(metadata: Record<string, string>): Promise<string> {
  const session = await stripeClient("sk_test_demo_accountants").checkout.sessions.create({
    mode: "payment",
    metadata,
    payment_intent_data: { metadata },
    line_items: [
      { quantity: 1, price_data: { currency: "aud", unit_amount: 500, product_data: { name: "Tea" } } },
    ],
    success_url: "https://example.com",
  });
  await payAtStripe(desk, session.id);
  const paid = await stripeClient("sk_test_demo_accountants").checkout.sessions.retrieve(session.id);
  return String(paid.payment_intent);
}

describe("what is safe is repaired, once", () => {
  test("a payment of which no event came is taken, kept and written", async () => {
    await paidUnheard();
    expect(await run()).toEqual({ ...QUIET, payments: 1 });
    expect(await run()).toEqual(QUIET);
    expect(await breaksInTheEnd(desk)).toEqual([]);
    expect(await open()).toEqual([]);
  });

  test("one that was taken by an attempt which was given up here is kept all the same", async () => {
    const attempt = await paidUnheard();
    await db().execute(sql`update attempts set state = 'closed' where id = ${attempt.id}`);
    await db().execute(sql`update holds set state = 'released' where attempt_id = ${attempt.id}`);
    const session = await stripeClient("sk_test_demo_accountants").checkout.sessions.retrieve(
      attempt.sessionRef ?? "",
    );
    await stripeClient("sk_test_demo_accountants").paymentIntents.capture(String(session.payment_intent));
    expect(await run()).toEqual({ ...QUIET, payments: 1 });
    expect(await breaksInTheEnd(desk)).toEqual([]);
  });

  test("money that is only reserved for an attempt which was given up is let go", async () => {
    const attempt = await paidUnheard();
    await db().execute(sql`update attempts set state = 'closed' where id = ${attempt.id}`);
    await db().execute(sql`update holds set state = 'released' where attempt_id = ${attempt.id}`);
    expect(await run()).toEqual(QUIET);
    const stripe = stripeClient("sk_test_demo_accountants");
    const session = await stripe.checkout.sessions.retrieve(attempt.sessionRef ?? "", {
      expand: ["payment_intent"],
    });
    expect(session.payment_intent).toMatchObject({ status: "canceled" });
    expect(await open()).toEqual([]);
  });

  test("a refund from Stripe's dashboard, of which no event came, is kept and written", async () => {
    const capture = await paidByCard(desk);
    await atStripe("refund", { payment: capture.objectRef, amount: 2_500 });
    expect(await run()).toEqual({ ...QUIET, refunds: 1 });
    expect(await run()).toEqual(QUIET);
    expect(await breaksInTheEnd(desk)).toEqual([]);
  });

  test.each([
    ["before it was sent", takenByCard],
    ["after it was written", paidByCard],
  ])("a posting that is gone, %s, is made again, and Xero has the payment once", async (_, pay) => {
    const capture = await pay(desk, 2);
    const { id } = await postingOf(capture.id);
    await db().execute(sql`delete from posting_lines where posting_id = ${id}`);
    await db().execute(sql`delete from postings where id = ${id}`);
    // Xero would take them a second time.
    for (const invoice of ["INV-2017", "INV-2013"]) {
      const { amountPaid, amountDue } = await invoiceInXero(simulator(), desk.tenantId, invoice);
      await inXero("invoice", { invoice, total: (amountPaid + amountDue) / 100 + 500 });
    }
    expect(await run()).toEqual({ ...QUIET, postings: 1 });
    expect(await breaksInTheEnd(desk)).toEqual([]);
    expect(await run()).toEqual(QUIET);
    expect(await open()).toEqual([]);
  });

  test("left in the middle, the next turn goes on there, and the one after sees what came meanwhile", async () => {
    const older = await paidUnheard();
    await settleAttempt(db(), older.id);
    await runToIdle(db());
    const newer = await paidUnheard();
    const session = await stripeClient("sk_test_demo_accountants").checkout.sessions.retrieve(
      newer.sessionRef ?? "",
    );
    await db().execute(sql`update sweeps set began_at = now(), since = now() - interval '1 day',
      after = ${String(session.payment_intent)} where kind = 'payments' and span = 'recent'`);
    expect(await run()).toEqual(QUIET);
    expect(await run()).toEqual({ ...QUIET, payments: 1 });
    expect(await breaksInTheEnd(desk)).toEqual([]);
  });

  test("Stripe or Xero that does not answer is named, and asked the next time", async () => {
    await paidUnheard();
    await fault("/v1/*", { kind: "cut-before" });
    expect(await run()).toEqual({ ...QUIET, silent: ["Stripe (no_answer)"] });
    await simulator().control("DELETE", "/control/faults");
    await fault("/api.xro/2.0/Payments", { kind: "status", status: 503 }, { method: "GET" });
    expect(await run()).toMatchObject({ payments: 1, silent: [expect.stringContaining("Demo Accountants")] });
    await simulator().control("DELETE", "/control/faults");
    expect(await run()).toEqual(QUIET);
    expect(await breaksInTheEnd(desk)).toEqual([]);
  });
});

describe("M7: a payment that came into Xero twice by one reference", () => {
  /** Two identical requests of ours reach Xero, the first one very late, when the invoice has been raised. */
  async function doubled() {
    await simulator().control("POST", "/control/xero/settings", { idempotencySeconds: 0 });
    const capture = await takenByCard(desk);
    await simulator().control("POST", "/control/faults", {
      method: "POST",
      path: "/api.xro/2.0/Payments",
      times: 1,
      effect: { kind: "commit-late", ms: 3_000 },
    });
    await runDuePosting(db());
    const { amountPaid } = await invoiceInXero(simulator(), desk.tenantId, "INV-2017");
    await inXero("invoice", { invoice: "INV-2017", total: amountPaid / 100 + 500 });
    await runToIdle(db());
    const posting = await postingOf(capture.id);
    for (const end = Date.now() + 15_000; Date.now() < end; )
      if ((await paymentsInXero(simulator(), posting.reference)).length === 2) break;
    await simulator().control("POST", "/control/xero/settings", { idempotencySeconds: 360 });
    const there = await paymentsInXero(simulator(), posting.reference);
    const double = there.find(({ id }) => id !== posting.xero_id)?.id ?? "";
    expect([there.length, posting.xero_id === double]).toEqual([2, false]);
    return { posting, double };
  }
  const aPauseLater = () =>
    db().execute(
      sql`update breaks set opened_at = opened_at - interval '1 minute' where kind = 'xero_twice'`,
    );

  test("is shown at once, and the late one is taken off after a second look a pause later", async () => {
    const { posting, double } = await doubled();
    await run();
    expect(await open()).toEqual([["xero_twice", double]]);
    expect(await removeDoubles(db())).toBe(0);
    await aPauseLater();
    expect(await Promise.all([removeDoubles(db()), removeDoubles(db())])).toEqual(
      expect.arrayContaining([1, 0]),
    );
    await runToIdle(db());
    expect((await paymentsInXero(simulator(), posting.reference)).map(({ id }) => id)).toEqual([
      posting.xero_id,
    ]);
    expect(await removeDoubles(db())).toBe(0);
    await run();
    expect(await open()).toEqual([]);
    expect(await breaks(db(), simulator())).toEqual([]);
  });

  test("is left alone when only one is there at the second look, and the break ends by itself", async () => {
    const { posting, double } = await doubled();
    await run();
    await inXero("remove-payment", { paymentId: double });
    await aPauseLater();
    expect(await removeDoubles(db())).toBe(0);
    await run();
    expect(await open()).toEqual([]);
    expect(await paymentsInXero(simulator(), posting.reference)).toHaveLength(1);
  });

  test("can't be taken off once it is reconciled: it stays shown, and Xero's no is on the to-do list", async () => {
    const { double } = await doubled();
    await inXero("reconcile", { paymentId: double });
    await run();
    await aPauseLater();
    expect(await removeDoubles(db())).toBe(1);
    await runToIdle(db());
    const { rows } = await db().execute(sql`select state from postings where target_id = ${double}`);
    expect(rows).toEqual([{ state: "refused" }]);
    await run();
    expect(await open()).toEqual([["xero_twice", double]]);
    await inXero("reconcile", { paymentId: double, isReconciled: false });
    await inXero("remove-payment", { paymentId: double });
  });
});

describe("R2: what can't be repaired is shown, once, for as long as it is so", () => {
  test("a payment that somebody took off in Xero", async () => {
    const posting = await postingOf((await paidByCard(desk, 2)).id);
    await inXero("remove-payment", { batchPaymentId: posting.xero_id });
    await run();
    await run();
    expect(await open()).toEqual([["xero_removed", posting.xero_id]]);
    const [row] = await listBreaks(db(), desk.caller.firm);
    expect(row).toMatchObject({ captureId: posting.source_id, reference: posting.reference });
  });

  test("an overpayment that somebody took off in Xero", async () => {
    const { caller, books, tenantId, clearingAccountId } = desk;
    type Account = { id: string; name: string };
    const { accounts } = await simulator().control<{ accounts: Account[] }>(
      "GET",
      `/control/xero/accounts?tenantId=${tenantId}`,
    );
    const bank = accounts.find(({ name }) => name === "Card clearing")?.id ?? "";
    const clearAt = (accountId: string) =>
      setClearingAccount(db(), caller, { connectionId: books.connectionId, accountId });
    await clearAt(bank);
    await saveSurplusPolicy(db(), caller, "overpayment");
    await takenByCard(desk);
    await inXero("pay", { invoice: "INV-2017", amount: "30.00", account: bank });
    await runToIdle(db());
    await applySurplusPolicies(db());
    await runToIdle(db());
    await run();
    expect(await open()).toEqual([]);

    const { bankTransactions } = await simulator().control<{
      bankTransactions: { id: string; type: string }[];
    }>("GET", `/control/xero/bank-transactions?tenantId=${tenantId}&status=AUTHORISED`);
    const over = bankTransactions.find(({ type }) => type === "RECEIVE-OVERPAYMENT");
    await inXero("remove-bank-transaction", { bankTransactionId: over?.id });
    await readChanges(db(), books, { force: true });
    await run();
    expect((await open()).map(([kind]) => kind)).toEqual(["xero_removed"]);
    await clearAt(clearingAccountId);
    await saveSurplusPolicy(db(), caller, "ask");
  });

  test("a payment that Xero has otherwise than we wrote it; once it agrees again the break ends", async () => {
    const posting = await postingOf((await paidByCard(desk)).id);
    const change = (by: number) =>
      db().execute(
        sql`update posting_lines set amount_minor = amount_minor + ${by} where posting_id = ${posting.id}`,
      );
    await change(1);
    await run();
    expect(await open()).toEqual([["xero_differs", posting.xero_id]]);
    expect((await listBreaks(db(), desk.caller.firm))[0]).toMatchObject({
      here: expect.stringContaining("100.01"),
      there: expect.stringContaining("100.00"),
    });
    await change(-1);
    await run();
    expect(await open()).toEqual([]);
  });

  test("a payment that Xero has never heard of; but not one that only the mirror has missed", async () => {
    const posting = await postingOf((await paidByCard(desk)).id);
    await run();
    await db().execute(sql`update postings set done_at = now() - interval '1 day' where id = ${posting.id}`);
    await db().execute(
      sql`update sync_cursors set modified_since = now() + interval '1 hour' where kind = 'payments'`,
    );
    await db().execute(sql`delete from xero_payments where payment_id = ${posting.xero_id}`);
    await run();
    expect(await open()).toEqual([]);
    const mirrored = async () =>
      (await db().execute(sql`select 1 from xero_payments where payment_id = ${posting.xero_id}`)).rows
        .length;
    expect(await mirrored()).toBe(0);
    await run("all");
    expect(await mirrored()).toBe(1);
    await db().execute(sql`update sync_cursors set modified_since = now() where kind = 'payments'`);

    const nowhere = randomUUID();
    await db().execute(sql`update postings set xero_id = ${nowhere} where id = ${posting.id}`);
    await db().execute(
      sql`update posting_lines set xero_payment_id = ${nowhere} where posting_id = ${posting.id}`,
    );
    await run();
    expect(await open()).toEqual(
      expect.arrayContaining([
        ["xero_removed", nowhere],
        ["xero_twice", posting.xero_id],
      ]),
    );
    // Of two that it can't tell apart by what it knows, none is taken off.
    await db().execute(sql`update breaks set opened_at = opened_at - interval '1 minute'`);
    expect(await removeDoubles(db())).toBe(0);
    const back = posting.xero_id;
    await db().execute(sql`update postings set xero_id = ${back} where id = ${posting.id}`);
    await db().execute(
      sql`update posting_lines set xero_payment_id = ${back} where posting_id = ${posting.id}`,
    );
    await run();
    expect(await open()).toEqual([]);
  });

  test("what was written long ago: within the hour that Xero tells of it, else by the night; and it ends within the hour", async () => {
    const posting = await postingOf((await paidByCard(desk)).id);
    const longAgo = async () => {
      for (const statement of [
        sql`update postings set done_at = now() - interval '10 days' where id = ${posting.id}`,
        sql`update xero_payments set seen_at = now() - interval '10 days' where payment_id = ${posting.xero_id}`,
        // A reading looks two minutes back from the newest change that it knows.
        sql`update sync_cursors set modified_since = now() + interval '1 hour' where kind = 'payments'`,
      ])
        await db().execute(statement);
    };
    const change = (by: number) =>
      db().execute(
        sql`update posting_lines set amount_minor = amount_minor + ${by} where posting_id = ${posting.id}`,
      );
    await run();
    await longAgo();
    await change(1);
    await run();
    expect(await open()).toEqual([]);
    await run("all");
    expect(await open()).toEqual([["xero_differs", posting.xero_id]]);
    await longAgo();
    await change(-1);
    await run();
    expect(await open()).toEqual([]);
    await longAgo();
    await inXero("remove-payment", { paymentId: posting.xero_id });
    await db().execute(sql`update sync_cursors set modified_since = now() where kind = 'payments'`);
    await run();
    expect(await open()).toEqual([["xero_removed", posting.xero_id]]);
  });

  test("a payment in Xero under a reference of ours that nobody here knows", async () => {
    await owe100(desk);
    const reference = "CF-NEVERSEEN2";
    await inXero("pay", { invoice: "INV-2017", amount: 10, account: desk.clearingAccountId, reference });
    const [payment] = await paymentsInXero(simulator(), reference);
    const shift = (by: string) =>
      db().execute(sql`update postings set created_at = created_at + ${by}::interval`);
    // What is older than our first posting is of the desk that was here before.
    await shift("1 day");
    await run();
    expect(await open()).toEqual([]);
    await shift("-1 day");
    await run();
    expect(await open()).toEqual([["xero_stray", payment?.id]]);
    await inXero("remove-payment", { paymentId: payment?.id });
    await run();
    expect(await open()).toEqual([]);
  });

  test("what a person types into a Reference is theirs, and a copy of one of ours is never taken off", async () => {
    const enter = (reference: string) =>
      inXero("pay", { invoice: "INV-2013", amount: 10, account: desk.clearingAccountId, reference });
    await owe100(desk);
    const { reference } = await postingOf((await paidByCard(desk)).id);
    for (const typed of ["CF-1001", "CF-", "CF-NEVERSEEN2 and so on", "cf-neverseen2"]) await enter(typed);
    await run();
    expect(await open()).toEqual([]);
    await enter(reference);
    const copy = (await paymentsInXero(simulator(), reference)).find(({ amount }) => amount === 1_000);
    await run();
    expect(await open()).toEqual([["xero_twice", copy?.id]]);
    await db().execute(sql`update breaks set opened_at = opened_at - interval '1 minute'`);
    expect(await removeDoubles(db())).toBe(0);
    await inXero("remove-payment", { paymentId: copy?.id });
    await run();
    expect(await open()).toEqual([]);
  });

  test("a payment that Xero refused, entered by hand under its reference: that is what it was marked for", async () => {
    const posting = await postingOf((await paidByCard(desk)).id);
    await db().execute(
      sql`update postings set state = 'by_hand', cause = 'account', xero_id = null, done_at = null where id = ${posting.id}`,
    );
    await run();
    expect(await open()).toEqual([]);
    await inXero("pay", {
      ...{ invoice: "INV-2013", amount: 10, account: desk.clearingAccountId },
      reference: posting.reference,
    });
    await run();
    expect((await open()).map(([kind]) => kind)).toContain("xero_twice");
    await db().execute(
      sql`update postings set state = 'done', cause = null, xero_id = ${posting.xero_id}, done_at = now() where id = ${posting.id}`,
    );
    for (const { id: paymentId } of await paymentsInXero(simulator(), posting.reference))
      if (paymentId !== posting.xero_id) await inXero("remove-payment", { paymentId });
    await run();
  });

  test("a payment that was marked as done by hand and is in Xero from here too: it is not taken off", async () => {
    const posting = await postingOf((await paidByCard(desk)).id);
    await db().execute(
      sql`update postings set state = 'by_hand', xero_id = null, done_at = null where id = ${posting.id}`,
    );
    await run();
    expect(await open()).toEqual([["xero_twice", posting.xero_id]]);
    await db().execute(sql`update breaks set opened_at = opened_at - interval '1 minute'`);
    expect(await removeDoubles(db())).toBe(0);
    await db().execute(
      sql`update postings set state = 'done', xero_id = ${posting.xero_id}, done_at = now() where id = ${posting.id}`,
    );
  });

  test("what of Stripe's can't be read is its own failure, on the to-do list by its id: the rest is compared and refunded", async () => {
    const capture = await paidByCard(desk);
    const { id } = await atStripe("refund", { payment: capture.objectRef, amount: 500 });
    const refund = (one: object) => ({
      ...{ object: "refund", status: "succeeded", created: Math.floor(Date.now() / 1_000), metadata: {} },
      ...one,
    });
    const odd = refund({ id: "re_odd", amount: 3, currency: "kwd", payment_intent: capture.objectRef });
    const good = refund({ id, amount: 500, currency: "aud", payment_intent: capture.objectRef });
    const body = JSON.stringify({ object: "list", url: "/v1/refunds", has_more: false, data: [odd, good] });
    const lists = (times: number) =>
      fault("/v1/refunds", { kind: "status", status: 200, body }, { method: "GET", times });
    await lists(1);
    expect(await run()).toEqual({ ...QUIET, refunds: 1 });
    const late = (await listAllLate(db(), { anyAge: true })).flatMap(({ rows }) => rows);
    expect(late.find(({ what }) => what.includes("re_odd"))?.reason).toContain("thousandths of KWD");
    await lists(1);
    const asked = { refundId: randomUUID(), captureId: capture.id, amountMinor: 700n, note: "Asked for" };
    expect(await startRefund(db(), desk.caller, asked)).toBe("succeeded");
  });

  test("an amount or a currency that Stripe has otherwise; once it agrees again the break ends", async () => {
    const capture = await paidByCard(desk);
    const say = (minor: number, currency: string) =>
      db().execute(
        sql`update captures set amount_minor = ${minor}, currency = ${currency} where id = ${capture.id}`,
      );
    for (const [minor, currency] of [
      [9_999, "AUD"],
      [10_000, "NZD"],
    ] as const) {
      await say(minor, currency);
      await run();
      expect(await open()).toEqual([["stripe_differs", capture.objectRef]]);
      await say(10_000, "AUD");
      await run();
      expect(await open()).toEqual([]);
    }
  });

  test("a payment that we have and Stripe does not know; but not one that its list alone has missed", async () => {
    const capture = await paidByCard(desk);
    const say = (objectRef: string) =>
      db().execute(sql`update captures set object_ref = ${objectRef} where id = ${capture.id}`);
    await say("pi_of_nobody");
    await run("all");
    await run("all");
    expect(await open()).toEqual([["stripe_missing", "pi_of_nobody"]]);
    await say(capture.objectRef);
    await run("all");
    expect(await open()).toEqual([]);

    const nothing = JSON.stringify({ object: "list", url: "/v1/payment_intents", data: [], has_more: false });
    await fault("/v1/payment_intents", { kind: "status", status: 200, body: nothing }, { times: 1 });
    await run("all");
    expect(await open()).toEqual([]);
  });

  test("money taken under our name that can't be told for what; money of others is none of ours", async () => {
    await paidElsewhere({ order: "7" });
    await paidElsewhere({
      ...{ counterfoil_attempt: randomUUID(), counterfoil_firm: randomUUID() },
      ...{ counterfoil_connection: randomUUID(), counterfoil_checkout: randomUUID() },
      counterfoil_lines_1: `${randomUUID()}=500`,
    });
    const stray = await paidElsewhere({ counterfoil_attempt: randomUUID() });
    const ofNoBooks = await paidElsewhere({
      ...{ counterfoil_attempt: randomUUID(), counterfoil_firm: desk.books.firmId },
      ...{ counterfoil_connection: randomUUID(), counterfoil_checkout: randomUUID() },
      counterfoil_lines_1: `${randomUUID()}=500`,
    });
    expect(await run()).toMatchObject({ payments: 0 });
    const both = [
      ["stripe_stray", stray],
      ["stripe_stray", ofNoBooks],
    ].sort();
    expect((await open()).sort()).toEqual(both);
    const body = JSON.stringify({ error: { type: "invalid_request_error", message: "Not now." } });
    const headers = { "content-type": "application/json" };
    await fault("/v1/checkout/sessions", { kind: "status", status: 400, body, headers }, { method: "GET" });
    await run();
    expect((await open()).sort()).toEqual(both);
  });
});

describe("what a bank decides", () => {
  test("a dispute is kept, and its loss too, long after it came", async () => {
    const capture = await paidByCard(desk);
    const { id } = await atStripe("dispute", { payment: capture.objectRef });
    expect(await run()).toEqual({ ...QUIET, disputes: 1 });
    await atStripe("dispute-answer", { dispute: id, answer: "lost" });
    await db().execute(sql`update sweeps set reached_at = now() + interval '1 day'`);
    expect(await run()).toEqual({ ...QUIET, disputes: 1 });
    await db().execute(sql`update sweeps set reached_at = now()`);
    await breaksInTheEnd(desk);
    expect(await run()).toEqual(QUIET);
    expect(await open()).toEqual([]);
  });
});
