import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { initStripe, stripeRoutes } from "../index.ts";
import { seedStripe } from "../seed.ts";
import { connect, control, line, pay } from "../test-merchant.ts";
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
const linesOf = async (payout: string) =>
  (await stripe.balanceTransactions.list({ payout, limit: 100 })).data;

test("what is in a manual payout Stripe does not know; a later automatic one counts it", async () => {
  await pay(stripe, simulator.url);
  days(2);
  const manual = await stripe.payouts.create(
    { amount: 16_230, currency: "aud", metadata: { by: "hand" } },
    { idempotencyKey: "payout-1" },
  );
  expect(manual).toMatchObject({
    automatic: false,
    status: "in_transit",
    reconciliation_status: "not_applicable",
    metadata: { by: "hand" },
  });
  await expect(linesOf(manual.id)).rejects.toThrow(
    "Balance transaction history can only be filtered on automatic transfers, not manual.",
  );
  const automatic: Stripe.Payout = await lever("payout");
  expect(automatic.amount).toBe(200_000);
  expect((await linesOf(automatic.id)).map(({ type, net }) => [type, net])).toEqual([
    ["payout", -200_000],
    ["payout", -16_230],
    ["charge", 216_230],
  ]);
});

test("a card that bypasses the pending balance is paid out at once, less what was refunded", async () => {
  const { intent } = await pay(stripe, simulator.url, {}, { card: "4000000000000077" });
  await stripe.refunds.create({ payment_intent: intent, amount: 10_000 });
  expect(await lever("payout")).toMatchObject({ amount: 206_230 });
});

test.each<[string, Stripe.PayoutCreateParams, string]>([
  ["more than there is", { amount: 216_231, currency: "aud" }, "balance_insufficient"],
  ["another currency", { amount: 1, currency: "eur" }, "balance_insufficient"],
  ["nothing", { amount: 0, currency: "aud" }, "parameter_invalid_integer"],
])("a manual payout of %s is refused", async (_, wrong, code) => {
  await pay(stripe, simulator.url);
  days(2);
  await expect(stripe.payouts.create(wrong)).rejects.toMatchObject({ code });
});

test("a charge in another currency is paid out in the account's own", async () => {
  const harbour = connect(simulator.url, "sk_test_harbour_books");
  await pay(harbour, simulator.url, { line_items: [line(10_000, "x", "eur")] });
  days(3);
  const payout: Stripe.Payout = await lever("payout", { account: "acct_1SimHarbourBooks" });
  expect(payout).toMatchObject({ currency: "gbp", amount: 8837 - 329 });
  const { data } = await harbour.balanceTransactions.list({ payout: payout.id, type: "charge" });
  expect(data).toMatchObject([{ currency: "gbp", exchange_rate: 0.883721 }]);
});

test("a debit is paid out after its bank answered, and one that failed brings nothing", async () => {
  const debit = (bankAccount: string) =>
    pay(
      stripe,
      simulator.url,
      { allowed_payment_method_types: ["au_becs_debit"] },
      { debit: "au_becs_debit", bankAccount },
    );
  await debit("000123456");
  await debit("111111113");
  days(4);
  expect(await lever("payout")).toEqual({ error: "Nothing is available" });
  days(1);
  const payout: Stripe.Payout = await lever("payout");
  expect(payout.amount).toBe(219_650);
  expect((await linesOf(payout.id)).map(({ type }) => type).sort()).toEqual([
    "payment",
    "payment",
    "payment_failure_refund",
    "payout",
  ]);
});

test("the money of a bank that never answers is never paid out", async () => {
  const lakeview = connect(simulator.url, "sk_test_lakeview_tax");
  const us = {
    allowed_payment_method_types: ["us_bank_account" as const],
    line_items: [line(10_000, "x", "usd")],
  };
  const { session } = await pay(lakeview, simulator.url, us, {
    debit: "us_bank_account",
    bankAccount: "000000000009",
  });
  days(30);
  const mine = { account: "acct_1SimLakeviewTax" };
  expect(await lever("payout", mine)).toEqual({ error: "Nothing is available" });
  await control(simulator.url, "debit", { payment: session });
  expect(await lever("payout", mine)).toMatchObject({ amount: 9920 });
});
