/** What a restored database has forgotten, case by case: rebuilt from what the payment carries at Stripe. */
import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { settleAttempt } from "#lib/payments/attempts/settle-attempt.ts";
import { saveMethods } from "#lib/processor/save-methods.ts";
import { stripeClient } from "#lib/processor/stripe/client.ts";
import { owe100 } from "#lib/testing/crashes/pay-crashes.ts";
import { testDb } from "#lib/testing/database.ts";
import { attemptOf, begin, commit, type Desk, openAt, openDesk, payAtStripe } from "#lib/testing/desk.ts";
import { breaksInTheEnd } from "#lib/testing/refunds.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { invoiceInXero, runToIdle } from "#lib/testing/truth/truth.ts";
import { listBreaks } from "./read.ts";
import { reconcileFirm } from "./run.ts";

const db = testDb();
const simulator = testSimulator();
const LINK = { number: "INV-2017", amount: "100.00" };
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  await saveMethods(db(), desk.caller, { takesDebits: true });
});
beforeEach(() => owe100(desk));

const run = () => reconcileFirm(db(), desk.books.firmId, "recent");
const kept = { refunds: 0, disputes: 0, postings: 0, silent: [] };
const open = async () => (await listBreaks(db(), desk.caller.firm)).map(({ kind }) => kind);
const due = async () => (await invoiceInXero(simulator(), desk.tenantId, LINK.number)).amountDue;

/** A payer commits; their attempt. */
async function committed() {
  const token = await begin(desk, LINK);
  await commit(desk, token);
  return attemptOf(desk, token);
}
type Attempt = Awaited<ReturnType<typeof committed>>;

/** As if they had come after the backup was made. */
async function forget({ id, checkoutId }: Attempt): Promise<void> {
  for (const statement of [
    sql`delete from posting_lines where posting_id in (select p.id from postings p join captures c on c.id = p.source_id where c.attempt_id = ${id})`,
    sql`delete from postings where source_id in (select id from captures where attempt_id = ${id})`,
    sql`delete from allocations where capture_id in (select id from captures where attempt_id = ${id})`,
    sql`delete from captures where attempt_id = ${id}`,
    sql`delete from holds where attempt_id = ${id}`,
    sql`delete from attempts where id = ${id}`,
    sql`delete from checkouts where id = ${checkoutId}`,
    // A restored database knows that it is one.
    sql`insert into memory (mark, alive_at, gap_at) values ('a copy', now(), now() + interval '1 minute')
      on conflict (id) do update set gap_at = excluded.gap_at`,
  ])
    await db().execute(statement);
}

const intentOf = async ({ sessionRef }: Attempt) => {
  const expand = ["payment_intent"];
  const session = await stripeClient("sk_test_demo_accountants").checkout.sessions.retrieve(
    sessionRef ?? "",
    { expand },
  );
  if (!session.payment_intent || typeof session.payment_intent === "string") throw new Error("no intent");
  return session.payment_intent;
};

test("a payment that was in Xero is adopted, also where Xero would take it a second time", async () => {
  const attempt = await committed();
  await payAtStripe(desk, attempt.sessionRef ?? "");
  await settleAttempt(db(), attempt.id);
  await runToIdle(db());
  await forget(attempt);
  const { amountPaid } = await invoiceInXero(simulator(), desk.tenantId, LINK.number);
  await simulator().control("POST", "/control/xero/invoice", {
    ...{ tenantId: desk.tenantId, invoice: LINK.number, total: amountPaid / 100 + 500 },
  });
  expect(await run()).toEqual({ ...kept, payments: 1 });
  expect(await breaksInTheEnd(desk)).toEqual([]);
  expect(await due()).toBe(50_000);
  expect(await run()).toEqual({ ...kept, payments: 0 });
});

test("a bank debit that is under way holds its invoice again, and is written once it is confirmed", async () => {
  const attempt = await committed();
  const session = attempt.sessionRef ?? "";
  await simulator().control("POST", "/control/stripe/complete", { session, debit: "au_becs_debit" });
  await forget(attempt);
  expect(await run()).toEqual({ ...kept, payments: 0 });
  const opened = await openAt(desk, LINK);
  const line = opened.kind === "open" && opened.lines.find(({ number }) => number === LINK.number);
  expect(line).toMatchObject({ payableMinor: 0n, why: "debit" });
  await simulator().control("POST", "/control/stripe/debit", { payment: session, answer: "succeeds" });
  expect(await run()).toEqual({ ...kept, payments: 1 });
  expect(await breaksInTheEnd(desk)).toEqual([]);
  expect(await due()).toBe(0);
});

test("a reservation is let go when somebody else is paying the invoice by now: nobody pays twice", async () => {
  const lost = await committed();
  await payAtStripe(desk, lost.sessionRef ?? "");
  await forget(lost);
  const next = await committed();
  expect(await run()).toEqual({ ...kept, payments: 0 });
  expect((await intentOf(lost)).status).toBe("canceled");
  await payAtStripe(desk, next.sessionRef ?? "");
  expect(await settleAttempt(db(), next.id)).toBe("captured");
  expect(await breaksInTheEnd(desk)).toEqual([]);
  expect(await open()).toEqual([]);
});

test("money that was taken counts, and whoever is paying the invoice by now is not charged", async () => {
  const lost = await committed();
  await payAtStripe(desk, lost.sessionRef ?? "");
  await stripeClient("sk_test_demo_accountants").paymentIntents.capture((await intentOf(lost)).id);
  await forget(lost);
  const next = await committed();
  expect(await run()).toEqual({ ...kept, payments: 1 });
  await payAtStripe(desk, next.sessionRef ?? "");
  expect(await settleAttempt(db(), next.id)).toBe("closed");
  expect(await breaksInTheEnd(desk)).toEqual([]);
  expect(await due()).toBe(0);
});

test("an invoice that the mirror has forgotten too is asked of Xero", async () => {
  const lost = await committed();
  await payAtStripe(desk, lost.sessionRef ?? "");
  await forget(lost);
  const { id } = await invoiceInXero(simulator(), desk.tenantId, LINK.number);
  await db().execute(sql`delete from invoices where invoice_id = ${id}`);
  expect(await run()).toEqual({ ...kept, payments: 1 });
  expect(await breaksInTheEnd(desk)).toEqual([]);
});
