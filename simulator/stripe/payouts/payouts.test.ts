import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { initStripe, stripeRoutes } from "../index.ts";
import { seedStripe } from "../seed.ts";
import { connect, control, eventTypes, line, pay } from "../test-merchant.ts";
import { type Site, startTestSite } from "../test-site.ts";

let simulator: Site;
let stripe: Stripe;

beforeAll(async () => {
  simulator = await startTestSite(stripeRoutes, initStripe);
  stripe = connect(simulator.url);
});
afterAll(() => simulator.close());
beforeEach(() => {
  simulator.world.clock.advance((Date.now() - simulator.world.clock.now()) / 1000);
  seedStripe(simulator.world);
});

const DAY = 86_400;
const account = "acct_1SimDemoAccountants";
const days = (count: number) => simulator.world.clock.advance(count * DAY);
const lever = (path: string, body: object = {}) => control(simulator.url, path, { account, ...body });
const newEvents = async (known: number) => (await eventTypes(stripe)).slice(known);
const linesOf = async (payout: string) =>
  (await stripe.balanceTransactions.list({ payout, limit: 100 })).data;
const sum = (entries: Stripe.BalanceTransaction[]) => entries.reduce((total, { net }) => total + net, 0);

async function balance() {
  const { available, pending } = await stripe.balance.retrieve();
  return { available: available[0]?.amount, pending: pending[0]?.amount };
}

test("a charge's money is pending for two days and available then", async () => {
  const { charge } = await pay(stripe, simulator.url);
  expect(await balance()).toEqual({ available: 0, pending: 216_230 });
  days(2);
  expect(await balance()).toEqual({ available: 216_230, pending: 0 });
  const [entry] = (await stripe.balanceTransactions.list({ source: charge })).data;
  expect(entry).toMatchObject({ status: "available", available_on: (entry?.created ?? 0) + 2 * DAY });
});

test("an automatic payout has exactly what was available, and its own negative line", async () => {
  const first = await pay(stripe, simulator.url);
  const second = await pay(stripe, simulator.url, { line_items: [line(10_000, "x")] });
  await stripe.refunds.create({ charge: first.charge, amount: 20_000 });
  await lever("balance-entry", { type: "stripe_fee", amount: -500 });
  days(2);
  const late = await pay(stripe, simulator.url);
  const known = (await eventTypes(stripe)).length;
  const payout: Stripe.Payout = await lever("payout");
  expect(payout).toMatchObject({
    amount: 216_230 + 9800 - 20_000 - 500,
    automatic: true,
    status: "in_transit",
    currency: "aud",
    reconciliation_status: "completed",
  });
  const lines = await linesOf(payout.id);
  expect(lines.map(({ type, net }) => [type, net])).toEqual([
    ["payout", -payout.amount],
    ["stripe_fee", -500],
    ["refund", -20_000],
    ["charge", 9800],
    ["charge", 216_230],
  ]);
  expect(lines[0]).toMatchObject({
    id: payout.balance_transaction,
    source: payout.id,
    description: "STRIPE PAYOUT",
  });
  expect(lines.map(({ source }) => source)).toEqual(expect.arrayContaining([first.charge, second.charge]));
  expect(lines.map(({ source }) => source)).not.toContain(late.charge);
  expect(sum(lines)).toBe(0);
  expect(await balance()).toEqual({ available: 0, pending: 216_230 });
  expect(await newEvents(known)).toEqual([
    "payout.created",
    "payout.updated",
    "payout.reconciliation_completed",
  ]);
  expect(await lever("payout")).toEqual({ error: "Nothing is available" });
});

test("a payout arrives on its date", async () => {
  await pay(stripe, simulator.url);
  days(2);
  const payout: Stripe.Payout = await lever("payout");
  const known = (await eventTypes(stripe)).length;
  expect(payout.arrival_date).toBeGreaterThan(payout.created);
  days(2);
  expect(await stripe.payouts.retrieve(payout.id, { expand: ["balance_transaction"] })).toMatchObject({
    status: "paid",
    trace_id: { status: "supported" },
    balance_transaction: { net: -payout.amount },
  });
  expect(await newEvents(known)).toEqual(["payout.paid"]);
});

test("the transactions of a payout cannot be listed before Stripe has worked them out", async () => {
  await pay(stripe, simulator.url);
  days(2);
  const payout: Stripe.Payout = await lever("payout", { reconciled: false });
  expect(payout.reconciliation_status).toBe("in_progress");
  await expect(linesOf(payout.id)).rejects.toMatchObject({ code: "payout_reconciliation_not_ready" });
  const known = (await eventTypes(stripe)).length;
  await lever("payout-answer", { payout: payout.id });
  expect(await newEvents(known)).toEqual([
    "payout.paid",
    "payout.updated",
    "payout.reconciliation_completed",
  ]);
  expect(await linesOf(payout.id)).toHaveLength(2);
});

test("a payout that fails, also after it was paid, puts the money back for the next one", async () => {
  await pay(stripe, simulator.url);
  days(2);
  const first: Stripe.Payout = await lever("payout");
  days(2);
  const known = (await eventTypes(stripe)).length;
  await lever("payout-answer", { payout: first.id, answer: "account_closed" });
  const failed = await stripe.payouts.retrieve(first.id, { expand: ["failure_balance_transaction"] });
  expect(failed).toMatchObject({
    status: "failed",
    failure_code: "account_closed",
    failure_balance_transaction: { type: "payout_failure", net: first.amount, source: first.id },
  });
  expect(await newEvents(known)).toEqual(["payout.failed"]);
  expect(await lever("payout-answer", { payout: first.id })).toEqual({ error: "This payout is failed" });
  const second: Stripe.Payout = await lever("payout");
  expect(second.amount).toBe(first.amount);
  expect((await linesOf(second.id)).map(({ type }) => type)).toEqual(["payout", "payout_failure"]);
  expect((await linesOf(first.id)).map(({ type }) => type)).toEqual(["payout", "charge"]);
});

test("a negative balance is taken from the bank account", async () => {
  const { charge } = await pay(stripe, simulator.url);
  days(2);
  await lever("payout");
  await stripe.refunds.create({ charge, amount: 50_000 });
  const payout: Stripe.Payout = await lever("payout");
  expect(payout).toMatchObject({ amount: -50_000, automatic: true });
  expect((await linesOf(payout.id)).map(({ type, net }) => [type, net])).toEqual([
    ["payout", 50_000],
    ["refund", -50_000],
  ]);
  expect(await balance()).toEqual({ available: 0, pending: 0 });
});

test("daily payouts are off until they are switched on", async () => {
  await pay(stripe, simulator.url);
  days(5);
  expect((await stripe.payouts.list()).data).toEqual([]);
  await lever("payout-schedule", { daily: true });
  days(1);
  const [payout] = (await stripe.payouts.list()).data;
  expect(payout).toMatchObject({ amount: 216_230, automatic: true });
  days(3);
  await pay(stripe, simulator.url);
  days(3);
  expect((await stripe.payouts.list()).data).toHaveLength(2);
  await lever("payout-schedule", { daily: false });
  await pay(stripe, simulator.url);
  days(5);
  expect((await stripe.payouts.list()).data).toHaveLength(2);
});

test("payouts are listed by status and by the day they arrive", async () => {
  await pay(stripe, simulator.url);
  days(2);
  const payout: Stripe.Payout = await lever("payout");
  const ids = async (wanted: Stripe.PayoutListParams) =>
    (await stripe.payouts.list(wanted)).data.map(({ id }) => id);
  expect(await ids({ status: "in_transit" })).toEqual([payout.id]);
  expect(await ids({ status: "paid" })).toEqual([]);
  expect(await ids({ arrival_date: { gte: payout.arrival_date } })).toEqual([payout.id]);
  expect(await ids({ arrival_date: { gt: payout.arrival_date } })).toEqual([]);
});

test("control tells balance, payouts and what is in each", async () => {
  await pay(stripe, simulator.url);
  days(2);
  const payout: Stripe.Payout = await lever("payout");
  const truth = await (await fetch(`${simulator.url}/control/stripe/truth`)).json();
  expect(truth.accounts[0]).toMatchObject({
    balance: { available: 0, pending: 0 },
    payouts: [{ id: payout.id }],
  });
  expect(truth.payoutLines).toHaveLength(2);
  expect(truth.payoutLines[1]).toEqual({ payout: payout.id, balanceTransaction: payout.balance_transaction });
});

test("of one payout some fees carry tax and others don't, and a reserve is held and released", async () => {
  const plain = await pay(stripe, simulator.url);
  await lever("fee-tax", { percent: 10 });
  const taxed = await pay(stripe, simulator.url);
  await lever("fee-tax", { percent: 0 });
  await lever("balance-entry", { type: "reserve_hold", amount: -50_000 });
  days(2);
  const payout: Stripe.Payout = await lever("payout");
  const lines = await linesOf(payout.id);
  const of = (source: string | null) => lines.find((one) => one.source === source);
  expect(of(plain.charge)?.fee_details).toMatchObject([{ type: "stripe_fee", amount: 3770 }]);
  expect(of(taxed.charge)).toMatchObject({
    fee: 4147,
    net: 220_000 - 4147,
    fee_details: [
      { type: "stripe_fee", amount: 3770 },
      { type: "tax", amount: 377, description: "GST" },
    ],
  });
  expect(of(null)).toMatchObject({ type: "reserve_hold", net: -50_000 });
  expect(payout.amount).toBe(440_000 - 3770 - 4147 - 50_000);
  await lever("balance-entry", { type: "reserve_release", amount: 50_000 });
  expect(((await lever("payout")) as Stripe.Payout).amount).toBe(50_000);
});
