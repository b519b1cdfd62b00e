import { createRequire } from "node:module";
import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { addFault } from "../core/faults.ts";
import { initStripe, stripeRoutes } from "./index.ts";
import { seedStripe } from "./seed.ts";
import { card, connect, control, line, openSession, params, pay, submit } from "./test-merchant.ts";
import { type Site, startTestSite } from "./test-site.ts";

/** Its types would take the place of those of the newer SDK. */
const Stripe17 = createRequire(import.meta.filename)("stripe-17") as typeof Stripe;

let simulator: Site;
let stripe: Stripe;

beforeAll(async () => {
  simulator = await startTestSite(stripeRoutes, initStripe);
  stripe = connect(simulator.url);
});
afterAll(() => simulator.close());
beforeEach(() => seedStripe(simulator.world));

const key = "sk_test_demo_accountants";
const get = (path: string, headers: Record<string, string>) =>
  fetch(`${simulator.url}${path}`, { headers: { authorization: `Bearer ${key}`, ...headers } });

test("the second of two requests under one key is told that the first still runs, and later gets its answer", async () => {
  const slow = { kind: "latency", ms: 1500 } as const;
  addFault(simulator.world, { method: "POST", path: "/v1/*", times: 1, effect: slow });
  const ask = () => stripe.checkout.sessions.create(params(), { idempotencyKey: "once" });
  const answers = await Promise.allSettled([ask(), ask()]);
  const [made] = answers.filter((one) => one.status === "fulfilled");
  const [refused] = answers.filter((one) => one.status === "rejected");
  expect(refused?.reason).toMatchObject({ statusCode: 409, code: "idempotency_key_in_use" });
  expect((await ask()).id).toBe(made?.value.id);
});

describe("the version asked for", () => {
  test.each([
    ["nonsense", "Invalid Stripe API version: nonsense"],
    ["2024-06-20", "This simulator does not speak 2024-06-20."],
  ])("%s is refused", async (version, message) => {
    const answer = await get("/v1/account", { "stripe-version": version });
    expect(answer.status).toBe(400);
    expect((await answer.json()).error.message).toContain(message);
  });

  test("SDK 17 does a whole job, and is answered in its own shapes", async () => {
    const { hostname, port } = new URL(simulator.url);
    const old = new Stripe17(key, { host: hostname, port, protocol: "http", maxNetworkRetries: 0 });
    const session = await old.checkout.sessions.create({
      ...{ mode: "payment", ui_mode: "hosted", success_url: "https://firm.example/back" },
      line_items: [line(10_000, "Invoice INV-1")],
    });
    expect(session).toMatchObject({ ui_mode: "hosted", shipping_details: null });
    expect(session).not.toHaveProperty("wallet_options");
    await submit(session.url ?? "", card("4242424242424242"));
    const paid = await old.checkout.sessions.retrieve(session.id, {
      expand: ["payment_intent.latest_charge.balance_transaction"],
    });
    const intent = paid.payment_intent as Stripe.PaymentIntent;
    const charge = intent.latest_charge as Stripe.Charge;
    expect(charge).toMatchObject({ invoice: null, balance_transaction: { net: 9800 } });
    expect(charge.balance_transaction).not.toHaveProperty("balance_type");
    const refund = await old.refunds.create({ charge: charge.id, amount: 100 });
    expect(refund).not.toHaveProperty("payment_method");
    const dispute = await control(simulator.url, "dispute", { payment: session.id, amount: 5000 });
    expect((await old.disputes.retrieve(dispute.id)).evidence_details).not.toHaveProperty(
      "submission_method",
    );
    const listed = await old.events.list({ types: ["charge.dispute.created"] });
    expect(listed.data).toHaveLength(1);
    expect(await old.balance.retrieve()).toMatchObject({ livemode: false });
  });
});

test("an account that is not the key's is refused, and its own is no other", async () => {
  await expect(
    stripe.balance.retrieve(undefined, { stripeAccount: "acct_1SimHarbourBooks" }),
  ).rejects.toMatchObject({ statusCode: 403, code: "account_invalid" });
  await stripe.balance.retrieve(undefined, { stripeAccount: "acct_1SimDemoAccountants" });
});

test("an event of an update says what was before, and no other event does", async () => {
  const { session } = await pay(stripe, simulator.url);
  const dispute = await control(simulator.url, "dispute", { payment: session, as: "inquiry" });
  await control(simulator.url, "dispute-answer", { dispute: dispute.id, answer: "under_review" });
  const { data } = await stripe.events.list({ limit: 100 });
  const before = (type: string) => data.find((one) => one.type === type)?.data;
  expect(before("charge.dispute.updated")?.previous_attributes).toEqual({ status: "warning_needs_response" });
  expect(before("charge.updated")?.previous_attributes).toEqual({ balance_transaction: null });
  expect(before("charge.dispute.created")).not.toHaveProperty("previous_attributes");
});

test.each([
  [{ automatic_tax: { enabled: true } }, "automatic_tax"],
  [{ phone_number_collection: { enabled: true } }, "phone_number_collection"],
  [{ payment_intent_data: { setup_future_usage: "off_session" } }, "payment_intent_data[setup_future_usage]"],
] as [Partial<Stripe.Checkout.SessionCreateParams>, string][])(
  "what Stripe takes and is not here says so: %j",
  async (more, param) => {
    await expect(stripe.checkout.sessions.create(params(more))).rejects.toMatchObject({
      ...{ param, message: `This simulator has no ${param}.` },
    });
  },
);

test("a charge has a receipt, the country that the payer named, and no mandate that nobody gave", async () => {
  const { id, url } = await openSession(stripe);
  await submit(url, card("4242424242424242", { country: "NZ", postal_code: "6011" }));
  const { payment_intent } = await stripe.checkout.sessions.retrieve(id);
  const { data } = await stripe.charges.list({ payment_intent: String(payment_intent) });
  expect(data[0]?.billing_details.address).toMatchObject({ country: "NZ", postal_code: "6011" });
  const receipt = await fetch(data[0]?.receipt_url ?? "");
  expect(await receipt.text()).toContain("A$2,200.00");
  const becs = { allowed_payment_method_types: ["au_becs_debit" as const] };
  const debit = await pay(stripe, simulator.url, becs, { debit: "au_becs_debit" });
  const charge = await stripe.charges.retrieve(debit.charge);
  expect(charge.payment_method_details?.au_becs_debit).not.toHaveProperty("mandate");
});

test("what is known is known: nulls expand to nulls, sessions are found by e-mail, a charge takes metadata", async () => {
  const { session, charge } = await pay(stripe, simulator.url, { customer_email: "one@client.example" });
  expect(
    await stripe.charges.retrieve(charge, { expand: ["customer", "transfer", "application_fee"] }),
  ).toMatchObject({
    ...{ customer: null, application_fee: null },
  });
  const found = (email: string) => stripe.checkout.sessions.list({ customer_details: { email } });
  expect((await found("payer@example.com")).data.map(({ id }) => id)).toEqual([session]);
  expect((await found("two@client.example")).data).toEqual([]);
  expect((await stripe.charges.update(charge, { metadata: { row: "7" } })).metadata).toMatchObject({
    row: "7",
  });
  await expect(stripe.paymentIntents.retrieve("pi_none")).rejects.toMatchObject({ param: "intent" });
  await expect(stripe.charges.search({ query: "x" })).rejects.toThrow("This simulator has no search.");
  const account = await stripe.accounts.retrieveCurrent();
  expect(account.settings?.payments).toMatchObject({
    ...{ statement_descriptor_kana: null, statement_descriptor_prefix_kanji: null },
  });
});
