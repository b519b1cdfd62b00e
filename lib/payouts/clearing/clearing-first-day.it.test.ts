import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { readDispute } from "#lib/payments/disputes/record-dispute.ts";
import { postRefundsAndDisputes } from "#lib/payments/post-refunds-and-disputes.ts";
import { readRefund } from "#lib/payments/refunds/settle-refund.ts";
import { testDb } from "#lib/testing/database.ts";
import { agePayouts, openPayoutDesk, type PayoutDesk, takenOf } from "#lib/testing/payouts.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { runToIdle } from "#lib/testing/truth/truth.ts";
import { pollPayouts } from "../read-from-processor.ts";
import { checkClearing, checkClearingSinceLast } from "./check-clearing.ts";

const NUMBER = "INV-2009";
/** The first day is so many days ago. */
const FIRST_DAY = 100;

const db = testDb();
const simulator = testSimulator();
let desk: PayoutDesk;
/** Payouts that arrived so many days ago; whoever asks Stripe again hears that it was today. */
const old = new Map<string, number>();

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** What is about to be written happened so many days ago. */
const readyIs = (ago: number) =>
  db().execute(sql`update postings set date = ${daysAgo(ago)} where state = 'ready'`);

async function paid(ago: number) {
  const capture = await takenOf(desk, NUMBER);
  await db().execute(
    sql`update captures set captured_at = captured_at - make_interval(days => ${ago}) where id = ${capture.id}`,
  );
  await readyIs(ago);
  await runToIdle(db());
  return capture;
}

const age = () => agePayouts(db(), old);

/** All that Stripe has was paid out so many days ago, and its bank line is matched; fees are of so many days ago. */
async function paidOut(ago: number, feesAgo = ago) {
  await desk.ripe();
  const payout = await desk.paidOut();
  old.set(payout.id, ago);
  // Nobody is told before it is known when it arrived.
  await desk.setUp({ feesPer: "payment", startsOn: "2999-01-01" });
  await db().execute(sql`update payout_settings set starts_on = ${daysAgo(ago < FIRST_DAY ? 0 : -9)}`);
  await pollPayouts(db());
  await age();
  await readyIs(ago);
  await db().execute(
    sql`update postings set date = ${daysAgo(feesAgo)} where state = 'ready' and kind = 'fee'`,
  );
  await runToIdle(db());
  await db().execute(sql`update payout_settings set starts_on = ${daysAgo(FIRST_DAY)}`);
  const { bankTransfers } = await simulator().control<{ bankTransfers: { id: string }[] }>(
    "GET",
    `/control/xero/bank-transfers?tenantId=${desk.tenantId}&status=AUTHORISED`,
  );
  for (const { id } of bankTransfers) await desk.inXero("reconcile", { bankTransferId: id });
}

async function refunded(payment: string, amount: number, ago = 0) {
  const { id } = await desk.atStripe("refund", { payment, amount });
  await readRefund(db(), { processorAccountId: desk.processorAccountId, objectRef: id });
  await postRefundsAndDisputes(db());
  await readyIs(ago);
  await runToIdle(db());
  await db().execute(
    sql`update refunds set created_at = created_at - make_interval(days => ${ago}), settled_at = settled_at - make_interval(days => ${ago}), told_at = told_at - make_interval(days => ${ago}) where object_ref = ${id}`,
  );
}

const received = async (amount: number, date: string) =>
  desk.inXero("bank-transaction", {
    ...{ type: "RECEIVE", bankAccount: desk.clearingAccountId, account: "404", amount: amount / 100, date },
    contactId: await desk.someContact(),
  }) as Promise<{ id: string }>;

const whole = (paymentsAtOnce?: number) => checkClearing(db(), desk.books.connectionId, paymentsAtOnce);
const sinceLast = () => checkClearingSinceLast(db(), desk.books.connectionId);

/** What every way of reading tells, and it is what the account has; `first` is what a night tells before all is read. */
async function told(first?: Awaited<ReturnType<typeof sinceLast>>) {
  const once = await whole();
  const reports = [first ?? (await sinceLast())];
  for (const paymentsAtOnce of [1, 2, 3]) reports.push(await whole(paymentsAtOnce), await sinceLast());
  expect(reports).toEqual(reports.map(() => once));
  expect(Number(once.balance)).toBe(await desk.balanceOf(desk.clearingAccountId));
  return Object.fromEntries(once.parts.map(({ cause, sum }) => [cause, Number(sum)]));
}

let [before, later, disputed]: Awaited<ReturnType<typeof paid>>[] = [];

beforeAll(async () => {
  desk = await openPayoutDesk(db(), simulator());
  await desk.inXero("invoice", { invoice: NUMBER, date: daysAgo(190) });
  // Somebody removed what stood there: the oldest payment stays open.
  const { id } = await paid(180);
  const { rows } = await db().execute<{ id: string }>(
    sql`select xero_id as id from postings where source_id = ${id}`,
  );
  await desk.inXero("remove-payment", { paymentId: rows[0]?.id });
  await paidOut(175);
  before = await paid(170);
  await paidOut(165);
  disputed = await paid(150);
  await paidOut(145);
  await received(1_111, daysAgo(140));
  // Taken before the first day, with fees of those days, and paid out after it.
  await paid(103);
  await paid(101);
  await paidOut(95, 103);
  await refunded(before.objectRef, 4_000, 92);
  later = await paid(90);
  await paidOut(88);
  await paid(70);
  await paidOut(68);
});

test("an account with a first day is told the same however it is read", async () => {
  expect(await told()).toEqual({ before: 21_111 });
});

test("once a payment is refunded whose payout also has a refund of a payment of before", async () => {
  await whole(1);
  await refunded(later?.objectRef ?? "", 1_000);
  expect(await told(await sinceLast())).toEqual({ before: 21_111, refund_waiting: -1_000 });
});

test("once a payment of before is refunded, also when Xero can't be read in between", async () => {
  await whole(1);
  await refunded(before?.objectRef ?? "", 500);
  await simulator().control("POST", "/control/faults", {
    ...{ method: "GET", path: "/api.xro/2.0/Payments", times: 1 },
    effect: { kind: "odd-answer", odd: "html" },
  });
  await expect(sinceLast()).rejects.toThrow("can't be read");
  expect(await told(await sinceLast())).toEqual({ before: 21_111, refund_waiting: -1_500 });
});

test("while a payment of before is disputed, and no night reads all of the account for it", async () => {
  const { id: objectRef } = await desk.atStripe("dispute", { payment: disputed?.objectRef });
  await readDispute(db(), { processorAccountId: desk.processorAccountId, objectRef });
  const wholeAt = async () =>
    (await db().execute<{ at: string }>(sql`select whole_at::text as at from clearing_marks`)).rows;
  await whole();
  const last = await wholeAt();
  await sinceLast();
  expect(await wholeAt()).toEqual(last);
  expect(await told(await sinceLast())).toMatchObject({ before: 21_111 });
});
