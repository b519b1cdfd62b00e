import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { initStripe, stripeRoutes } from "../index.ts";
import { seedStripe } from "../seed.ts";
import { connect, control, eventTypes, line, openSession, pay } from "../test-merchant.ts";
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
const debit: Partial<Stripe.Checkout.SessionCreateParams> = {
  allowed_payment_method_types: ["card", "au_becs_debit"],
};
const newEvents = async (known: number) => (await eventTypes(stripe)).slice(known);

async function payByDebit() {
  const paid = await pay(stripe, simulator.url, debit, { debit: "au_becs_debit" });
  await control(simulator.url, "debit", { payment: paid.session });
  return paid;
}

test("a card is refunded at once, and the fee stays with Stripe", async () => {
  const { intent, charge } = await pay(stripe, simulator.url);
  const known = (await eventTypes(stripe)).length;
  const refund = await stripe.refunds.create({
    payment_intent: intent,
    reason: "requested_by_customer",
    metadata: { row: "r1" },
    expand: ["balance_transaction"],
  });
  expect(refund).toMatchObject({
    id: expect.stringMatching(/^re_/),
    amount: 220_000,
    currency: "aud",
    status: "succeeded",
    charge,
    payment_intent: intent,
    metadata: { row: "r1" },
    balance_transaction: { type: "refund", amount: -220_000, fee: 0, net: -220_000, source: refund.id },
  });
  expect(await stripe.charges.retrieve(charge, { expand: ["refunds"] })).toMatchObject({
    refunded: true,
    amount_refunded: 220_000,
    refunds: { data: [{ id: refund.id }] },
  });
  expect(await newEvents(known)).toEqual(["refund.created", "charge.refunded"]);
});

test("several parts are refunded until nothing is left", async () => {
  const { intent, charge } = await pay(stripe, simulator.url);
  const part = await stripe.refunds.create({ charge, amount: 20_000 });
  await stripe.refunds.create({ payment_intent: intent, amount: 150_000 });
  await expect(stripe.refunds.create({ charge, amount: 50_001 })).rejects.toMatchObject({
    statusCode: 400,
    param: "amount",
    message: "Refund amount (A$500.01) is greater than unrefunded amount on charge (A$500.00)",
  });
  const rest = await stripe.refunds.create({ charge });
  expect(rest.amount).toBe(50_000);
  await expect(stripe.refunds.create({ charge, amount: 1 })).rejects.toMatchObject({
    code: "charge_already_refunded",
    message: `Charge ${charge} has already been refunded.`,
  });
  const listed = await stripe.refunds.list({ payment_intent: intent, limit: 2 });
  expect([listed.data.map(({ amount }) => amount), listed.has_more]).toEqual([[50_000, 150_000], true]);
  expect((await stripe.refunds.list({ charge })).data).toHaveLength(3);
  expect((await stripe.refunds.list({ charge: "ch_other" })).data).toEqual([]);
  expect((await stripe.refunds.retrieve(part.id)).amount).toBe(20_000);
});

test("many at once never give back more than there was", async () => {
  const { charge } = await pay(stripe, simulator.url);
  const tries = [1, 2, 3, 4].map(() => stripe.refunds.create({ charge, amount: 100_000 }));
  const done = (await Promise.allSettled(tries)).filter(({ status }) => status === "fulfilled");
  expect(done).toHaveLength(2);
});

test("one key is one refund", async () => {
  const { charge } = await pay(stripe, simulator.url);
  const once = () => stripe.refunds.create({ charge, amount: 1000 }, { idempotencyKey: "refund-1" });
  expect((await once()).id).toBe((await once()).id);
  expect((await stripe.charges.retrieve(charge)).amount_refunded).toBe(1000);
});

test.each<[string, Stripe.RefundCreateParams, object]>([
  ["nothing named", { amount: 1 }, { code: "parameter_missing" }],
  ["two things named", { charge: "ch_1", payment_intent: "pi_1" }, { code: "parameters_exclusive" }],
  ["a charge that is not there", { charge: "ch_1" }, { statusCode: 404, param: "charge" }],
  ["an intent that is not there", { payment_intent: "pi_1" }, { statusCode: 404, param: "payment_intent" }],
])("%s is refused", async (_, wrong, error) => {
  await expect(stripe.refunds.create(wrong)).rejects.toMatchObject(error);
});

test("more than the charge, and less than one, are refused", async () => {
  const { charge } = await pay(stripe, simulator.url);
  await expect(stripe.refunds.create({ charge, amount: 220_001 })).rejects.toThrow(
    "Refund amount (A$2,200.01) is greater than charge amount (A$2,200.00)",
  );
  await expect(stripe.refunds.create({ charge, amount: 0 })).rejects.toMatchObject({
    code: "parameter_invalid_integer",
  });
});

test("a debit under way cannot be refunded", async () => {
  const { intent } = await pay(stripe, simulator.url, debit, { debit: "au_becs_debit" });
  await expect(stripe.refunds.create({ payment_intent: intent })).rejects.toThrow(
    `This PaymentIntent (${intent}) does not have a successful charge to refund.`,
  );
});

test("a debit's refund is pending until the bank has it", async () => {
  const { intent } = await payByDebit();
  const known = (await eventTypes(stripe)).length;
  const refund = await stripe.refunds.create({
    payment_intent: intent,
    amount: 1000,
    expand: ["balance_transaction"],
  });
  expect(refund).toMatchObject({
    id: expect.stringMatching(/^pyr_/),
    status: "pending",
    pending_reason: "processing",
    balance_transaction: { type: "payment_refund", net: -1000 },
  });
  simulator.world.clock.advance(3 * DAY);
  expect((await stripe.refunds.retrieve(refund.id)).status).toBe("succeeded");
  expect(await newEvents(known)).toEqual([
    "refund.created",
    "charge.refunded",
    "refund.updated",
    "charge.refund.updated",
  ]);
});

test("a failed refund puts the money back, and can be made again", async () => {
  const { intent, charge } = await payByDebit();
  const { id } = await stripe.refunds.create({ payment_intent: intent });
  const known = (await eventTypes(stripe)).length;
  await control(simulator.url, "refund-answer", { refund: id, answer: "declined" });
  const refund = await stripe.refunds.retrieve(id, { expand: ["failure_balance_transaction"] });
  expect(refund).toMatchObject({
    status: "failed",
    failure_reason: "declined",
    failure_balance_transaction: { type: "refund_failure", net: 220_000, source: id },
  });
  expect(await stripe.charges.retrieve(charge)).toMatchObject({ refunded: false, amount_refunded: 0 });
  expect(await newEvents(known)).toEqual(["refund.updated", "refund.failed", "charge.refund.updated"]);
  expect(await control(simulator.url, "refund-answer", { refund: id })).toEqual({
    error: "This refund is failed",
  });
  expect((await stripe.refunds.create({ payment_intent: intent })).status).toBe("pending");
});

test("a card's refund may fail days after it had succeeded", async () => {
  const { charge } = await pay(stripe, simulator.url, {}, { card: "4000000000005126" });
  const { id, status } = await stripe.refunds.create({ charge });
  simulator.world.clock.advance(3 * DAY);
  expect([status, await stripe.refunds.retrieve(id)]).toMatchObject([
    "succeeded",
    { status: "failed", failure_reason: "expired_or_canceled_card" },
  ]);
});

test("a refund made in the dashboard carries nothing of the merchant's", async () => {
  const { session, intent } = await pay(stripe, simulator.url);
  await control(simulator.url, "refund", { payment: session, amount: 5000 });
  const [refund] = (await stripe.refunds.list({ payment_intent: intent })).data;
  expect(refund).toMatchObject({ amount: 5000, metadata: {}, reason: null, status: "succeeded" });
  const [event] = (await stripe.events.list({ type: "refund.created" })).data;
  expect(event?.request).toEqual({ id: null, idempotency_key: null });
  expect(await control(simulator.url, "refund", { payment: session, amount: 300_000 })).toEqual({
    error: expect.stringContaining("greater than unrefunded amount"),
  });
});

test("a refund in another currency leaves the balance at the rate of the day", async () => {
  const harbour = connect(simulator.url, "sk_test_harbour_books");
  const { charge } = await pay(harbour, simulator.url, { line_items: [line(10_000, "x", "eur")] });
  const refund = await harbour.refunds.create({ charge, amount: 5000, expand: ["balance_transaction"] });
  expect(refund).toMatchObject({
    currency: "eur",
    balance_transaction: { currency: "gbp", net: -4419, exchange_rate: 0.883721 },
  });
});

test("metadata of a refund can be changed", async () => {
  const { charge } = await pay(stripe, simulator.url);
  const { id } = await stripe.refunds.create({ charge, metadata: { a: "1" } });
  expect((await stripe.refunds.update(id, { metadata: { b: "2" } })).metadata).toEqual({ a: "1", b: "2" });
});

test("a session that is open has nothing to refund", async () => {
  const { id } = await openSession(stripe);
  expect(await control(simulator.url, "refund", { payment: id })).toEqual({
    error: expect.stringContaining("No such"),
  });
});

test("a refund that waits for the client takes the money, and gives it back when it is canceled", async () => {
  const { session, charge } = await pay(stripe, simulator.url);
  const known = (await eventTypes(stripe)).length;
  const refund: Stripe.Refund = await control(simulator.url, "refund", {
    ...{ payment: session, amount: 1000, requiresAction: true },
  });
  expect(refund).toMatchObject({
    status: "requires_action",
    next_action: { type: "display_details", display_details: { email_sent: {} } },
  });
  simulator.world.clock.advance(30 * DAY);
  const canceled = await stripe.refunds.cancel(refund.id);
  expect(canceled).toMatchObject({ status: "canceled", failure_balance_transaction: expect.any(String) });
  expect(canceled.next_action).toBeUndefined();
  expect((await stripe.charges.retrieve(charge)).amount_refunded).toBe(0);
  await expect(stripe.refunds.cancel(refund.id)).rejects.toThrow("a status of canceled");
  expect((await eventTypes(stripe)).slice(known)).toEqual([
    ...["refund.created", "charge.refunded", "refund.updated", "charge.refund.updated"],
  ]);
});
