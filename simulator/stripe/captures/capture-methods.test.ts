import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { initStripe, stripeRoutes } from "../index.ts";
import { seedStripe } from "../seed.ts";
import { card, connect, eventTypes, openSession, params, pay, submit } from "../test-merchant.ts";
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
const cardsManual: More = { payment_method_options: { card: { capture_method: "manual" } } };

async function look(id: string) {
  const session = await stripe.checkout.sessions.retrieve(id, {
    expand: ["payment_intent.latest_charge.balance_transaction"],
  });
  const intent = session.payment_intent as Stripe.PaymentIntent;
  return { session, intent, charge: intent.latest_charge as Stripe.Charge };
}

test.each<[string, More, object]>([
  ["for the intent", manual, { capture_method: "manual" }],
  [
    "for cards alone",
    cardsManual,
    { capture_method: "automatic_async", payment_method_options: { card: { capture_method: "manual" } } },
  ],
])("a card asked %s is authorised and not captured", async (_, more, shown) => {
  const { id, url } = await openSession(stripe, more);
  const answer = await submit(url, card("4242424242424242"));
  expect(answer.headers.get("location")).toContain(`session_id=${id}`);
  const { session, intent, charge } = await look(id);
  expect(session).toMatchObject({ status: "complete", payment_status: "unpaid" });
  expect(intent).toMatchObject({
    ...shown,
    status: "requires_capture",
    amount_capturable: 220_000,
    amount_received: 0,
  });
  expect(charge).toMatchObject({
    status: "succeeded",
    captured: false,
    paid: true,
    amount_captured: 0,
    balance_transaction: null,
    payment_method_details: { card: { capture_before: charge.created + 7 * DAY } },
  });
  expect(await eventTypes(stripe)).toEqual([
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.amount_capturable_updated",
    "checkout.session.completed",
  ]);
});

test("debits cannot be authorised first, so a manual session does not offer them", async () => {
  const both: More = { allowed_payment_method_types: ["card", "au_becs_debit"] };
  const create = (more: More) => stripe.checkout.sessions.create(params({ ...both, ...more }));
  expect((await create(manual)).payment_method_types).toEqual(["card"]);
  expect((await create(cardsManual)).payment_method_types).toEqual(["card", "au_becs_debit"]);
  const { session: id } = await pay(
    stripe,
    simulator.url,
    { ...both, ...cardsManual },
    { debit: "au_becs_debit" },
  );
  expect((await look(id)).intent.status).toBe("processing");
});

test("only manual is a card's own capture method", async () => {
  const wrong = { payment_method_options: { card: { capture_method: "never" as "manual" } } };
  await expect(stripe.checkout.sessions.create(params(wrong))).rejects.toMatchObject({
    param: "payment_method_options[card][capture_method]",
  });
});
