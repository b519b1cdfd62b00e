import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { initStripe, stripeRoutes } from "./index.ts";
import { seedStripe } from "./seed.ts";
import { card, connect, line, openSession, params, submit } from "./test-merchant.ts";
import { type Site, startTestSite } from "./test-site.ts";

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

describe("keys", () => {
  test.each([
    ["sk_test_nobody_knows_this", 401, "Invalid API Key provided: sk_test_*************this"],
    ["sk_test_demo_accountants_old", 401, "Expired API Key provided"],
    ["pk_test_demo_accountants", 403, "cannot be made with a publishable API key"],
    ["rk_test_demo_accountants_read", 403, "does not have the required permissions"],
  ])("%s opens nothing it should not", async (key, statusCode, message) => {
    const call = connect(simulator.url, key).checkout.sessions.create(params());
    await expect(call).rejects.toMatchObject({ statusCode, message: expect.stringContaining(message) });
  });

  test("an account sees itself and nothing of another's", async () => {
    const account = await stripe.accounts.retrieveCurrent();
    expect(account).toMatchObject({ country: "AU", default_currency: "aud", charges_enabled: true });
    const { id } = await openSession(stripe);
    const other = connect(simulator.url, "sk_test_harbour_books");
    await expect(other.checkout.sessions.retrieve(id)).rejects.toMatchObject({
      statusCode: 404,
      code: "resource_missing",
      message: `No such checkout.session: '${id}'`,
    });
    expect((await other.accounts.retrieveCurrent()).business_profile?.name).toBe("Harbour Books");
  });

  test("what the simulator lacks says so in Stripe's way", async () => {
    await expect(stripe.topups.list()).rejects.toMatchObject({
      statusCode: 404,
      message: expect.stringContaining("Unrecognized request URL (GET: /v1/topups)"),
    });
  });
});

describe("sessions", () => {
  test("a new session is open and has all it was given", async () => {
    const session = await stripe.checkout.sessions.create(params({ expand: ["line_items"] }));
    expect(session).toMatchObject({
      status: "open",
      payment_status: "unpaid",
      amount_total: 220_000,
      currency: "aud",
      payment_intent: null,
      client_reference_id: "checkout_1",
      metadata: { firm: "demo" },
    });
    expect(session.url).toBe(`${simulator.url}/c/pay/${session.id}`);
    expect(session.line_items?.data[0]).toMatchObject({
      description: "Invoice INV-2009",
      amount_total: 220_000,
    });
    expect(session.lastResponse.requestId).toMatch(/^req_/);
    expect((await stripe.checkout.sessions.listLineItems(session.id)).data).toHaveLength(1);
  });

  const soon = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
  test.each<[string, Record<string, unknown>, object]>([
    [
      "a missing success_url",
      { success_url: undefined },
      { code: "parameter_missing", param: "success_url" },
    ],
    ["an unknown parameter", { sucess_url: "x" }, { code: "parameter_unknown", param: "sucess_url" }],
    ["an address that is none", { cancel_url: "back" }, { code: "url_invalid", param: "cancel_url" }],
    ["an e-mail that is none", { customer_email: "payer" }, { code: "email_invalid" }],
    ["too little", { line_items: [line(49, "x")] }, { code: "amount_too_small" }],
    ["nothing", { line_items: [line(0, "x")] }, { code: "amount_too_small" }],
    ["too much", { line_items: [line(100_000_000, "x")] }, { code: "amount_too_large" }],
    ["two currencies", { line_items: [line(500, "x"), line(500, "y", "nzd")] }, { param: "line_items" }],
    [
      "a method that is not switched on",
      { payment_method_types: ["card", "klarna"] },
      { message: expect.stringContaining("klarna is invalid") },
    ],
    [
      "a debit of another country",
      { payment_method_types: ["us_bank_account"] },
      { message: expect.stringContaining("us_bank_account is invalid") },
    ],
    [
      "a debit of another currency",
      { payment_method_types: ["card", "sepa_debit"] },
      { message: expect.stringContaining("sepa_debit support the following currencies: eur") },
    ],
    [
      "a list that leaves nothing",
      { allowed_payment_method_types: ["sepa_debit"] },
      { message: expect.stringContaining("No valid payment method types") },
    ],
    [
      "29 minutes",
      { expires_at: soon(29 * 60) },
      { message: expect.stringContaining("at least 30 minutes") },
    ],
    ["25 hours", { expires_at: soon(25 * 3600) }, { message: expect.stringContaining("less than 24 hours") }],
  ])("%s is refused", async (_, wrong, error) => {
    const call = stripe.checkout.sessions.create(params(wrong));
    await expect(call).rejects.toMatchObject({
      type: "StripeInvalidRequestError",
      statusCode: 400,
      ...error,
    });
  });

  test("what does not fit the currency is left out of the allowed methods", async () => {
    const { payment_method_types } = await stripe.checkout.sessions.create(
      params({ allowed_payment_method_types: ["card", "sepa_debit", "au_becs_debit"] }),
    );
    expect(payment_method_types).toEqual(["card", "au_becs_debit"]);
  });

  test("yen have no minor unit", async () => {
    const { url } = await openSession(stripe, { line_items: [line(5000, "x", "jpy")] });
    expect(await (await fetch(url)).text()).toContain("¥5,000");
  });

  test("one key is one session; another request under it is refused", async () => {
    const options = { idempotencyKey: "commit-1" };
    const first = await stripe.checkout.sessions.create(params(), options);
    const second = await stripe.checkout.sessions.create(params(), options);
    expect(second.id).toBe(first.id);
    expect(second.lastResponse.headers["idempotent-replayed"]).toBe("true");
    await expect(
      stripe.checkout.sessions.create(params({ client_reference_id: "other" }), options),
    ).rejects.toMatchObject({ type: "StripeIdempotencyError", statusCode: 400 });
    simulator.world.clock.advance(86_401);
    expect((await stripe.checkout.sessions.create(params(), options)).id).not.toBe(first.id);
  });

  test("a refused request does not use up its key", async () => {
    const options = { idempotencyKey: "mended" };
    await expect(stripe.checkout.sessions.create(params({ line_items: [] }), options)).rejects.toThrow();
    await stripe.checkout.sessions.create(params(), options);
  });

  test("lists page by page, newest first", async () => {
    const ids = [await openSession(stripe), await openSession(stripe), await openSession(stripe)]
      .map(({ id }) => id)
      .reverse();
    const first = await stripe.checkout.sessions.list({ limit: 2 });
    expect([first.data.map(({ id }) => id), first.has_more]).toEqual([ids.slice(0, 2), true]);
    const all = await stripe.checkout.sessions.list({ limit: 1 }).autoPagingToArray({ limit: 10 });
    expect(all.map(({ id }) => id)).toEqual(ids);
    const last = await stripe.checkout.sessions.list({ limit: 1, ending_before: ids[2] ?? "" });
    expect([last.data.map(({ id }) => id), last.has_more]).toEqual([[ids[1]], true]);
    expect((await stripe.checkout.sessions.list({ ending_before: ids[2] ?? "" })).data[0]?.id).toBe(ids[0]);
    await expect(stripe.checkout.sessions.list({ starting_after: "cs_0" })).rejects.toMatchObject({
      param: "starting_after",
    });
    expect((await stripe.checkout.sessions.list({ created: { gte: soon(-60) } })).data).toHaveLength(3);
    expect((await stripe.checkout.sessions.list({ created: { lt: soon(-60) } })).data).toEqual([]);
  });

  test("a session expires when asked, and by the clock; its page says so", async () => {
    const asked = await openSession(stripe);
    expect(await stripe.checkout.sessions.expire(asked.id)).toMatchObject({ status: "expired", url: null });
    await expect(stripe.checkout.sessions.expire(asked.id)).rejects.toThrow(
      "Only Checkout Sessions with a status in",
    );

    const left = await openSession(stripe, { expires_at: soon(31 * 60) });
    await submit(left.url, card("4000000000000002"));
    simulator.world.clock.advance(32 * 60);
    const page = await fetch(left.url);
    expect([page.status, await page.text()]).toEqual([
      410,
      expect.stringContaining("This checkout has timed out"),
    ]);
    expect((await submit(left.url, card("4242424242424242"))).status).toBe(410);
    const session = await stripe.checkout.sessions.retrieve(left.id, { expand: ["payment_intent"] });
    expect(session).toMatchObject({ status: "expired", payment_intent: { status: "canceled" } });
    const events = await stripe.events.list({ type: "checkout.session.expired" });
    expect(events.data).toHaveLength(2);
  });
});
