import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { initStripe, stripeRoutes } from "../index.ts";
import { seedStripe } from "../seed.ts";
import { card, connect, control, eventTypes, openSession, pay, submit } from "../test-merchant.ts";
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
type More = Partial<Stripe.Checkout.SessionCreateParams>;
const manual: More = { payment_intent_data: { capture_method: "manual" } };
const newEvents = async (known: number) => (await eventTypes(stripe)).slice(known);

async function authorize(more: More = manual) {
  const payment = await pay(stripe, simulator.url, more);
  return { ...payment, known: (await eventTypes(stripe)).length };
}

async function look(id: string) {
  const session = await stripe.checkout.sessions.retrieve(id, {
    expand: ["payment_intent.latest_charge.balance_transaction"],
  });
  const intent = session.payment_intent as Stripe.PaymentIntent;
  return { session, intent, charge: intent.latest_charge as Stripe.Charge };
}

test("a capture takes it all, pays the session and brings the money", async () => {
  const { session: id, intent, known } = await authorize();
  expect(await stripe.paymentIntents.capture(intent)).toMatchObject({
    status: "succeeded",
    amount_received: 220_000,
    amount_capturable: 0,
  });
  const { session, charge } = await look(id);
  expect(session.payment_status).toBe("paid");
  expect(charge).toMatchObject({
    captured: true,
    amount_captured: 220_000,
    amount_refunded: 0,
    balance_transaction: { type: "charge", amount: 220_000, fee: 3770 },
  });
  expect(await newEvents(known)).toEqual(["charge.captured", "payment_intent.succeeded"]);
});

test("a capture of a part releases the rest, which counts as refunded and is no Refund", async () => {
  const { session: id, intent } = await authorize();
  await stripe.paymentIntents.capture(intent, {
    amount_to_capture: 100_000,
    metadata: { why: "paid elsewhere" },
  });
  const { intent: after, charge } = await look(id);
  expect(after).toMatchObject({
    amount: 220_000,
    amount_received: 100_000,
    metadata: { why: "paid elsewhere" },
  });
  expect(charge).toMatchObject({
    amount_captured: 100_000,
    amount_refunded: 120_000,
    refunded: false,
    balance_transaction: { amount: 100_000, fee: 1730 },
  });
  expect((await stripe.refunds.list({ payment_intent: intent })).data).toEqual([]);
  await expect(stripe.refunds.create({ payment_intent: intent, amount: 100_001 })).rejects.toThrow(
    "greater than unrefunded amount on charge (A$1,000.00)",
  );
  expect((await stripe.refunds.create({ payment_intent: intent })).amount).toBe(100_000);
});

test.each([
  [220_001, "amount_too_large"],
  [0, "parameter_invalid_integer"],
])("a capture of %s is refused", async (amount_to_capture, code) => {
  const { intent } = await authorize();
  await expect(stripe.paymentIntents.capture(intent, { amount_to_capture })).rejects.toMatchObject({
    code,
    param: "amount_to_capture",
  });
  expect((await stripe.paymentIntents.retrieve(intent)).status).toBe("requires_capture");
});

test("what was captured cannot be captured or cancelled again", async () => {
  const { intent } = await authorize();
  await stripe.paymentIntents.capture(intent);
  await expect(stripe.paymentIntents.capture(intent)).rejects.toMatchObject({
    statusCode: 400,
    code: "payment_intent_unexpected_state",
    message: "This PaymentIntent could not be captured because it has already been captured.",
    payment_intent: { id: intent, status: "succeeded" },
  });
  await expect(stripe.paymentIntents.cancel(intent)).rejects.toMatchObject({
    code: "payment_intent_unexpected_state",
    message: expect.stringContaining("because it has a status of succeeded. Only a PaymentIntent"),
  });
});

test("one key is one capture", async () => {
  const { intent } = await authorize();
  const once = () => stripe.paymentIntents.capture(intent, {}, { idempotencyKey: "capture-1" });
  const [first, second] = [await once(), await once()];
  expect([first.status, second.lastResponse.headers["idempotent-replayed"]]).toEqual(["succeeded", "true"]);
});

test("a cancelled authorisation is released and no Refund is made", async () => {
  const { session: id, intent, known } = await authorize();
  const cancelled = await stripe.paymentIntents.cancel(intent, { cancellation_reason: "abandoned" });
  expect(cancelled).toMatchObject({
    status: "canceled",
    cancellation_reason: "abandoned",
    amount_capturable: 0,
  });
  const { session, charge } = await look(id);
  expect(session).toMatchObject({ status: "complete", payment_status: "unpaid" });
  expect(charge).toMatchObject({
    captured: false,
    refunded: true,
    amount_refunded: 220_000,
    balance_transaction: null,
  });
  expect(await newEvents(known)).toEqual(["charge.refunded", "payment_intent.canceled"]);
  expect((await stripe.refunds.list({ payment_intent: intent })).data).toEqual([]);
  await expect(stripe.paymentIntents.capture(intent)).rejects.toMatchObject({
    code: "payment_intent_unexpected_state",
    message: expect.stringContaining("because it has a status of canceled."),
  });
  await expect(stripe.refunds.create({ payment_intent: intent })).rejects.toThrow(
    "does not have a successful charge",
  );
});

test("an authorisation ends after seven days", async () => {
  const { session: id, intent, known } = await authorize();
  simulator.world.clock.advance(7 * DAY - 60);
  expect((await stripe.paymentIntents.retrieve(intent)).status).toBe("requires_capture");
  simulator.world.clock.advance(61);
  expect(await stripe.paymentIntents.retrieve(intent)).toMatchObject({
    status: "canceled",
    cancellation_reason: "automatic",
  });
  expect((await look(id)).session.payment_status).toBe("unpaid");
  expect(await newEvents(known)).toEqual(["charge.expired", "payment_intent.canceled"]);
});

test("the bank may decline the capture; what was held is gone, and the answer stays under its key", async () => {
  const { session: id, intent, known } = await authorize();
  await control(simulator.url, "decline-capture", { payment: id, declineCode: "do_not_honor" });
  const declined = {
    type: "StripeCardError",
    statusCode: 402,
    code: "card_declined",
    decline_code: "do_not_honor",
    payment_intent: { status: "requires_payment_method" },
  };
  const capture = () => stripe.paymentIntents.capture(intent, {}, { idempotencyKey: "capture-2" });
  await expect(capture()).rejects.toMatchObject(declined);
  await expect(capture()).rejects.toMatchObject(declined);
  const { session, charge } = await look(id);
  expect([session.payment_status, charge.status, charge.captured]).toEqual(["unpaid", "failed", false]);
  expect(await newEvents(known)).toEqual(["charge.failed", "payment_intent.payment_failed"]);
  simulator.world.clock.advance(8 * DAY);
  expect((await stripe.paymentIntents.retrieve(intent)).status).toBe("requires_payment_method");
});

test("an authorisation cannot be refunded", async () => {
  const { charge, intent } = await authorize();
  await expect(stripe.refunds.create({ payment_intent: intent })).rejects.toThrow(
    "does not have a successful charge",
  );
  await expect(stripe.refunds.create({ charge })).rejects.toMatchObject({ code: "charge_not_refundable" });
});

test("the intent of an open session is not cancelled, but its session expired", async () => {
  const { id, url } = await openSession(stripe, manual);
  await submit(url, card("4000000000000002"));
  const { intent } = await look(id);
  await expect(stripe.paymentIntents.cancel(intent.id)).rejects.toThrow(
    "Expire the Checkout Session instead",
  );
});

test("a card that asks its bank is authorised after it agreed", async () => {
  const { session: id } = await pay(stripe, simulator.url, manual, { card: "4000002500003155" });
  expect((await look(id)).intent.status).toBe("requires_capture");
});
