import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { holds } from "#db/schema/payments.ts";
import { acceptAmounts } from "#lib/checkout/accept-amounts.ts";
import type { Committed } from "#lib/checkout/commit.ts";
import { refreshInvoices } from "#lib/mirror/sync/refresh-invoices.ts";
import { testDb } from "#lib/testing/database.ts";
import {
  attemptOf,
  begin,
  commit,
  type Desk,
  openDesk,
  pageOf,
  payAtStripe,
  sessionIn,
} from "#lib/testing/desk.ts";
import { waitingForLocks } from "#lib/testing/locks.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import {
  breaks,
  invoiceInXero,
  runToIdle,
  sessionsInStripe,
  type TrueInvoice,
} from "#lib/testing/truth/truth.ts";
import { getAttempt, openAttempt } from "../store.ts";
import { pollAttempts } from "./poll-attempts.ts";
import { cancelAttempt, settleAttempt } from "./settle-attempt.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let invoice: TrueInvoice;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
});

/** Each test has an invoice of its own: part-paid in Xero, owing 100.00. */
const unused = ["INV-2013", "INV-2009", "INV-2017"];
beforeEach(async () => {
  await simulator().control("DELETE", "/control/faults");
  for (const { id } of (await db().execute(sql`select id from attempts where state in ('creating', 'open')`))
    .rows)
    await cancelAttempt(db(), String(id));
  const { tenantId, books } = desk;
  const number = unused.shift() ?? "INV-2013";
  unused.push(number);
  const before = await invoiceInXero(simulator(), tenantId, number);
  await simulator().control("POST", "/control/xero/invoice", {
    tenantId,
    invoice: before.id,
    total: ((before.amountPaid + 10_000) / 100).toFixed(2),
    status: "AUTHORISED",
  });
  await refreshInvoices(db(), books, { ids: [before.id], purpose: "sync" });
  invoice = await invoiceInXero(simulator(), tenantId, number);
});

const link = () => ({ number: invoice.number, amount: "100.00" });
const fault = (effect: object, times = 1, path = "/v1/checkout/sessions") =>
  simulator().control("POST", "/control/faults", { method: "POST", path, times, effect });
const urlOf = (committed: Committed) =>
  committed.kind === "pay" ? committed.url : `no address: ${committed.kind}`;
const staffChange = (change: object, lever = "invoice") =>
  simulator().control("POST", `/control/xero/${lever}`, {
    tenantId: desk.tenantId,
    invoice: invoice.id,
    ...change,
  });
const sessionsOf = async (attemptId: string) =>
  (await sessionsInStripe(simulator())).filter((session) => session.client_reference_id === attemptId);

/** What the mirror says was read a while ago. */
const agoSeen = () =>
  db().execute(
    sql`update invoices set seen_at = now() - interval '1 minute' where invoice_id = ${invoice.id}`,
  );

/** Payments that hold a card's money without taking it. */
async function reservedAtStripe() {
  const { accounts } = await simulator().control<{
    accounts: { paymentIntents: { id: string; status: string }[] }[];
  }>("GET", "/control/stripe/truth");
  return accounts.flatMap((one) => one.paymentIntents).filter(({ status }) => status === "requires_capture");
}

async function nothingIsLost() {
  await runToIdle(db());
  expect(await breaks(db(), simulator())).toEqual([]);
}

describe("what is charged is what is owed at the moment of the commit, also when Pay is pressed again", () => {
  test("paid in Xero since the first press: the payer is told, and the old session can't be paid any more", async () => {
    const token = await begin(desk, link());
    const first = await commit(desk, token);
    await staffChange({ amount: "100.00", account: desk.clearingAccountId }, "pay");
    await agoSeen();
    expect((await commit(desk, token)).kind).toBe("changed");
    expect(await payAtStripe(desk, sessionIn(urlOf(first)))).toBe("closed");
    await nothingIsLost();
  });

  test("less is owed since the first press: the old session ends, the new amount is charged", async () => {
    const token = await begin(desk, link());
    const first = await commit(desk, token);
    await staffChange({ amount: "40.00", account: desk.clearingAccountId }, "pay");
    await agoSeen();
    expect((await commit(desk, token)).kind).toBe("changed");
    await acceptAmounts(db(), await pageOf(desk, token), null);
    const second = await commit(desk, token);
    expect(await payAtStripe(desk, sessionIn(urlOf(first)))).toBe("closed");
    expect(await payAtStripe(desk, sessionIn(urlOf(second)))).toBe("authorized");
    await settleAttempt(db(), (await attemptOf(desk, token)).id);
    await nothingIsLost();
    expect((await invoiceInXero(simulator(), desk.tenantId, invoice.number)).amountDue).toBe(0);
  });

  test("nothing changed: the same session, however often", async () => {
    const token = await begin(desk, link());
    const first = await commit(desk, token);
    expect(urlOf(await commit(desk, token))).toBe(urlOf(first));
    expect(await sessionsOf((await attemptOf(desk, token)).id)).toHaveLength(1);
  });

  test("reserved at the processor, and nothing changed: the second press takes it, once", async () => {
    const token = await begin(desk, link());
    const first = await commit(desk, token);
    await payAtStripe(desk, sessionIn(urlOf(first)));
    const again = await commit(desk, token);
    expect(urlOf(again)).toBe(urlOf(first));
    const { id } = await attemptOf(desk, token);
    expect(await Promise.all([settleAttempt(db(), id), settleAttempt(db(), id)])).toEqual([
      "captured",
      "captured",
    ]);
    expect((await commit(desk, token)).kind).toBe("receipt");
    await nothingIsLost();
  });

  test.each([
    ["more is owed", () => staffChange({ total: "5000.00" })],
    [
      "it was paid elsewhere",
      () => staffChange({ amount: "100.00", account: desk.clearingAccountId }, "pay"),
    ],
    ["it was voided in part", () => staffChange({ amount: "0.01", account: desk.clearingAccountId }, "pay")],
  ])(
    "reserved at the processor, then %s: the reservation is let go, and nothing is charged",
    async (_, change) => {
      const token = await begin(desk, link());
      const first = await commit(desk, token);
      const { id } = await attemptOf(desk, token);
      await payAtStripe(desk, sessionIn(urlOf(first)));
      await change();
      await agoSeen();
      expect(await settleAttempt(db(), id)).toBe("closed");
      expect((await pageOf(desk, token)).captureId).toBeNull();
      expect(await reservedAtStripe()).toEqual([]);
      await nothingIsLost();
    },
  );

  test("Xero is silent at the last look: what the payer agreed to a moment ago is charged, once", async () => {
    const token = await begin(desk, link());
    const first = await commit(desk, token);
    await payAtStripe(desk, sessionIn(urlOf(first)));
    await agoSeen();
    await simulator().control("POST", "/control/faults", {
      ...{ method: "GET", path: "/api.xro/2.0/*", effect: { kind: "status", status: 503 } },
    });
    expect(await settleAttempt(db(), (await attemptOf(desk, token)).id)).toBe("captured");
    await simulator().control("DELETE", "/control/faults");
    await nothingIsLost();
  });

  test("the bank declines what it had reserved: nothing is charged, and the invoice can be paid again", async () => {
    const token = await begin(desk, link());
    const first = await commit(desk, token);
    const { id } = await attemptOf(desk, token);
    await payAtStripe(desk, sessionIn(urlOf(first)));
    await simulator().control("POST", "/control/stripe/decline-capture", {
      payment: sessionIn(urlOf(first)),
    });
    expect(await settleAttempt(db(), id)).toBe("closed");
    expect((await commit(desk, token)).kind).toBe("pay");
    await nothingIsLost();
  });
});

test("an e-mail address that Stripe does not take keeps nobody from paying: its page asks for none of ours", async () => {
  await fault({
    kind: "status",
    status: 400,
    body: JSON.stringify({
      error: {
        ...{ type: "invalid_request_error", code: "email_invalid", param: "customer_email" },
        message: "Invalid email address: r&d!@client.example",
      },
    }),
    headers: { "content-type": "application/json" },
  });
  const token = await begin(desk, link());
  await payAtStripe(desk, sessionIn(urlOf(await commit(desk, token, { email: "r&d!@client.example" }))));
  const { id } = await attemptOf(desk, token);
  expect(await settleAttempt(db(), id)).toBe("captured");
  expect(await sessionsOf(id)).toMatchObject([{ customer_email: null }]);
  await nothingIsLost();
});

describe("an attempt that a payer can pay is never given up behind their back", () => {
  test("two presses with two e-mail addresses: neither session is paid unseen", async () => {
    const token = await begin(desk, link());
    await fault({ kind: "latency", ms: 400 });
    const late = commit(desk, token, { email: "typo@client.example" });
    const { checkout } = await pageOf(desk, token);
    for (;;) {
      const { rows } = await db().execute(
        sql`select 1 from attempts where checkout_id = ${checkout.id} and state = 'creating'`,
      );
      if (rows.length > 0) break;
    }
    const both = [await commit(desk, token), await late];
    const urls = new Set(both.map(urlOf));
    for (const url of urls) if (url.startsWith("http")) await payAtStripe(desk, sessionIn(url));
    const { rows } = await db().execute(sql`select id from attempts where checkout_id = ${checkout.id}`);
    for (const row of rows) await settleAttempt(db(), String(row.id));
    await nothingIsLost();
    expect(both.map(({ kind }) => kind)).toContain("pay");
  });

  test("Stripe refuses one press while another was let in: the session that is open stays, and both lead there", async () => {
    const token = await begin(desk, link());
    await fault({ kind: "cut-after" }, 3);
    expect((await commit(desk, token)).kind).toBe("not_now");
    const attempt = await attemptOf(desk, token);
    const [session] = await sessionsOf(attempt.id);
    await fault({
      kind: "status",
      status: 400,
      body: JSON.stringify({ error: { type: "invalid_request_error", message: "Not now." } }),
      headers: { "content-type": "application/json" },
    });
    const url = "http://stripe.example/";
    const { refused } = await db().transaction(async (tx) => {
      await tx.execute(sql`select 1 from attempts where id = ${attempt.id} for update`);
      const refused = commit(desk, token);
      await expect.poll(() => waitingForLocks(db()), { timeout: 20_000 }).toBeGreaterThan(0);
      await openAttempt(tx, attempt.id, { sessionRef: session?.id ?? "", sessionUrl: url });
      return { refused };
    });
    expect(await refused).toEqual({ kind: "pay", url });
    await payAtStripe(desk, session?.id ?? "");
    await settleAttempt(db(), attempt.id);
    await nothingIsLost();
  });

  test("its answer arrives while it is being given up: the session is ended first", async () => {
    const token = await begin(desk, link());
    await fault({ kind: "cut-after" }, 3);
    expect((await commit(desk, token)).kind).toBe("not_now");
    const attempt = await attemptOf(desk, token);
    const [session] = await sessionsOf(attempt.id);
    let given: Promise<string> | undefined;
    await db().transaction(async (tx) => {
      await tx.execute(sql`select 1 from attempts where id = ${attempt.id} for update`);
      given = cancelAttempt(db(), attempt.id);
      await expect.poll(() => waitingForLocks(db()), { timeout: 20_000 }).toBeGreaterThan(0);
      await openAttempt(tx, attempt.id, {
        sessionRef: session?.id ?? "",
        sessionUrl: "http://stripe.example/",
      });
    });
    await given;
    await payAtStripe(desk, session?.id ?? "");
    await settleAttempt(db(), attempt.id);
    await nothingIsLost();
    expect(await getAttempt(db(), attempt.id)).toMatchObject({ state: "closed" });
  });

  test("given up while its answer is late: the late session is ended, nobody is sent there", async () => {
    const token = await begin(desk, link());
    await fault({ kind: "latency", ms: 500 });
    const late = commit(desk, token);
    const { checkout } = await pageOf(desk, token);
    let id = "";
    while (!id)
      id = String(
        (await db().execute(sql`select id from attempts where checkout_id = ${checkout.id}`)).rows[0]?.id ??
          "",
      );
    expect(await cancelAttempt(db(), id)).toBe("closed");
    expect((await late).kind).toBe("not_now");
    expect((await sessionsOf(id)).map(({ status }) => status)).toEqual(["expired"]);
    expect((await commit(desk, token)).kind).toBe("pay");
    await cancelAttempt(db(), (await attemptOf(desk, token)).id);
  });
});

describe("an answer of the processor that is lost", () => {
  test("the same commit again gives the same session", async () => {
    const token = await begin(desk, link());
    await fault({ kind: "cut-after" }, 3);
    expect((await commit(desk, token)).kind).toBe("not_now");
    const attempt = await attemptOf(desk, token);
    const again = await commit(desk, token);
    const sessions = await sessionsOf(attempt.id);
    expect(sessions.map(({ id }) => id)).toEqual([sessionIn(urlOf(again))]);
    await payAtStripe(desk, sessionIn(urlOf(again)));
    await settleAttempt(db(), attempt.id);
    await nothingIsLost();
  });

  test("nobody comes back: the poller frees the invoice after a while, not before", async () => {
    const token = await begin(desk, link());
    await fault({ kind: "cut-before" }, 3);
    expect((await commit(desk, token)).kind).toBe("not_now");
    const attempt = await attemptOf(desk, token);
    const old = sql`now() - interval '65 seconds'`;
    await db().execute(sql`update attempts set created_at = ${old} where id = ${attempt.id}`);
    await pollAttempts(db(), new Date());
    expect((await getAttempt(db(), attempt.id))?.state).toBe("creating");
    await db().execute(
      sql`update attempts set created_at = now() - interval '4 minutes', last_polled_at = ${old} where id = ${attempt.id}`,
    );
    await pollAttempts(db(), new Date());
    expect((await getAttempt(db(), attempt.id))?.state).toBe("closed");
    expect((await commit(desk, await begin(desk, link()))).kind).toBe("pay");
  });

  test("of giving up: the hold stays until Stripe says that the session has ended", async () => {
    const token = await begin(desk, link());
    await commit(desk, token);
    const { id } = await attemptOf(desk, token);
    await fault({ kind: "cut-before" }, 3, "/v1/checkout/sessions/");
    await expect(cancelAttempt(db(), id)).rejects.toThrow();
    const [hold] = await db().select().from(holds).where(eq(holds.attemptId, id));
    expect(hold?.state).toBe("open");
    expect(await cancelAttempt(db(), id)).toBe("closed");
  });
});

test("one attempt that can't be asked about doesn't keep the poller from the others", async () => {
  const broken = await openDesk(db(), simulator(), { country: "uk" });
  const stuck = await begin(broken, { number: "INV-3001", amount: "480.00" });
  await commit(broken, stuck);
  await db().execute(
    sql`update processor_accounts set sealed_secret_key = 'not sealed by us' where id = ${broken.processorAccountId}`,
  );
  const token = await begin(desk, link());
  await payAtStripe(desk, sessionIn(urlOf(await commit(desk, token))));
  const attempt = await attemptOf(desk, token);
  await db().execute(sql`update attempts set created_at = now() - interval '2 minutes' where state = 'open'`);
  await pollAttempts(db(), new Date()).catch(() => {});
  expect((await getAttempt(db(), attempt.id))?.state).toBe("captured");
  await nothingIsLost();
});
