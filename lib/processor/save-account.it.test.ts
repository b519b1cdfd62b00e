import { beforeAll, expect, test, vi } from "vitest";
import { newFirm } from "#lib/testing/at-xero.ts";
import { testDb } from "#lib/testing/database.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { readProcessor } from "./read.ts";
import { saveAccount } from "./save-account.ts";
import { stripeClient } from "./stripe/client.ts";

// Stripe takes public addresses only.
vi.hoisted(() => {
  process.env.PUBLIC_ORIGIN = "https://pay.example.com";
});

const KEY = "sk_test_demo_accountants";
const db = testDb();
testSimulator();
let caller: Awaited<ReturnType<typeof newFirm>>;

beforeAll(async () => {
  caller = await newFirm(db());
});

const endpoints = async () => (await stripeClient(KEY).webhookEndpoints.list()).data;

test("saving a key registers our address for all that we follow: payments, refunds, disputes", async () => {
  expect((await saveAccount(db(), caller, { secretKey: KEY })).webhook).toBe("registered");
  const [endpoint, ...more] = await endpoints();
  expect(more).toEqual([]);
  expect(endpoint?.enabled_events).toEqual(
    expect.arrayContaining(["checkout.session.completed", "refund.updated", "charge.dispute.closed"]),
  );
});

test("saved again, an address of before gets the events that have been added since", async () => {
  const [endpoint] = await endpoints();
  await stripeClient(KEY).webhookEndpoints.update(endpoint?.id ?? "", {
    enabled_events: ["checkout.session.completed"],
  });
  expect((await saveAccount(db(), caller, { secretKey: KEY })).webhook).toBe("registered");
  const [renewed, ...more] = await endpoints();
  expect(more).toEqual([]);
  expect(renewed?.id).toBe(endpoint?.id);
  expect(renewed?.enabled_events).toContain("charge.dispute.created");
});

test("an address that somebody took off in Stripe is registered anew", async () => {
  const [endpoint] = await endpoints();
  await stripeClient(KEY).webhookEndpoints.del(endpoint?.id ?? "");
  expect((await saveAccount(db(), caller, { secretKey: KEY })).webhook).toBe("registered");
  expect(await endpoints()).toHaveLength(1);
  expect(await readProcessor(db(), caller.firm)).toMatchObject({ webhook: "registered" });
});
