import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { clearSetting } from "../core/settings.ts";
import { initStripe, stripeRoutes } from "./index.ts";
import { seedStripe } from "./seed.ts";
import { connect, control, line, openSession } from "./test-merchant.ts";
import { type Site, startTestSite } from "./test-site.ts";
import { startStripeTimers } from "./timers.ts";

let simulator: Site;
let stripe: Stripe;
let receiver: Server;
let forwardTo: string;
let stopTimers: () => void;
let received: { body: string; signature: string }[] = [];
let answerWith: () => number;

beforeAll(async () => {
  simulator = await startTestSite(stripeRoutes, initStripe);
  stripe = connect(simulator.url);
  receiver = createServer(async (req, res) => {
    let body = "";
    for await (const chunk of req) body += chunk;
    const status = answerWith();
    if (status === 200) received.push({ body, signature: String(req.headers["stripe-signature"]) });
    res.writeHead(status).end();
  });
  await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
  forwardTo = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhooks/stripe`;
  stopTimers = startStripeTimers(simulator.world);
});
afterAll(async () => {
  stopTimers();
  await simulator.close();
  receiver.close();
});
beforeEach(() => {
  seedStripe(simulator.world);
  clearSetting(simulator.world, "stripe.webhookFaults");
  received = [];
  answerWith = () => 200;
});

const listen = () => control(simulator.url, "listen", { apiKey: "sk_test_demo_accountants", forwardTo });

async function payOne(): Promise<string> {
  const { id } = await openSession(stripe, { line_items: [line(5000, "x")] });
  await control(simulator.url, "complete", { session: id });
  return id;
}

const types = () => received.map(({ body }) => JSON.parse(body).type as string);
const ALL = [
  "payment_intent.created",
  "charge.succeeded",
  "payment_intent.succeeded",
  "checkout.session.completed",
  "charge.updated",
];

test("stripe listen gets every event, in order, signed so that the SDK believes it", async () => {
  const { secret } = await listen();
  expect(await listen()).toEqual({ secret });
  const session = await payOne();
  await vi.waitFor(() => expect(types()).toEqual(ALL));
  const events = received.map(({ body, signature }) =>
    stripe.webhooks.constructEvent(body, signature, secret),
  );
  expect(events[3]?.data.object).toMatchObject({ id: session, payment_status: "paid" });
  expect(events[1]?.data.object).toMatchObject({ balance_transaction: null });
  expect(await stripe.events.retrieve(events[3]?.id ?? "")).toMatchObject({
    type: "checkout.session.completed",
  });
  const { body, signature } = received[0] ?? { body: "", signature: "" };
  expect(() => stripe.webhooks.constructEvent(body, signature, "whsec_other")).toThrow();
  expect(() => stripe.webhooks.constructEvent(`${body} `, signature, secret)).toThrow();
});

test("an event that was not taken comes again, also after a long silence", async () => {
  await listen();
  answerWith = () => 500;
  await payOne();
  const attempts = async () => {
    const { deliveries } = await (await fetch(`${simulator.url}/control/stripe/truth`)).json();
    return deliveries.map((delivery: { attempts: number }) => delivery.attempts);
  };
  await vi.waitFor(async () => expect(Math.min(...(await attempts()))).toBeGreaterThan(0));
  answerWith = () => 200;
  simulator.world.clock.advance(3600);
  await vi.waitFor(() => expect(types().sort()).toEqual([...ALL].sort()));
});

test("events are dropped, doubled and out of order when asked", async () => {
  await listen();
  await control(simulator.url, "webhook-faults", { drop: 1 });
  await payOne();
  await control(simulator.url, "webhook-faults", { duplicate: 1 });
  await payOne();
  await vi.waitFor(() => expect(types().sort()).toEqual([...ALL, ...ALL].sort()));
  await control(simulator.url, "webhook-faults", { reorder: 1 });
  const late = await payOne();
  await control(simulator.url, "webhook-faults", {});
  const early = await payOne();
  await vi.waitFor(() => expect(types()).toHaveLength(20), 5000);
  const order = received
    .map(({ body }) => JSON.parse(body))
    .filter(({ type }) => type === "checkout.session.completed")
    .map(({ data }) => data.object.id);
  expect(order.slice(-2)).toEqual([early, late]);
});

test("an endpoint must be public, and shows its secret once", async () => {
  const enabled_events: Stripe.WebhookEndpointCreateParams.EnabledEvent[] = ["checkout.session.completed"];
  for (const url of [forwardTo, "http://localhost:3000/hook", "http://192.168.1.4/hook"]) {
    await expect(stripe.webhookEndpoints.create({ url, enabled_events })).rejects.toMatchObject({
      code: "url_invalid",
      message: expect.stringContaining("Invalid URL: URL must be publicly accessible."),
    });
  }
  const created = await stripe.webhookEndpoints.create({
    url: "https://desk.quickfee.example/hook",
    enabled_events,
  });
  expect(created.secret).toMatch(/^whsec_/);
  expect(await stripe.webhookEndpoints.retrieve(created.id)).not.toHaveProperty("secret");
  expect(await stripe.webhookEndpoints.update(created.id, { disabled: true })).toMatchObject({
    status: "disabled",
  });
  expect((await stripe.webhookEndpoints.list()).data).toHaveLength(1);
  expect(await stripe.webhookEndpoints.del(created.id)).toMatchObject({ deleted: true });
  expect((await stripe.webhookEndpoints.list()).data).toEqual([]);
});
