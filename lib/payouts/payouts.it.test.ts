import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { processorEvents } from "#db/schema/processor.ts";
import { settleAttempt } from "#lib/payments/attempts/settle-attempt.ts";
import { readDispute } from "#lib/payments/disputes/record-dispute.ts";
import { postRefundsAndDisputes } from "#lib/payments/post-refunds-and-disputes.ts";
import { readRefund } from "#lib/payments/refunds/settle-refund.ts";
import { listRefused } from "#lib/posting/read.ts";
import { retryPostings } from "#lib/posting/retry.ts";
import { allowTestPayments } from "#lib/processor/allow-test.ts";
import { readProcessor } from "#lib/processor/read.ts";
import { saveAccount } from "#lib/processor/save-account.ts";
import { owe100 } from "#lib/testing/crashes/pay-crashes.ts";
import { testDb } from "#lib/testing/database.ts";
import { attemptOf, begin, commit, payAtStripe } from "#lib/testing/desk.ts";
import { openPayoutDesk, type PayoutDesk } from "#lib/testing/payouts.ts";
import { paidByCard } from "#lib/testing/refunds.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { invoiceInXero, runToIdle, sessionsInStripe } from "#lib/testing/truth/truth.ts";
import { listClearingChoices, setClearingAccount } from "#lib/xero/organisations/clearing-account.ts";
import { markPayoutByHand } from "./by-hand.ts";
import { chooseClearing, clearingChoices } from "./clearing/choose-clearing.ts";
import { readPayoutSettings } from "./payout-settings.ts";
import { listProblemPayouts } from "./read.ts";
import { processPayoutEvents } from "./read-from-processor.ts";

const db = testDb();
const simulator = testSimulator();
let desk: PayoutDesk;

beforeAll(async () => {
  desk = await openPayoutDesk(db(), simulator());
});
beforeEach(() => desk.setUp());

const moved = (work: () => Promise<unknown>) => desk.moved(work);
const clearing = () => desk.clearing();
const NOTHING = { bank: 0, clearing: 0 };
const RIGHT = { isRight: true };

/** Another firm, of another country, that takes its payments by this firm's account at Stripe. */
let other: PayoutDesk | undefined;
async function sharing(): Promise<PayoutDesk> {
  if (other) return other;
  other = await openPayoutDesk(db(), simulator(), { country: "uk" });
  await saveAccount(db(), other.caller, { secretKey: "sk_test_demo_accountants" });
  await allowTestPayments(db(), other.caller, { allowed: true });
  return other;
}

const intentOf = async (session: string) =>
  (await sessionsInStripe(simulator())).find(({ id }) => id === session)?.payment_intent;

const postings = async () =>
  (await db().execute(sql`select kind, count(*)::int as count from postings group by kind order by kind`))
    .rows;

type FeeInXero = { id: string; lines: { taxType: string; lineAmount: number }[] };

const feesInXero = async () =>
  (
    await simulator().control<{ bankTransactions: FeeInXero[] }>(
      "GET",
      `/control/xero/bank-transactions?tenantId=${desk.tenantId}&type=SPEND`,
    )
  ).bankTransactions;

describe("a payout", () => {
  test("is in Xero as fee and transfer: the bank gets exactly the net, and nothing stays in clearing", async () => {
    let net = 0;
    const change = await moved(async () => {
      await paidByCard(desk);
      expect(await clearing()).toEqual({ ...RIGHT, waiting: 10_000 });
      await desk.ripe();
      net = (await desk.paidOut()).amount;
      await desk.heard();
    });
    expect(net).toBeLessThan(10_000);
    expect(change).toEqual({ bank: net, clearing: 0 });
    expect(await clearing()).toEqual(RIGHT);
    expect(await moved(() => desk.heard())).toEqual({ bank: 0, clearing: 0 });
  });

  test("on its way to the bank stays in clearing, and the check says so; nothing is written before it arrives", async () => {
    await paidByCard(desk);
    await desk.ripe();
    const { id, amount } = await desk.atStripe("payout");
    expect(await moved(() => desk.heard())).toEqual({ bank: 0, clearing: 0 });
    expect(await clearing()).toEqual({ ...RIGHT, in_transit: 10_000 });
    await desk.atStripe("payout-answer", { payout: id });
    expect(await moved(() => desk.heard())).toEqual({ bank: amount, clearing: -10_000 });
    expect(await clearing()).toEqual(RIGHT);
  });

  test("is told by Stripe's event at once, and what the event says of it counts for nothing", async () => {
    await paidByCard(desk);
    await desk.ripe();
    const { id, amount } = await desk.paidOut();
    const rings = async (objectRef: string) => {
      await db()
        .insert(processorEvents)
        .values({
          ...{ firmId: desk.books.firmId, accountId: desk.processorAccountId, eventRef: randomUUID() },
          ...{ type: "payout.paid", objectRef },
        });
      await processPayoutEvents(db(), desk.processorAccountId);
      await runToIdle(db());
    };
    expect(await moved(() => rings("po_made_up"))).toEqual({ bank: 0, clearing: 0 });
    expect(await moved(() => rings(id))).toEqual({ bank: amount, clearing: -10_000 });
    expect(await moved(() => Promise.all([rings(id), desk.heard()]))).toEqual({ bank: 0, clearing: 0 });
  });

  test("has a fee for each payment in Xero where the firm wants that", async () => {
    await desk.setUp({ feesPer: "payment" });
    const before = await postings();
    const change = await moved(async () => {
      await paidByCard(desk);
      await paidByCard(desk);
      await desk.atStripe("balance-entry", { type: "stripe_fee", amount: -500 });
      await desk.ripe();
      await desk.paidOut();
      await desk.heard();
    });
    expect(change.clearing).toBe(0);
    const count = (rows: typeof before) => rows.find(({ kind }) => kind === "fee")?.count as number;
    expect(count(await postings()) - count(before)).toBe(3);
    expect(await clearing()).toEqual(RIGHT);
  });

  test("nets a refund, and one that the payout does not have yet is named", async () => {
    const capture = await paidByCard(desk);
    await desk.ripe();
    await desk.paidOut();
    await desk.heard();
    const { id } = await desk.atStripe("refund", { payment: capture.objectRef, amount: 4_000 });
    await readRefund(db(), { processorAccountId: desk.processorAccountId, objectRef: id });
    expect(await clearing()).toMatchObject({ on_its_way: 4_000, refund_waiting: -4_000 });
    await postRefundsAndDisputes(db());
    await runToIdle(db());
    expect(await clearing()).toEqual({ ...RIGHT, refund_waiting: -4_000 });

    // There is nothing else to take it from: Stripe takes it from the bank account.
    await desk.ripe();
    const change = await moved(async () => {
      expect((await desk.paidOut()).amount).toBe(-4_000);
      await desk.heard();
    });
    expect(change).toEqual({ bank: -4_000, clearing: 4_000 });
    expect(await clearing()).toEqual(RIGHT);
  });

  test("is heard of before the payment and the refund in it: it is written once they are known", async () => {
    await paidByCard(desk);
    await owe100(desk);
    const token = await begin(desk, { number: "INV-2017", amount: "100.00" });
    await commit(desk, token);
    const attempt = await attemptOf(desk, token);
    await payAtStripe(desk, attempt.sessionRef ?? "", "4000000000000077");
    const atStripe = (path: string, body = {}) =>
      fetch(`${simulator().url}/v1/${path}`, {
        method: "POST",
        headers: { authorization: "Bearer sk_test_demo_accountants" },
        body: new URLSearchParams(body),
      }).then((answer) => answer.json() as Promise<{ id: string }>);
    const intent = await intentOf(attempt.sessionRef ?? "");
    // As if we had died between Stripe's answer and our record.
    await atStripe(`payment_intents/${intent}/capture`);
    const refund = await atStripe("refunds", { payment_intent: intent, amount: "3000" });
    const { amount } = await desk.paidOut();
    expect(await moved(() => desk.heard())).toEqual({ bank: 0, clearing: 0 });

    const change = await moved(async () => {
      await settleAttempt(db(), attempt.id);
      await readRefund(db(), { processorAccountId: desk.processorAccountId, objectRef: refund.id });
      await postRefundsAndDisputes(db());
      await runToIdle(db());
      await postRefundsAndDisputes(db());
      await desk.heard();
    });
    expect(change).toEqual({ bank: amount, clearing: 0 });
    await desk.ripe();
    await desk.paidOut();
    await desk.heard();
    expect(await clearing()).toEqual(RIGHT);
  });

  describe("less a dispute", () => {
    type Row = [string, { as?: string }, object[], Record<string, number>, Record<string, number>];
    const rows: Row[] = [
      ["not decided", {}, [], { dispute_held: 10_000 }, { dispute_held: 10_000 }],
      ["an inquiry, which takes nothing", { as: "inquiry" }, [], {}, {}],
      ["won", {}, [{ answer: "won" }], { dispute_back: 10_000 }, {}],
      [
        "won, not given back yet",
        {},
        [{ answer: "won", late: true }],
        { dispute_held: 10_000 },
        { dispute_held: 10_000 },
      ],
      ["won, 60.00 given back", {}, [{ answer: "won", givenBack: 6_000 }], { dispute_back: 6_000 }, {}],
      ["lost", {}, [{ answer: "lost" }], {}, {}],
      ["lost, 40.00 given back", {}, [{ answer: "lost", givenBack: 4_000 }], { dispute_back: 4_000 }, {}],
      ["lost, then won", {}, [{ answer: "lost" }, { answer: "won" }], { dispute_back: 10_000 }, {}],
      ["won, then lost", {}, [{ answer: "won" }, { answer: "lost" }], {}, {}],
      ["lost, then appealed", {}, [{ answer: "lost" }, { answer: "appealed" }], {}, {}],
      [
        "won, then appealed",
        {},
        [{ answer: "won" }, { answer: "appealed" }],
        { dispute_held: 10_000 },
        { dispute_held: 10_000 },
      ],
      ["prevented", { as: "prevented" }, [], {}, {}],
    ];

    test.each(rows)(
      "%s: each cent is named, and none is left over",
      async (_, begins, answers, at, after) => {
        const capture = await paidByCard(desk);
        await desk.ripe();
        await desk.paidOut();
        const { id } = await desk.atStripe("dispute", { payment: capture.objectRef, ...begins });
        const told = async () => {
          await readDispute(db(), { processorAccountId: desk.processorAccountId, objectRef: id });
          await postRefundsAndDisputes(db());
          await runToIdle(db());
        };
        await told();
        // What it took is in a payout, also one that takes from the bank, before anybody decides.
        if (begins.as !== "inquiry") await desk.paidOut();
        await desk.heard();
        for (const answer of answers) {
          await desk.atStripe("dispute-answer", { dispute: id, ...answer });
          await told();
        }
        expect(await clearing()).toEqual({ ...RIGHT, ...at });
        await desk.atStripe("payout").then(
          ({ id: payout }) => desk.atStripe("payout-answer", { payout }),
          () => {},
        );
        await desk.heard();
        expect(await clearing()).toEqual({ ...RIGHT, ...after });
        if (Object.keys(after).length === 0) return;
        await desk.atStripe("dispute-answer", { dispute: id, answer: "lost" });
        await told();
        expect(await clearing()).toEqual(RIGHT);
      },
    );

    test("of which nobody heard, the payout itself tells", async () => {
      const capture = await paidByCard(desk);
      await desk.ripe();
      await desk.paidOut();
      await desk.heard();
      const { id } = await desk.atStripe("dispute", { payment: capture.objectRef });
      await desk.atStripe("dispute-answer", { dispute: id, answer: "lost" });
      await desk.paidOut();
      await desk.heard();
      await postRefundsAndDisputes(db());
      await runToIdle(db());
      expect((await invoiceInXero(simulator(), desk.tenantId, "INV-2017")).amountDue).toBe(10_000);
      expect(await clearing()).toEqual(RIGHT);
    });
  });

  test("that the bank gives back is transferred back in Xero, and the next one has its money", async () => {
    await paidByCard(desk);
    await desk.ripe();
    const { id, amount } = await desk.paidOut();
    await desk.heard();
    await desk.atStripe("payout-answer", { payout: id, answer: "account_closed" });
    expect(await moved(() => desk.heard())).toEqual({ bank: -amount, clearing: amount });
    expect(await clearing()).toEqual({ ...RIGHT, came_back: amount });
    await desk.paidOut();
    expect(await moved(() => desk.heard())).toEqual({ bank: amount, clearing: -amount });
    expect(await clearing()).toEqual(RIGHT);
  });

  test("that fails before it arrives leaves its fees in Xero, and no transfer", async () => {
    await paidByCard(desk);
    await desk.ripe();
    const { id, amount } = await desk.atStripe("payout");
    await desk.atStripe("payout-answer", { payout: id, answer: "no_account" });
    expect(await moved(() => desk.heard())).toEqual({ bank: 0, clearing: amount - 10_000 });
    expect(await clearing()).toEqual({ ...RIGHT, came_back: amount });
    await desk.paidOut();
    await desk.heard();
    expect(await clearing()).toEqual(RIGHT);
  });

  test("whose transactions don't add up to it is not written, and a person is told both sums", async () => {
    await paidByCard(desk);
    await desk.ripe();
    const { id } = await desk.paidOut();
    const lie = { method: "GET", path: "/v1/balance_transactions", times: 1 };
    const body = JSON.stringify({
      object: "list",
      has_more: false,
      url: "/v1/balance_transactions",
      data: [],
    });
    await simulator().control("POST", "/control/faults", {
      ...lie,
      effect: { kind: "status", status: 200, body },
    });
    expect(await moved(() => desk.heard())).toEqual({ bank: 0, clearing: 0 });
    const [waiting, ...more] = await listProblemPayouts(db(), desk.caller.firm);
    expect(more).toEqual([]);
    expect(waiting).toMatchObject({ objectRef: id, problem: expect.stringMatching(/A\$0\.00/) });
    await simulator().control("DELETE", "/control/faults");
    await desk.heard();
    expect(await listProblemPayouts(db(), desk.caller.firm)).toEqual([]);
  });

  test("made by hand at Stripe is a transfer of its amount, and what it left there is named", async () => {
    await paidByCard(desk);
    await desk.ripe();
    const made = await fetch(`${simulator().url}/v1/payouts`, {
      method: "POST",
      headers: { authorization: "Bearer sk_test_demo_accountants" },
      body: new URLSearchParams({ amount: "5000", currency: "aud" }),
    });
    const { id } = (await made.json()) as { id: string };
    await desk.atStripe("payout-answer", { payout: id });
    expect(await moved(() => desk.heard())).toEqual({ bank: 5_000, clearing: -5_200 });
    expect(await clearing()).toEqual({ ...RIGHT, at_processor: 4_800 });
    const rest = await desk.paidOut();
    expect(rest.amount).toBe(4_800);
    expect(await moved(() => desk.heard())).toEqual({ bank: 4_800, clearing: -4_800 });
    expect(await clearing()).toEqual(RIGHT);
  });

  test("that came back while Xero still refused it is no transfer at all", async () => {
    await paidByCard(desk);
    await desk.ripe();
    const { id, amount } = await desk.paidOut();
    const future = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);
    await desk.inXero("lock-dates", { periodLockDate: future });
    await desk.heard();
    await desk.inXero("lock-dates", {});
    await desk.atStripe("payout-answer", { payout: id, answer: "account_closed" });
    await desk.heard();
    const [refusedFee, ...more] = await listRefused(db(), desk.caller.firm);
    expect(more).toEqual([]);
    expect(refusedFee?.kind).toBe("fee");
    await retryPostings(db(), desk.caller, [refusedFee?.postingId ?? ""]);
    await runToIdle(db());
    expect(await clearing()).toEqual({ ...RIGHT, came_back: amount });
    await desk.paidOut();
    await desk.heard();
    expect(await clearing()).toEqual(RIGHT);
  });

  test("with the processor's correction is written whole, and the correction is named", async () => {
    await desk.atStripe("balance-entry", { type: "adjustment", amount: -300 });
    await paidByCard(desk);
    await desk.ripe();
    const { amount } = await desk.paidOut();
    expect(await moved(() => desk.heard())).toMatchObject({ bank: amount });
    expect(await clearing()).toEqual({ isRight: false, adjustment: 300 });
    await desk.inXero("bank-transaction", {
      ...{ type: "SPEND", bankAccount: desk.clearingAccountId, account: "404", amount: 3 },
      contactId: await desk.someContact(),
    });
    expect(await clearing()).toEqual(RIGHT);
  });

  test.each(["payout", "payment"] as const)(
    "whose fees carry tax has them on lines of their own, a document a %s",
    async (feesPer) => {
      await desk.setUp({ feesPer, taxedFeeTaxType: "INPUT" });
      await desk.atStripe("fee-tax", { percent: 10 });
      await paidByCard(desk);
      await desk.atStripe("fee-tax", { percent: 0 });
      await desk.atStripe("balance-entry", { type: "stripe_fee", amount: -200 });
      await desk.ripe();
      const { amount } = await desk.paidOut();
      const seen = new Set((await feesInXero()).map(({ id }) => id));
      expect(await moved(() => desk.heard())).toMatchObject({ bank: amount });
      const fees = (await feesInXero()).filter(({ id }) => !seen.has(id));
      expect(fees).toHaveLength(feesPer === "payout" ? 1 : 2);
      const lines = fees.flatMap((fee) => fee.lines);
      const taxed = lines.filter(({ taxType }) => taxType === "INPUT");
      const others = lines.filter(({ taxType }) => taxType === "BASEXCLUDED");
      expect([taxed.length, others.map(({ lineAmount }) => lineAmount)]).toEqual([1, [200]]);
      expect((taxed[0]?.lineAmount ?? 0) + 200).toBe(10_000 - amount);
      expect(await clearing()).toEqual(RIGHT);
    },
  );

  test("that Stripe holds a reserve of stays whole, and so does the one that it is released into", async () => {
    await desk.atStripe("balance-entry", { type: "reserve_hold", amount: -2_500 });
    await paidByCard(desk);
    await desk.ripe();
    const held = await desk.paidOut();
    expect(await moved(() => desk.heard())).toMatchObject({ bank: held.amount });
    expect(await clearing()).toEqual({ ...RIGHT, reserve: 2_500 });
    await desk.atStripe("balance-entry", { type: "reserve_release", amount: 2_500 });
    await paidByCard(desk);
    await desk.ripe();
    const released = await desk.paidOut();
    expect(released.amount).toBe(held.amount + 5_000);
    expect(await moved(() => desk.heard())).toMatchObject({ bank: released.amount });
    expect(await clearing()).toEqual(RIGHT);
  });

  test("with payments of several organisations is a person's, who is told so", async () => {
    const other = await openPayoutDesk(db(), simulator(), { country: "us", setUp: false });
    const capture = await paidByCard(desk);
    await paidByCard(desk);
    await desk.ripe();
    const { id, amount } = await desk.paidOut();
    // As where a firm takes money for two organisations by one account at Stripe.
    const isOf = ({ books }: PayoutDesk) =>
      db().execute(sql`update captures set connection_id = ${books.connectionId} where id = ${capture.id}`);
    await isOf(other);
    expect(await moved(() => desk.heard())).toEqual({ bank: 0, clearing: 0 });
    const problems = await listProblemPayouts(db(), desk.caller.firm);
    expect(problems).toMatchObject([
      { objectRef: id, problem: expect.stringContaining("several organisations") },
    ]);
    await isOf(desk);
    expect(await moved(() => desk.heard())).toMatchObject({ bank: amount });
    expect(await listProblemPayouts(db(), desk.caller.firm)).toEqual([]);
  });

  test("that arrived before the first day to write is left to the bookkeeper", async () => {
    await desk.setUp({ startsOn: "2099-01-01" });
    await paidByCard(desk);
    await desk.ripe();
    await desk.paidOut();
    expect(await moved(() => desk.heard())).toEqual({ bank: 0, clearing: 0 });
  });
});

test("in a currency that the clearing account is not kept in, it is a person's, who is told so and says when it is done", async () => {
  const uk = await sharing();
  const token = await begin(uk, { number: "INV-3001", amount: "480.00" });
  await commit(uk, token);
  const attempt = await attemptOf(uk, token);
  await payAtStripe(uk, attempt.sessionRef ?? "");
  await settleAttempt(db(), attempt.id);
  await runToIdle(db());
  await uk.ripe();
  const { id } = await desk.paidOut();
  expect(await uk.moved(() => uk.heard())).toEqual({ bank: 0, clearing: 0 });
  const waits = async () =>
    (await listProblemPayouts(db(), uk.caller.firm)).find((one) => one.objectRef === id);
  const waiting = await waits();
  expect(waiting).toMatchObject({
    objectRef: id,
    problem: expect.stringContaining("paid out in AUD, and the clearing account is kept in GBP"),
  });
  expect(await uk.clearing()).toEqual({ isRight: false, payout_waits: 48_000 });
  const done = { payoutId: waiting?.payoutId ?? "", note: "Entered with the bank's rate" };
  await expect(markPayoutByHand(db(), desk.caller, done)).rejects.toMatchObject({ code: "conflict" });
  await markPayoutByHand(db(), uk.caller, done);
  await uk.heard();
  expect(await waits()).toBeUndefined();
  // The bank line in pounds, Stripe's fees at the bank's rate, and what is left as exchange difference.
  const bought = (what: object) =>
    uk.inXero("bank-transaction", {
      type: "SPEND",
      bankAccount: uk.clearingAccountId,
      account: "404",
      ...what,
    });
  const contactId = await uk.someContact();
  await uk.inXero("bank-transfer", { from: uk.clearingAccountId, to: uk.bankId, amount: "465.10" });
  await bought({ contactId, amount: "11.40" });
  expect((await uk.clearing()).isRight).toBe(false);
  await bought({ contactId, amount: "3.50" });
  expect(await uk.clearing()).toEqual(RIGHT);
  await expect(markPayoutByHand(db(), uk.caller, done)).rejects.toMatchObject({ code: "conflict" });
});

test("the bank account that payouts arrive on is neither offered nor taken as clearing account", async () => {
  await desk.setUp();
  const { firm } = desk.caller;
  const { connectionId } = desk.books;
  const arrives = (await readPayoutSettings(db(), firm, connectionId))?.bankAccountId ?? "";
  const offered = (await clearingChoices(db(), firm, connectionId)).map(({ accountId }) => accountId);
  expect(offered).toContain(desk.clearingAccountId);
  expect(offered).not.toContain(arrives);
  await expect(chooseClearing(db(), desk.caller, { connectionId, accountId: arrives })).rejects.toMatchObject(
    { code: "invalid", field: "accountId" },
  );
});

test("a clearing account that is no bank account can't be set up for payouts, and the owner hears why", async () => {
  const { firm } = desk.caller;
  const { connectionId } = desk.books;
  const choices = await listClearingChoices(db(), firm, connectionId);
  const current = choices.find(({ name }) => name === "Stripe clearing")?.accountId ?? "";
  await setClearingAccount(db(), desk.caller, { connectionId, accountId: current });
  await expect(desk.setUp()).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("is not a bank account in Xero"),
  });
  await setClearingAccount(db(), desk.caller, { connectionId, accountId: desk.clearingAccountId });
});

test("of two firms that use one account: what holds money of both is written to neither, and each is told its share", async () => {
  const uk = await sharing();
  expect(await readProcessor(db(), uk.caller.firm)).toMatchObject({ isShared: true });
  const before = await clearing();
  await paidByCard(desk);
  const token = await begin(uk, { number: "INV-3002", amount: "120.50" });
  await commit(uk, token);
  const attempt = await attemptOf(uk, token);
  await payAtStripe(uk, attempt.sessionRef ?? "");
  await settleAttempt(db(), attempt.id);
  await runToIdle(db());
  await desk.ripe();
  await desk.atStripe("balance-entry", { type: "reserve_hold", amount: -500 });
  const { id } = await desk.paidOut();
  const ukMoved = () => uk.moved(async () => expect(await moved(() => desk.heard())).toEqual(NOTHING));
  expect(await ukMoved()).toEqual(NOTHING);
  const waiting = async ({ caller }: PayoutDesk) =>
    (await listProblemPayouts(db(), caller.firm)).find((one) => one.objectRef === id);
  for (const [one, share] of [
    [desk, /share is A\$9\d\.\d\d, after A\$\d\.\d\d of fees\. -A\$5\.00 of it belongs to no payment/],
    [uk, /share is A\$\d+\.\d\d, after .* -A\$5\.00 of it belongs to no payment/],
  ] as const)
    expect((await waiting(one))?.problem).toMatch(share);

  // The bookkeeper enters this firm's share, as the words say.
  const said = (await waiting(desk))?.problem ?? "";
  const [net, fee] = [...said.matchAll(/A\$([\d.]+)/g)].map(([, amount]) => amount);
  await desk.inXero("bank-transfer", { from: desk.clearingAccountId, to: desk.bankId, amount: net });
  await desk.inXero("bank-transaction", {
    ...{ type: "SPEND", bankAccount: desk.clearingAccountId, account: "404", amount: fee },
    contactId: await desk.someContact(),
  });
  await markPayoutByHand(db(), desk.caller, {
    payoutId: (await waiting(desk))?.payoutId ?? "",
    note: "Entered",
  });
  expect(await clearing()).toEqual(before);

  // What holds this firm's payments alone is written here, and is nothing to the other.
  await paidByCard(desk);
  await desk.ripe();
  const { amount } = await desk.paidOut();
  expect(await uk.moved(async () => expect((await moved(() => desk.heard())).bank).toBe(amount))).toEqual(
    NOTHING,
  );
});
