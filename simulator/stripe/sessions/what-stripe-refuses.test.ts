import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { initStripe, stripeRoutes } from "../index.ts";
import { seedStripe } from "../seed.ts";
import { card, connect, control, line, openSession, params, submit } from "../test-merchant.ts";
import { type Site, startTestSite } from "../test-site.ts";

let simulator: Site;
let stripe: Stripe;

beforeAll(async () => {
  simulator = await startTestSite(stripeRoutes, initStripe);
  stripe = connect(simulator.url);
});
afterAll(() => simulator.close());
beforeEach(() => seedStripe(simulator.world));

const create = (amount: number, currency: string) =>
  stripe.checkout.sessions.create(params({ line_items: [line(amount, "Invoice", currency)] }));

describe("amounts", () => {
  test.each([
    [49, "aud", "amount_too_small", "must add up to at least A$0.50 aud"],
    [
      5_000,
      "idr",
      "amount_too_small",
      "must convert to at least 50 cents. IDR 50.00 converts to approximately A$0.00.",
    ],
    [100_000_000, "aud", "amount_too_large", "must be no more than A$999,999.99 aud"],
    [1_000_000_000, "inr", "amount_too_large", "must be no more than ₹9,999,999.99 inr"],
    [10_000_000_000, "cop", "amount_too_large", "must be no more than COP 99,999,999.99 cop"],
    [1_000_000_000_000, "idr", "amount_too_large", "must be no more than IDR 9,999,999,999.99 idr"],
    [5_001, "kwd", "amount_invalid", "must end in 0"],
    [50_050, "isk", "amount_invalid", "must end in 00"],
  ])("%i %s is refused with %s", async (amount, currency, code, words) => {
    const message = (error: Error) => error.message.replace(/\s/g, " ");
    const refusal = await create(amount, currency).catch((error: Stripe.errors.StripeError) => error);
    expect(refusal).toMatchObject({ statusCode: 400, code });
    expect(message(refusal as Error)).toContain(words);
  });

  test.each([
    [50, "aud"],
    [30, "gbp"],
    [99_999_999, "aud"],
    [999_999_999_999, "idr"],
    [5_120, "kwd"],
    [500_000, "ugx"],
    [50_000, "mga"],
  ])("%i %s is charged", async (amount, currency) => {
    expect(await create(amount, currency)).toMatchObject({ amount_total: amount, currency });
  });

  test("a currency that Stripe does not have is refused with all that it has", async () => {
    await expect(create(10_000, "irr")).rejects.toThrow(/^Invalid currency: irr\. .*: usd, .*, zmw$/);
  });
});

test("a session has at most 100 lines", async () => {
  const lines = (count: number) => Array.from({ length: count }, (_, at) => line(1000, `Invoice ${at}`));
  await stripe.checkout.sessions.create(params({ line_items: lines(100) }));
  await expect(stripe.checkout.sessions.create(params({ line_items: lines(101) }))).rejects.toMatchObject({
    param: "line_items",
    message: "Array line_items exceeded maximum 100 allowed elements.",
  });
});

test("a session's end is measured by Stripe's own clock, which may be ahead or behind", async () => {
  const ending = async (inMinutes: number) => {
    const now = Math.floor(simulator.world.clock.now() / 1000);
    return stripe.checkout.sessions.create(params({ expires_at: now + inMinutes * 60 }));
  };
  await ending(31);
  await control(simulator.url, "clock-skew", { seconds: 120 });
  await expect(ending(31)).rejects.toThrow("at least 30 minutes");
  await ending(33);
  await control(simulator.url, "clock-skew", { seconds: -120 });
  await expect(ending(24 * 60)).rejects.toThrow("less than 24 hours");
  expect((await ending(31)).created).toBeLessThan(simulator.world.clock.now() / 1000 - 100);
});

test("a key that was rolled is refused for good, and says so", async () => {
  await control(simulator.url, "key", { key: "sk_test_demo_accountants" });
  await expect(stripe.accounts.retrieveCurrent()).rejects.toMatchObject({
    statusCode: 401,
    code: "api_key_expired",
    message: "Expired API Key provided: sk_test_************ants",
  });
  await connect(simulator.url, "sk_test_demo_accountants_new").accounts.retrieveCurrent();
});

describe("live mode", () => {
  const live = () => connect(simulator.url, "sk_live_demo_accountants");

  test("shares the account's id with test mode, and nothing else", async () => {
    const { id } = await openSession(live());
    expect(await live().checkout.sessions.retrieve(id)).toMatchObject({ livemode: true });
    expect(id).toMatch(/^cs_live_/);
    await expect(stripe.checkout.sessions.retrieve(id)).rejects.toMatchObject({ code: "resource_missing" });
    expect((await live().accounts.retrieveCurrent()).id).toBe((await stripe.accounts.retrieveCurrent()).id);
    expect(await stripe.balance.retrieve()).toMatchObject({ livemode: false });
  });

  test("declines test cards, as test mode declines others", async () => {
    const { id, url } = await openSession(live());
    const page = await (await submit(url, card("4242424242424242"))).text();
    expect(page).toContain("was in live mode, but used a known test card");
    await submit(url, card("4012888888881881"));
    expect((await live().checkout.sessions.retrieve(id)).payment_status).toBe("paid");
    const test = await openSession(stripe);
    expect(await (await submit(test.url, card("4012888888881881"))).text()).toContain("non test (live) card");
  });

  test("takes nothing for an account that is not activated, which test mode does", async () => {
    await control(simulator.url, "account", { account: "acct_1SimDemoAccountants", activated: false });
    await expect(openSession(live())).rejects.toMatchObject({
      statusCode: 400,
      code: "testmode_charges_only",
      message: expect.stringContaining("Your account cannot currently make live charges."),
    });
    expect(await stripe.accounts.retrieveCurrent()).toMatchObject({ charges_enabled: false });
    await openSession(stripe);
  });
});
