import { createHmac, randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { newFirm } from "#lib/testing/xero/at-xero.ts";
import { accountIdsOf, currentAccountId, readFormerAccounts, readProcessor } from "./read.ts";
import { renewKey, saveAccount } from "./save-account.ts";
import { stripeClient } from "./stripe/client.ts";
import { receiveWebhook } from "./webhooks/receive-webhook.ts";
import { saveWebhookSecret } from "./webhooks/save-webhook-secret.ts";

// Stripe takes public addresses only.
vi.hoisted(() => {
  process.env.PUBLIC_ORIGIN = "https://pay.example.com";
});

const KEY = "sk_test_demo_accountants";
const NEXT_KEY = "sk_test_demo_accountants_new";
const LIVE_KEY = "sk_live_demo_accountants";
const OTHER_KEY = "sk_test_harbour_books";
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
  expect(await readProcessor(db(), caller.firm)).toMatchObject({ isRegistered: true, events: "awaited" });
});

describe("an account is one mode of one account at Stripe, and has one row", () => {
  const save = (secretKey: string) => saveAccount(db(), caller, { secretKey });
  const current = () => currentAccountId(db(), caller.firm.firmId);
  const former = async () =>
    (await readFormerAccounts(db(), caller.firm)).map(({ displayName, livemode }) => [displayName, livemode]);

  test("another account and back, test and live and back: each comes to its own row, with its events", async () => {
    await save(KEY);
    const test = await current();
    const rows: (string | undefined)[] = [];
    for (const key of [OTHER_KEY, KEY, LIVE_KEY, KEY, LIVE_KEY]) {
      await save(key);
      rows.push(await current());
    }
    const [other, testAgain, live, testOnceMore, liveAgain] = rows;
    expect([testAgain, testOnceMore, liveAgain]).toEqual([test, test, live]);
    expect(new Set([test, other, live]).size).toBe(3);
    expect(await accountIdsOf(db(), caller.firm.firmId)).toHaveLength(3);
    expect(await former()).toEqual([
      ["Demo Accountants", false],
      ["Harbour Books", false],
    ]);
    expect(await endpoints()).toHaveLength(1);
    expect((await stripeClient(LIVE_KEY).webhookEndpoints.list()).data).toHaveLength(1);
  });

  test("the key of one that takes no new payments is renewed alone; another account's key is refused", async () => {
    await save(OTHER_KEY);
    const [one] = (await readFormerAccounts(db(), caller.firm)).filter(({ livemode }) => !livemode);
    const accountId = one?.accountId ?? "";
    const before = await current();
    await renewKey(db(), caller, { accountId, secretKey: NEXT_KEY });
    expect(await current()).toBe(before);
    const hints = (await readFormerAccounts(db(), caller.firm)).map(({ keyHint }) => keyHint);
    expect(hints).toContain("sk_test_…_new");
    for (const secretKey of [OTHER_KEY, LIVE_KEY])
      await expect(renewKey(db(), caller, { accountId, secretKey })).rejects.toThrow(
        /^That key opens .* mode/,
      );
    const stranger = await newFirm(db());
    await expect(renewKey(db(), stranger, { accountId, secretKey: NEXT_KEY })).rejects.toThrow(
      "There is no such account.",
    );
  });

  test("a key that two people save at the same moment is one row", async () => {
    const fresh = await newFirm(db());
    const saved = await Promise.allSettled(
      [KEY, KEY].map((secretKey) => saveAccount(db(), fresh, { secretKey })),
    );
    expect(saved.map(({ status }) => status)).toContain("fulfilled");
    for (const one of saved)
      if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "conflict" });
    expect(await accountIdsOf(db(), fresh.firm.firmId)).toHaveLength(1);
  });

  test("W6: an event of the other mode, or of another account, is left out", async () => {
    const secret = `whsec_${"a".repeat(32)}`;
    await save(KEY);
    await saveWebhookSecret(db(), caller, { secret });
    const accountId = (await current()) ?? "";
    const rings = async (change: object) => {
      const event = {
        id: randomUUID(),
        livemode: false,
        type: "payout.paid",
        data: { object: { id: "po_1" } },
      };
      const body = Buffer.from(JSON.stringify({ ...event, ...change }));
      const at = Math.floor(Date.now() / 1_000);
      const v1 = createHmac("sha256", secret).update(`${at}.${body}`).digest("hex");
      expect(await receiveWebhook(db(), { accountId, body, signature: `t=${at},v1=${v1}` })).toBe(true);
      const kept = sql`select 1 from processor_events where event_ref = ${event.id}`;
      return (await db().execute(kept)).rows.length;
    };
    expect(await rings({})).toBe(1);
    expect(await rings({ account: "acct_1SimDemoAccountants" })).toBe(1);
    expect(await rings({ livemode: true })).toBe(0);
    expect(await rings({ account: "acct_1SimHarbourBooks" })).toBe(0);
  });
});
