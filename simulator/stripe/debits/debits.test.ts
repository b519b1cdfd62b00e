import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { initStripe, stripeRoutes } from "../index.ts";
import { seedStripe } from "../seed.ts";
import { card, connect, control, eventTypes, line, openSession, submit } from "../test-merchant.ts";
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
const both: Partial<Stripe.Checkout.SessionCreateParams> = {
  allowed_payment_method_types: ["card", "au_becs_debit"],
};

const bank = (account: string, more: Record<string, string> = {}) =>
  new URLSearchParams({
    method: "au_becs_debit",
    email: "payer@client.example",
    routing: "000-000",
    account,
    holder: "Pat Payer",
    ...more,
  });

async function look(id: string) {
  const session = await stripe.checkout.sessions.retrieve(id, {
    expand: ["payment_intent.latest_charge.balance_transaction"],
  });
  const intent = session.payment_intent as Stripe.PaymentIntent;
  return { session, intent, charge: intent.latest_charge as Stripe.Charge };
}

const SUBMITTED = [
  "payment_intent.created",
  "charge.pending",
  "payment_intent.processing",
  "checkout.session.completed",
];

test("the page offers a choice, and a card still pays at once", async () => {
  const { id, url } = await openSession(stripe, both);
  const text = await (await fetch(url)).text();
  for (const part of ['value="card" checked', 'value="au_becs_debit"', "BSB", "Card number"]) {
    expect(text).toContain(part);
  }
  await submit(url, card("4242424242424242", { method: "card" }));
  expect((await stripe.checkout.sessions.retrieve(id)).payment_status).toBe("paid");
});

test("a page of cards alone has no choice, and takes no debit", async () => {
  const { url } = await openSession(stripe);
  expect(await (await fetch(url)).text()).not.toContain('type="radio"');
  expect(await (await submit(url, bank("000123456"))).text()).toContain("Your card number is incomplete.");
});

test("a submitted debit completes the session, unpaid, and is under way", async () => {
  const { id, url } = await openSession(stripe, both);
  const answers = await Promise.all([1, 2].map(() => submit(url, bank("000 123 456"))));
  for (const { headers } of answers) expect(headers.get("location")).toContain(`session_id=${id}`);
  const { session, intent, charge } = await look(id);
  expect(session).toMatchObject({ status: "complete", payment_status: "unpaid", url: null });
  expect(intent).toMatchObject({ status: "processing", amount_received: 0 });
  expect(charge).toMatchObject({
    id: expect.stringMatching(/^py_/),
    status: "pending",
    paid: false,
    balance_transaction: { type: "payment", status: "pending", amount: 220_000, fee: 350 },
    payment_method_details: { type: "au_becs_debit", au_becs_debit: { bsb_number: "000000", last4: "3456" } },
  });
  expect(await eventTypes(stripe)).toEqual(SUBMITTED);
  expect(await (await fetch(url)).text()).toContain("was submitted once");
});

test("three days later it has succeeded", async () => {
  const { id, url } = await openSession(stripe, both);
  await submit(url, bank("000123456"));
  simulator.world.clock.advance(3 * DAY - 60);
  expect((await look(id)).intent.status).toBe("processing");
  simulator.world.clock.advance(61);
  const { session, intent, charge } = await look(id);
  expect(session).toMatchObject({ status: "complete", payment_status: "paid" });
  expect(intent).toMatchObject({ status: "succeeded", amount_received: 220_000 });
  expect(charge).toMatchObject({ status: "succeeded", paid: true, captured: true });
  expect(await eventTypes(stripe)).toEqual([
    ...SUBMITTED,
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.async_payment_succeeded",
  ]);
});

test.each([
  ["111111113", "account_closed"],
  ["111111116", "no_account"],
  ["222222227", "refer_to_customer"],
  ["333333335", "debit_not_authorized"],
])("account %s fails three days later: %s", async (account, code) => {
  const { id, url } = await openSession(stripe, both);
  await submit(url, bank(account));
  simulator.world.clock.advance(3 * DAY);
  const { session, intent } = await look(id);
  expect(session).toMatchObject({ status: "complete", payment_status: "unpaid" });
  expect(intent).toMatchObject({
    status: "requires_payment_method",
    payment_method: null,
    last_payment_error: { code, payment_method: { type: "au_becs_debit" } },
  });
  expect(await eventTypes(stripe)).toEqual([
    ...SUBMITTED,
    "charge.failed",
    "payment_intent.payment_failed",
    "checkout.session.async_payment_failed",
  ]);
});

test("a failed debit takes back what it announced to the balance, fee and all", async () => {
  const { id } = await openSession(stripe, both);
  await control(simulator.url, "complete", { session: id, debit: "au_becs_debit", bankAccount: "111111113" });
  await control(simulator.url, "debit", { payment: id, answer: "insufficient_funds" });
  const { charge } = await look(id);
  expect(charge).toMatchObject({ status: "failed", captured: false, failure_code: "insufficient_funds" });
  const { data } = await stripe.balanceTransactions.list({ source: charge.id });
  expect(data.map(({ type, net }) => [type, net])).toEqual([
    ["payment_failure_refund", -219_650],
    ["payment", 219_650],
  ]);
  expect(data[0]).toMatchObject({
    id: charge.failure_balance_transaction,
    reporting_category: "charge_failure",
  });
});

test("the lever decides before the clock, once, whatever the account is known to do", async () => {
  const { id, url } = await openSession(stripe, both);
  await submit(url, bank("111111113"));
  expect(await control(simulator.url, "debit", { payment: id })).toMatchObject({ status: "succeeded" });
  expect(await control(simulator.url, "debit", { payment: id })).toEqual({
    error: "This payment is succeeded",
  });
  simulator.world.clock.advance(4 * DAY);
  expect((await look(id)).intent.status).toBe("succeeded");
});

test.each([
  ["sk_test_harbour_books", "bacs_debit", "gbp", "10-88-00", "00012345"],
  ["sk_test_harbour_books", "sepa_debit", "eur", "", "AT32 1904 3002 3547 3204"],
  ["sk_test_lakeview_tax", "us_bank_account", "usd", "110000000", "000123456789"],
] as const)("%s: %s in %s", async (key, type, currency, routing, account) => {
  const merchant = connect(simulator.url, key);
  const { id, url } = await openSession(merchant, {
    allowed_payment_method_types: [type],
    line_items: [line(10_000, "x", currency)],
  });
  expect((await submit(url, bank(account, { method: type, routing }))).status).toBe(303);
  simulator.world.clock.advance(3 * DAY);
  const { payment_status, payment_intent } = await merchant.checkout.sessions.retrieve(id, {
    expand: ["payment_intent.payment_method"],
  });
  expect([payment_status, payment_intent]).toMatchObject(["paid", { payment_method: { type } }]);
});

test.each([
  ["a real looking account", { account: "123456789" }, "Only Stripe&#39;s published test bank accounts"],
  ["another bank's BSB", { routing: "062-000" }, "Only Stripe&#39;s published test bank accounts"],
  ["no name", { holder: " " }, "Enter the name on the account."],
])("%s is refused, not kept, and asks no bank", async (_, wrong, message) => {
  const { id, url } = await openSession(stripe, both);
  const answer = await submit(url, bank("000123456", wrong));
  expect([answer.status, await answer.text()]).toEqual([402, expect.stringContaining(message)]);
  expect((await stripe.checkout.sessions.retrieve(id)).payment_intent).toBeNull();
});

test("no account number rests anywhere in the database", async () => {
  const { url } = await openSession(stripe, both);
  await submit(url, bank("123456789"));
  await submit(url, bank("000123456"));
  const tables = simulator.world.db.prepare("select name from sqlite_schema where type = 'table'").all();
  for (const { name } of tables) {
    const rows = JSON.stringify(simulator.world.db.prepare(`select * from "${name}"`).all());
    expect(rows).not.toMatch(/"(123456789|000123456)/);
  }
});

test("a bank that never answers leaves it under way", async () => {
  const lakeview = connect(simulator.url, "sk_test_lakeview_tax");
  const { id } = await openSession(lakeview, {
    allowed_payment_method_types: ["us_bank_account"],
    line_items: [line(10_000, "x", "usd")],
  });
  await control(simulator.url, "complete", {
    session: id,
    debit: "us_bank_account",
    bankAccount: "000000000009",
  });
  simulator.world.clock.advance(30 * DAY);
  const { payment_intent } = await lakeview.checkout.sessions.retrieve(id, { expand: ["payment_intent"] });
  expect(payment_intent).toMatchObject({ status: "processing" });
});

describe("a US account typed by hand", () => {
  const us = () => connect(simulator.url, "sk_test_lakeview_tax");
  const open = () =>
    openSession(us(), {
      line_items: [line(10_000, "Invoice INV-4001", "usd")],
      allowed_payment_method_types: ["card", "us_bank_account"],
    });
  const typed = new URLSearchParams({
    ...{ method: "us_bank_account", email: "payer@client.example", holder: "Pat Payer" },
    ...{ routing: "110000000", account: "000123456789", microdeposits: "on" },
  });
  const seen = async (id: string) => {
    const session = await us().checkout.sessions.retrieve(id, { expand: ["payment_intent"] });
    return { session, intent: session.payment_intent as Stripe.PaymentIntent };
  };

  test("is debited once the payer has named the deposits that arrived", async () => {
    const { id, url } = await open();
    await submit(url, typed);
    const { session, intent } = await seen(id);
    expect(session).toMatchObject({ status: "complete", payment_status: "unpaid" });
    expect(intent).toMatchObject({
      status: "requires_action",
      latest_charge: null,
      next_action: {
        type: "verify_with_microdeposits",
        verify_with_microdeposits: { microdeposit_type: "descriptor_code" },
      },
    });
    const page = intent.next_action?.verify_with_microdeposits?.hosted_verification_url ?? "";
    const wrong = await submit(page, new URLSearchParams({ code: "SM99ZZ" }));
    expect(await wrong.text()).toContain("not the code");
    await expect(
      us().paymentIntents.verifyMicrodeposits(intent.id, { amounts: [1, 2] }),
    ).rejects.toMatchObject({ code: "payment_method_microdeposit_verification_amounts_mismatch" });
    await submit(page, new URLSearchParams({ code: "sm11aa" }));
    expect((await seen(id)).intent).toMatchObject({ status: "processing", next_action: null });
    simulator.world.clock.advance(3 * DAY);
    expect((await seen(id)).session.payment_status).toBe("paid");
    expect(await eventTypes(us())).toEqual([
      ...["payment_intent.created", "payment_intent.requires_action", "checkout.session.completed"],
      ...["charge.pending", "payment_intent.processing", "charge.succeeded", "payment_intent.succeeded"],
      "checkout.session.async_payment_succeeded",
    ]);
  });

  test.each([
    ["payment_method_microdeposit_verification_attempts_exceeded", true],
    ["payment_method_microdeposit_verification_timeout", false],
  ])("is never debited after %s", async (code, byLever) => {
    const { id, url } = await open();
    await submit(url, typed);
    if (byLever) await control(simulator.url, "microdeposits", { payment: id, answer: code });
    else simulator.world.clock.advance(10 * DAY);
    expect((await seen(id)).intent).toMatchObject({
      status: "requires_payment_method",
      last_payment_error: { code },
    });
    expect((await us().charges.list()).data).toEqual([]);
    expect((await eventTypes(us())).slice(-2)).toEqual([
      "payment_intent.payment_failed",
      "checkout.session.async_payment_failed",
    ]);
  });
});
