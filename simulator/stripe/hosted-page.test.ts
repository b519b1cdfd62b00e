import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { initStripe, stripeRoutes } from "./index.ts";
import { seedStripe } from "./seed.ts";
import { card, connect, control, line, openSession, params, submit } from "./test-merchant.ts";
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

test("shows merchant, lines, amount and the way back", async () => {
  const { url } = await openSession(stripe);
  const response = await fetch(url);
  const text = await response.text();
  for (const part of [
    "Demo Accountants",
    "Invoice INV-2009",
    "A$2,200.00",
    "payer@client.example",
    "← Back",
  ]) {
    expect(text).toContain(part);
  }
  expect(response.headers.get("x-frame-options")).toBe("DENY");
});

test("a good card pays, once, and both presses arrive at the receipt", async () => {
  const { id, url } = await openSession(stripe);
  const answers = await Promise.all([1, 2, 3].map(() => submit(url, card("4242 4242 4242 4242"))));
  for (const answer of answers) {
    expect(answer.headers.get("location")).toBe(`http://localhost:3000/return?session_id=${id}`);
  }
  expect((await stripe.charges.list()).data).toHaveLength(1);
  expect(await (await fetch(url)).text()).toContain("You have been charged once");

  const session = await stripe.checkout.sessions.retrieve(id, {
    expand: ["payment_intent.latest_charge.balance_transaction"],
  });
  const intent = session.payment_intent as Stripe.PaymentIntent;
  const charge = intent.latest_charge as Stripe.Charge;
  expect(session).toMatchObject({ status: "complete", payment_status: "paid", url: null });
  expect(intent).toMatchObject({
    status: "succeeded",
    amount_received: 220_000,
    metadata: { checkout: "checkout_1" },
  });
  expect(charge).toMatchObject({
    paid: true,
    payment_method_details: { card: { brand: "visa", last4: "4242" } },
  });
  expect(charge.balance_transaction).toMatchObject({
    amount: 220_000,
    fee: 3770,
    net: 216_230,
    currency: "aud",
  });

  expect((await stripe.checkout.sessions.list({ payment_intent: intent.id })).data[0]?.id).toBe(id);
  const [balance] = (await stripe.balanceTransactions.list({ source: charge.id })).data;
  expect(await stripe.balanceTransactions.retrieve(balance?.id ?? "")).toMatchObject({ net: 216_230 });
  expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ description: "INV-2009" });
  expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ payment_intent: intent.id });
});

test.each([
  ["4000000000000002", "card_declined", "generic_decline", "Your card was declined."],
  ["4000000000009995", "card_declined", "insufficient_funds", "Your card has insufficient funds."],
  ["4000000000000069", "expired_card", undefined, "Your card has expired."],
  ["4000000000000127", "incorrect_cvc", undefined, "security code is incorrect."],
  ["4000000000000119", "processing_error", undefined, "An error occurred while processing your card."],
])("%s is declined and another card may follow", async (number, code, declineCode, message) => {
  const { id, url } = await openSession(stripe);
  const answer = await submit(url, card(number));
  expect(answer.status).toBe(402);
  const text = await answer.text();
  expect(text.replaceAll("&#39;", "'")).toContain(message);
  expect(text).not.toContain(number);
  const session = await stripe.checkout.sessions.retrieve(id, { expand: ["payment_intent"] });
  const intent = session.payment_intent as Stripe.PaymentIntent;
  expect(session.status).toBe("open");
  expect(intent.last_payment_error).toMatchObject({
    code,
    ...(declineCode && { decline_code: declineCode }),
  });
  expect((await submit(url, card("5555555555554444"))).status).toBe(303);
  const charges = await stripe.charges.list({ payment_intent: intent.id });
  expect(charges.data.map(({ status }) => status)).toEqual(["succeeded", "failed"]);
});

test.each([
  ["a number that is no test card", { number: "4111111111111111" }, "Only Stripe&#39;s published test cards"],
  ["a mistyped number", { number: "4242424242424241" }, "Your card number is invalid."],
  ["half a number", { number: "4242" }, "Your card number is incomplete."],
  ["a past date", { expiry: "01/20" }, "expiration date is in the past"],
  ["a short code", { cvc: "12" }, "security code is incomplete"],
])("%s is refused, not kept, and tries no bank", async (_, wrong, message) => {
  const { id, url } = await openSession(stripe);
  const text = await (await submit(url, card("4242424242424242", wrong))).text();
  expect(text).toContain(message);
  expect((await stripe.checkout.sessions.retrieve(id)).payment_intent).toBeNull();
});

test("no number rests anywhere in the database", async () => {
  const { url } = await openSession(stripe);
  await submit(url, card("4000000000000002"));
  await submit(url, card("4111111111111111"));
  await submit(url, card("4242424242424242"));
  const tables = simulator.world.db.prepare("select name from sqlite_schema where type = 'table'").all();
  for (const { name } of tables) {
    const rows = JSON.stringify(simulator.world.db.prepare(`select * from "${name}"`).all());
    expect(rows).not.toMatch(/4000000000000002|4111111111111111|4242424242424242/);
  }
});

test.each(["4000002500003155", "4000000000003220"])("%s asks the payer's bank first", async (number) => {
  const { id, url } = await openSession(stripe);
  const answer = await submit(url, card(number));
  expect(answer.headers.get("location")).toBe(`/c/pay/${id}/authenticate`);
  const bank = `${url}/authenticate`;
  expect(await (await fetch(bank)).text()).toContain("Complete authentication");

  const failed = await submit(bank, new URLSearchParams({ answer: "fail" }));
  expect(await failed.text()).toContain("unable to authenticate your payment method");
  expect((await stripe.charges.list()).data).toEqual([]);

  await submit(url, card(number));
  const passed = await Promise.all(
    [1, 2].map(() => submit(bank, new URLSearchParams({ answer: "complete" }))),
  );
  for (const { headers } of passed) expect(headers.get("location")).toContain(`session_id=${id}`);
  expect((await stripe.charges.list()).data).toHaveLength(1);
});

test("a card may be declined after its bank agreed", async () => {
  const { url } = await openSession(stripe);
  await submit(url, card("4000008400001629"));
  const answer = await submit(`${url}/authenticate`, new URLSearchParams({ answer: "complete" }));
  expect([answer.status, await answer.text()]).toEqual([
    402,
    expect.stringContaining("Your card was declined."),
  ]);
});

test("control pays a session without a browser", async () => {
  const { id } = await openSession(stripe);
  expect(await control(simulator.url, "complete", { session: id, card: "4000000000000002" })).toMatchObject({
    kind: "declined",
  });
  expect(await control(simulator.url, "complete", { session: id, card: "4000002500003155" })).toEqual({
    kind: "paid",
  });
  expect(await control(simulator.url, "complete", { session: id })).toEqual({ kind: "closed" });
  const { accounts } = await (await fetch(`${simulator.url}/control/stripe/truth`)).json();
  expect(accounts[0].charges.map((charge: Stripe.Charge) => charge.status)).toEqual(["succeeded", "failed"]);
});

test("a foreign currency is converted, and the conversion costs", async () => {
  const harbour = connect(simulator.url, "sk_test_harbour_books");
  const { id } = await harbour.checkout.sessions.create(params({ line_items: [line(10_000, "x", "eur")] }));
  await control(simulator.url, "complete", { session: id });
  const [balance] = (await harbour.balanceTransactions.list()).data;
  expect(balance).toMatchObject({ currency: "gbp", amount: 8837, fee: 329, exchange_rate: 0.883721 });
});
