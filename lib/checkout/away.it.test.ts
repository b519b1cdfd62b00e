import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { rateLimits } from "#db/schema/limits.ts";
import { syncCursors, webhookInbox, webhookSequences } from "#db/schema/mirror.ts";
import { callBudget, xeroCalls } from "#db/schema/xero.ts";
import { saveTrust } from "#lib/firms/save-settings.ts";
import { catchUp } from "#lib/mirror/sync/catch-up.ts";
import { readChanges } from "#lib/mirror/sync/delta.ts";
import { processInbox } from "#lib/mirror/webhooks/process-inbox.ts";
import { cancelAttempt, settleAttempt } from "#lib/payments/attempts/settle-attempt.ts";
import { testDb } from "#lib/testing/database.ts";
import { attemptOf, begin, commit, type Desk, openDesk, payAtStripe, sessionIn } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { invoiceInXero, runToIdle, type TrueInvoice } from "#lib/testing/truth/truth.ts";
import { counting } from "#lib/testing/xero/ringing.ts";
import { getLine } from "#lib/xero/organisations/connections.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let invoice: TrueInvoice;
let token: string;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  await catchUp(db(), desk.books);
});

/** An invoice of which nothing was heard for a week, and a payer about to press Pay. */
beforeEach(async () => {
  await heal();
  for (const table of [webhookInbox, webhookSequences, rateLimits]) await db().delete(table);
  await saveTrust(db(), desk.caller, 6);
  await changesRead("1 hour");
  await db().execute(sql`delete from unread_rows`);
  await db().execute(sql`update invoices set seen_at = now() - interval '7 days'`);
  invoice = await invoiceInXero(simulator(), desk.tenantId, "INV-2009");
  token = await begin(desk, { number: invoice.number, amount: (invoice.amountDue / 100).toFixed(2) });
  return giveUp;
});

async function giveUp() {
  await heal();
  await cancelAttempts();
}

async function cancelAttempts() {
  const open = await db().execute(sql`select id from attempts where state in ('creating', 'open')`);
  for (const { id } of open.rows) await cancelAttempt(db(), String(id));
}

async function heal() {
  await simulator().control("DELETE", "/control/faults");
  for (const table of [callBudget, xeroCalls]) await db().delete(table);
}

const fault = (effect: object, path = "/api.xro/2.0/*") =>
  simulator().control("POST", "/control/faults", { path, effect });
const isDown = () => fault({ kind: "status", status: 503 });
/** When the last reading of all changes that came to its end began. */
const changesRead = (ago: string, more: { page?: number | null } = { page: null }) =>
  db()
    .update(syncCursors)
    .set({ syncedAt: sql`now() - ${ago}::interval`, ...more })
    .where(
      sql`${syncCursors.connectionId} = ${desk.books.connectionId} and ${syncCursors.kind} = 'invoices'`,
    );
const press = async () => (await commit(desk, token)).kind;
const appId = async () => (await getLine(db(), desk.books.connectionId))?.appId ?? "";
/** A delivery of Xero's that has come and waits. */
const rings = async (resourceId: string) =>
  db()
    .insert(webhookInbox)
    .values({
      appId: await appId(),
      bodyHash: randomUUID(),
      events: [{ tenantId: desk.tenantId, resourceId, eventCategory: "INVOICE", eventType: "UPDATE" }],
      firstSequence: 1,
      lastSequence: 1,
    });

describe("while Xero can't be asked, an invoice is payable that nothing was heard of for a week", () => {
  test.each([
    ["Xero is offline", isDown],
    ["no answer comes", () => fault({ kind: "cut-before" })],
    ["its day limit is spent", () => fault({ kind: "rate-limit", problem: "day", retryAfterSeconds: 7_200 })],
    [
      "it gives no access tokens",
      async () => {
        await simulator().control("POST", "/control/identity/expire-access-tokens", {});
        await fault({ kind: "status", status: 502 }, "/connect/token");
      },
    ],
  ])("%s: the money is taken, and posted once Xero is back", async (_, away) => {
    await away();
    const committed = await commit(desk, token);
    expect(committed.kind).toBe("pay");
    await payAtStripe(desk, sessionIn(committed.kind === "pay" ? committed.url : ""));
    const { id } = await attemptOf(desk, token);
    expect(await settleAttempt(db(), id)).toBe("captured");
    await heal();
    await db().execute(sql`update postings set due_at = now() - interval '1 second' where state <> 'done'`);
    await runToIdle(db());
    expect(await invoiceInXero(simulator(), desk.tenantId, invoice.number)).toMatchObject({ amountDue: 0 });
    await simulator().control("POST", "/control/xero/invoice", {
      ...{ tenantId: desk.tenantId, invoice: invoice.id, status: "AUTHORISED" },
      total: ((invoice.amountPaid + 2 * invoice.amountDue) / 100).toFixed(2),
    });
    await readChanges(db(), desk.books, { kinds: ["invoices"], force: true });
  });

  test("the firm says how long: beyond it nothing is taken", async () => {
    await isDown();
    await changesRead("6 hours 1 minute");
    expect(await press()).toBe("not_now");
    await saveTrust(db(), desk.caller, 7);
    expect(await press()).toBe("pay");
    await saveTrust(db(), desk.caller, 0);
    await changesRead("1 second");
    await db().execute(sql`update invoices set seen_at = now() - interval '1 hour'`);
    expect(await press()).toBe("not_now");
  });

  test("a first reading under way, or lost deliveries that no reading has made up for, are no whole reading", async () => {
    await isDown();
    await changesRead("1 minute", { page: 2 });
    expect(await press()).toBe("not_now");
    await changesRead("1 minute", { page: null });
    await db()
      .insert(webhookSequences)
      .values({ appId: await appId(), reached: 9, gapAt: sql`now()` });
    expect(await press()).toBe("not_now");
    await db().update(webhookSequences).set({ gapAt: sql`now() - interval '2 minutes'` });
    expect(await press()).toBe("pay");
  });

  test("Xero rang for this very invoice: until it is read, nothing is taken; another's news is no obstacle", async () => {
    await isDown();
    await rings("5eed0000-0000-4000-8000-0000000000ff");
    expect(await press()).toBe("pay");
    await giveUp();
    await isDown();
    await rings(invoice.id);
    expect(await press()).toBe("not_now");
    await processInbox(db(), await appId());
    expect(await press()).toBe("not_now");
    await heal();
    await readChanges(db(), desk.books, { kinds: ["invoices"], force: true });
    await isDown();
    expect(await press()).toBe("pay");
  });

  test("at the last look the same rule counts: what was reserved is let go", async () => {
    const committed = await commit(desk, token);
    await payAtStripe(desk, sessionIn(committed.kind === "pay" ? committed.url : ""));
    const { id } = await attemptOf(desk, token);
    await db().execute(sql`update invoices set seen_at = now() - interval '1 minute'`);
    await isDown();
    await changesRead("6 hours 1 minute");
    expect(await settleAttempt(db(), id)).toBe("closed");
  });
});

describe("an answer that says nothing is no yes, however lately all changes were read", () => {
  test.each(["empty-list", "no-list", "html", "cut-json", "nothing"])(
    "%s: nothing is charged, and what was reserved is not captured",
    async (odd) => {
      const committed = await commit(desk, token);
      await payAtStripe(desk, sessionIn(committed.kind === "pay" ? committed.url : ""));
      const { id } = await attemptOf(desk, token);
      await db().execute(sql`update invoices set seen_at = now() - interval '2 hours'`);
      await fault({ kind: "odd-answer", odd }, "/api.xro/2.0/Invoices");
      expect(await press()).toBe("not_now");
      expect(await settleAttempt(db(), id)).toBe("closed");
    },
  );
});

describe("presses", () => {
  const invoicesAsked = () => counting(simulator(), "/api.xro/2.0/Invoices");

  test("sixty on one open checkout cost a call or two, one by one or all at once", async () => {
    const calls = await invoicesAsked();
    for (let at = 0; at < 20; at += 1) expect(await press()).toBe("pay");
    await Promise.all(Array.from({ length: 40 }, press));
    expect(await calls()).toBeLessThanOrEqual(2);
  });

  test("one payer has a share of the calls, and another is still looked after", async () => {
    const calls = await invoicesAsked();
    for (let at = 0; at < 20; at += 1) {
      // Each time as if nothing had been read for long, and with nothing to go on with.
      await cancelAttempts();
      await db().execute(sql`update invoices set seen_at = now() - interval '7 days'`);
      expect(await press()).toBe("pay");
    }
    expect(await calls()).toBeLessThanOrEqual(6);

    const theirs = await invoiceInXero(simulator(), desk.tenantId, "INV-1911");
    expect(theirs.contactId).not.toBe(invoice.contactId);
    const other = await begin(desk, { number: theirs.number, amount: (theirs.amountDue / 100).toFixed(2) });
    await simulator().control("POST", "/control/xero/pay", {
      ...{ tenantId: desk.tenantId, invoice: theirs.id, amount: "0.01", account: desk.clearingAccountId },
    });
    expect((await commit(desk, other)).kind).toBe("changed");
  });
});
