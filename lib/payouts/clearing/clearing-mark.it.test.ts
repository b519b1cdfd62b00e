import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { readDispute } from "#lib/payments/disputes/record-dispute.ts";
import { postRefundsAndDisputes } from "#lib/payments/post-refunds-and-disputes.ts";
import { readRefund } from "#lib/payments/refunds/settle-refund.ts";
import { testDb } from "#lib/testing/database.ts";
import { agePayouts, openPayoutDesk, type PayoutDesk, takenOf } from "#lib/testing/payouts.ts";
import { paidByCard } from "#lib/testing/refunds.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { runToIdle } from "#lib/testing/truth/truth.ts";
import { pollPayouts } from "../read-from-processor.ts";
import { checkClearing, checkClearingSinceLast } from "./check-clearing.ts";
import { explain } from "./clearing-rules.ts";

vi.mock(import("./clearing-rules.ts"), { spy: true });

/** How long ago the next payment of long ago is, and its payout. */
let days = 180;
const NUMBER = "INV-2009";

const db = testDb();
const simulator = testSimulator();
let desk: PayoutDesk;

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Payouts that arrived so many days ago; whoever asks Stripe again hears that it was today. */
const old = new Map<string, number>();
const age = () => agePayouts(db(), old);

/** A payment of long ago, and its payout, matched with its bank line; each five days later than the one before. */
async function longAgo() {
  const capture = await takenOf(desk, NUMBER);
  const ago = days;
  days -= 5;
  await db().execute(
    sql`update captures set captured_at = captured_at - make_interval(days => ${ago}) where id = ${capture.id}`,
  );
  const back = () => db().execute(sql`update postings set date = date - ${ago}::int where state = 'ready'`);
  await back();
  await runToIdle(db());
  await desk.ripe();
  const payout = await desk.paidOut();
  old.set(payout.id, ago);
  await pollPayouts(db());
  await back();
  await age();
  await runToIdle(db());
  await matchAll();
  return { capture, payout };
}

/** Each transfer's bank line is matched with it. */
async function matchAll() {
  const { bankTransfers } = await simulator().control<{ bankTransfers: { id: string }[] }>(
    "GET",
    `/control/xero/bank-transfers?tenantId=${desk.tenantId}&status=AUTHORISED`,
  );
  for (const { id } of bankTransfers) await desk.inXero("reconcile", { bankTransferId: id });
}

/** What became of payments and payouts did so days ago, and is no news. */
async function daysPass() {
  const back = sql`interval '3 days'`;
  await db().execute(
    sql`update refunds set created_at = created_at - ${back}, settled_at = settled_at - ${back}, told_at = told_at - ${back}`,
  );
  await db().execute(sql`update disputes set closed_at = closed_at - ${back}`);
  await db().execute(sql`update dispute_moves set created_at = created_at - ${back}`);
  await db().execute(sql`update payouts set undone_at = undone_at - ${back}`);
}

async function whole(paymentsAtOnce?: number) {
  await age();
  return checkClearing(db(), desk.books.connectionId, paymentsAtOnce);
}

/**
 * What a check of what is open tells, which must be all that one of everything does, at once or a payment at a time, and what
 * the account has.
 */
async function told() {
  const marked = await checkClearingSinceLast(db(), desk.books.connectionId);
  const again = await checkClearingSinceLast(db(), desk.books.connectionId);
  const inParts = await whole(1);
  expect([marked, again, inParts]).toEqual([await whole(), marked, marked]);
  expect(Number(marked.balance)).toBe(await desk.balanceOf(desk.clearingAccountId));
  return Object.fromEntries(marked.parts.map(({ cause, sum }) => [cause, Number(sum)]));
}

const setAside = async () =>
  (
    await db().execute<{ ref: string }>(
      sql`select object_ref as ref from payouts where settled_at is not null`,
    )
  ).rows.map(({ ref }) => ref);

type Call = { seq: number; data: { path: string; query: string } };

/** Each call to Xero that a check makes, and how many rows of each kind it holds against each other. */
async function costOf(check: () => Promise<unknown>) {
  const journal = async (after: number) =>
    (
      await simulator().control<{ entries: Call[] }>(
        "GET",
        `/control/journal?kind=xero.call&after=${after}&limit=1000000`,
      )
    ).entries;
  const before = (await journal(0)).at(-1)?.seq ?? 0;
  await check();
  const books = vi.mocked(explain).mock.lastCall?.[0];
  if (!books) throw new Error("Nothing was explained");
  const { entries, documents, money, payoutEntries } = books;
  const rows = [entries, documents, money.captures, payoutEntries].map(({ length }) => length);
  return { rows, calls: (await journal(before)).map(({ data }) => data) };
}

const byHand = async (type: "SPEND" | "RECEIVE", amount: number, date = daysAgo(0)) =>
  desk.inXero("bank-transaction", {
    ...{ type, bankAccount: desk.clearingAccountId, account: "404", amount: amount / 100, date },
    contactId: await desk.someContact(),
  }) as Promise<{ id: string }>;

let [first, second, third]: Awaited<ReturnType<typeof longAgo>>[] = [];

beforeAll(async () => {
  desk = await openPayoutDesk(db(), simulator());
  await desk.inXero("invoice", { invoice: NUMBER, date: daysAgo(190) });
  first = await longAgo();
  second = await longAgo();
  third = await longAgo();
  // What was not right then, and is carried on.
  await byHand("RECEIVE", 1_111, daysAgo(80));
  await whole();
});

test("what is settled costs no call to Xero, and no row is read of it", async () => {
  const marked = () => costOf(() => checkClearingSinceLast(db(), desk.books.connectionId));
  const before = await marked();
  for (let more = 0; more < 3; more += 1) await longAgo();
  const { rows } = await costOf(whole);
  expect(await marked()).toEqual(before);
  const isDated = ({ query }: Call["data"]) => decodeURIComponent(query).includes("Date>=DateTime(");
  expect(before.calls.map(isDated)).toEqual([true, true, true]);
  for (const [at, count] of before.rows.entries()) expect(count).toBeLessThan(rows[at] ?? 0);
});

test("all of it is read in parts, and what is settled of a part is held no longer", async () => {
  const most = async (paymentsAtOnce?: number) => {
    vi.mocked(explain).mockClear();
    await whole(paymentsAtOnce);
    const held = vi.mocked(explain).mock.calls.map(([{ money }]) => money.captures.length);
    return Math.max(...held);
  };
  for (let more = 0; more < 2; more += 1) await longAgo();
  const held = await most(1);
  for (let more = 0; more < 2; more += 1) await longAgo();
  expect(await most()).toBe(old.size);
  expect(await most(1)).toBe(held);
  expect(held).toBeLessThan(old.size);
  expect(await told()).toEqual({ not_ours: 1_111 });
});

describe("once a payout is settled, a check of what is open tells what one of all does", () => {
  test("of nothing new", async () => {
    expect((await setAside()).toSorted()).toEqual([...old.keys()].toSorted());
    expect(await told()).toEqual({ not_ours: 1_111 });
  });

  test("of a new payment, and of its payout", async () => {
    await paidByCard(desk);
    expect(await told()).toEqual({ not_ours: 1_111, waiting: 10_000 });
    await desk.ripe();
    await desk.paidOut();
    await desk.heard();
    expect(await told()).toEqual({ not_ours: 1_111 });
  });

  test("of an entry of today that is not ours, and of one like a settled payout's bank line", async () => {
    const { id } = await byHand("RECEIVE", 777);
    expect(await told()).toEqual({ not_ours: 1_888 });
    await desk.inXero("remove-bank-transaction", { bankTransactionId: id });
    const { id: like } = await byHand("SPEND", first?.payout.amount ?? 0);
    expect(await told()).toEqual({ not_ours: 1_111, coded_by_hand: -(first?.payout.amount ?? 0) });
    await desk.inXero("remove-bank-transaction", { bankTransactionId: like });
    expect(await told()).toEqual({ not_ours: 1_111 });
  });

  test("of an entry that a person moved to another day", async () => {
    const { id: bankTransactionId } = await byHand("RECEIVE", 777, daysAgo(80));
    await whole();
    await desk.inXero("recode-bank-transaction", { bankTransactionId, date: daysAgo(2) });
    expect(await told()).toEqual({ not_ours: 1_888 });
    await desk.inXero("remove-bank-transaction", { bankTransactionId });
    expect(await told()).toEqual({ not_ours: 1_111 });
  });

  test("of a late refund of a settled payment, until a payout has it", async () => {
    const { id } = await desk.atStripe("refund", { payment: first?.capture.objectRef, amount: 4_000 });
    await readRefund(db(), { processorAccountId: desk.processorAccountId, objectRef: id });
    expect(await told()).toEqual({ not_ours: 1_111, on_its_way: 4_000, refund_waiting: -4_000 });
    expect(await setAside()).not.toContain(first?.payout.id);
    await postRefundsAndDisputes(db());
    await runToIdle(db());
    expect(await told()).toEqual({ not_ours: 1_111, refund_waiting: -4_000 });
    await desk.ripe();
    await desk.paidOut();
    await desk.heard();
    expect(await told()).toEqual({ not_ours: 1_111 });
    // The payment is in a payout of today too; what else is in the old one needs no look.
    await daysPass();
    expect(await setAside()).toContain(first?.payout.id);
    expect(await told()).toEqual({ not_ours: 1_111 });
  });

  test("of a late dispute of a settled payment that is lost", async () => {
    const { id } = await desk.atStripe("dispute", { payment: second?.capture.objectRef });
    const heard = async () => {
      await readDispute(db(), { processorAccountId: desk.processorAccountId, objectRef: id });
      await postRefundsAndDisputes(db());
      await runToIdle(db());
    };
    await heard();
    expect(await told()).toMatchObject({ not_ours: 1_111 });
    await desk.atStripe("dispute-answer", { dispute: id, answer: "lost" });
    await heard();
    expect(await told()).toEqual({ not_ours: 1_111, refund_waiting: -10_000 });
    await desk.paidOut();
    await desk.heard();
    expect(await told()).toEqual({ not_ours: 1_111 });
    await daysPass();
    expect(await setAside()).toContain(second?.payout.id);
    expect(await told()).toEqual({ not_ours: 1_111 });
  });

  test("of a settled payout that comes back", async () => {
    await desk.atStripe("payout-answer", { payout: third?.payout.id, answer: "account_closed" });
    await desk.heard();
    expect(await told()).toEqual({ not_ours: 1_111, came_back: third?.payout.amount });
    expect(await setAside()).not.toContain(third?.payout.id);
    await desk.paidOut();
    await desk.heard();
    expect(await told()).toEqual({ not_ours: 1_111 });
    await matchAll();
    expect(await told()).toEqual({ not_ours: 1_111 });
    await daysPass();
    expect(await setAside()).toContain(third?.payout.id);
    expect(await told()).toEqual({ not_ours: 1_111 });
  });
});

describe("what was paid out before the first day", () => {
  let early: Awaited<ReturnType<typeof longAgo>>;

  beforeAll(async () => {
    await desk.setUp({ startsOn: daysAgo(-30) });
    early = await longAgo();
    await desk.setUp({ startsOn: daysAgo(80) });
    for (let more = 0; more < 4; more += 1) await longAgo();
    await whole();
  });

  test("is from before, and no row is read of it", async () => {
    expect(await told()).toMatchObject({ before: 10_000 });
    expect(await setAside()).toContain(early.payout.id);
    const { rows } = await costOf(() => checkClearingSinceLast(db(), desk.books.connectionId));
    const one = await costOf(() => whole());
    for (const [at, count] of rows.entries()) expect(count).toBeLessThan(one.rows[at] ?? 0);
  });

  test("is looked at again once a payment in it is refunded", async () => {
    const { id } = await desk.atStripe("refund", { payment: early.capture.objectRef, amount: 4_000 });
    await readRefund(db(), { processorAccountId: desk.processorAccountId, objectRef: id });
    await postRefundsAndDisputes(db());
    await runToIdle(db());
    expect(await told()).toMatchObject({ before: 10_000, refund_waiting: -4_000 });
    await desk.ripe();
    const later = await desk.paidOut();
    await desk.heard();
    expect(await told()).toMatchObject({ before: 10_000 });
    await daysPass();
    expect(await told()).toMatchObject({ before: 10_000 });
    expect(await setAside()).toContain(early.payout.id);
    // Once that payout is set aside too, nothing of the payment is open.
    await matchAll();
    old.set(later.id, 70);
    await whole();
    expect(await setAside()).toContain(later.id);
    const { refund_waiting: waiting, ...rest } = await told();
    expect([waiting, rest]).toEqual([undefined, expect.objectContaining({ before: 10_000 })]);
  });
});

test("a settled payment that somebody deletes in Xero is told once all is read: when a person asks, or after a week", async () => {
  const { capture } = await longAgo();
  await whole();
  const { rows } = await db().execute<{ id: string }>(
    sql`select xero_id as id from postings where source_id = ${capture.id} and kind = 'payment'`,
  );
  await desk.inXero("remove-payment", { paymentId: rows[0]?.id });
  const sinceLast = async () => {
    const { parts } = await checkClearingSinceLast(db(), desk.books.connectionId);
    return parts.find(({ cause }) => cause === "removed")?.sum;
  };
  expect(await sinceLast()).toBeUndefined();
  await db().execute(sql`update clearing_marks set whole_at = now() - interval '8 days'`);
  await age();
  expect(await sinceLast()).toBe("-10000");
  expect(await sinceLast()).toBe("-10000");
  expect((await whole()).parts.find(({ cause }) => cause === "removed")?.sum).toBe("-10000");
});
