import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { rateLimits } from "#db/schema/limits.ts";
import { refreshInvoices } from "#lib/mirror/sync/refresh-invoices.ts";
import { pollAttempts } from "#lib/payments/attempts/poll-attempts.ts";
import { cancelAttempt, settleAttempt } from "#lib/payments/attempts/settle-attempt.ts";
import { processEvents } from "#lib/payments/process-events.ts";
import { reflectLeftovers } from "#lib/posting/sending/reflect.ts";
import { insertEvent } from "#lib/processor/store.ts";
import { crasher } from "#lib/testing/crashes/crash.ts";
import { testDb } from "#lib/testing/database.ts";
import {
  attemptOf,
  begin,
  commit,
  type Desk,
  openAt,
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
  loose,
  paymentsInXero,
  runToIdle,
  sessionsInStripe,
} from "#lib/testing/truth/truth.ts";
import type { Committed } from "./commit.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;

/** Of another client than the rest: nobody has used up that one's share of Xero's calls. */
const calm = { number: "INV/2026 #7", amount: "100.00" };
const CONTESTED = ["INV-2017", "INV-2013", "INV-2009", calm.number];

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
});

/** Part-paid, each owing 100.00, and nobody paying. */
beforeEach(async () => {
  await simulator().control("DELETE", "/control/faults");
  for (const { id } of (await db().execute(sql`select id from attempts where state in ('creating', 'open')`))
    .rows)
    await cancelAttempt(db(), String(id));
  for (const number of CONTESTED) {
    const { id, amountPaid } = await invoiceInXero(simulator(), desk.tenantId, number);
    await simulator().control("POST", "/control/xero/invoice", {
      tenantId: desk.tenantId,
      invoice: id,
      total: (amountPaid / 100 + 100).toFixed(2),
      status: "AUTHORISED",
    });
    await refreshInvoices(db(), desk.books, { ids: [id], purpose: "sync" });
  }
});

const link = { number: "INV-2017", amount: "100.00" };
const urls = (all: Committed[]) => all.flatMap((one) => (one.kind === "pay" ? [one.url] : []));
const kinds = (all: Committed[]) =>
  Object.fromEntries([...Map.groupBy(all, (one) => one.kind)].map(([kind, some]) => [kind, some.length]));
const captures = async () =>
  Number((await db().execute(sql`select count(*)::int as n from captures`)).rows[0]?.n);
const charges = async () =>
  (await sessionsInStripe(simulator())).filter((session) => session.payment_status === "paid").length;

/** Webhook (twice), return page (three times) and poller all tell of it at once. */
async function everyoneReports(sessionRefs: string[]): Promise<void> {
  const { rows } = await db().execute(
    sql`select id, session_ref from attempts where session_ref is not null`,
  );
  const ids = rows
    .filter((row) => sessionRefs.includes(String(row.session_ref)))
    .map((row) => String(row.id));
  for (const [at, objectRef] of sessionRefs.entries()) {
    const event = {
      firmId: desk.books.firmId,
      accountId: desk.processorAccountId,
      type: "checkout.session.completed",
      objectRef,
    };
    await insertEvent(db(), { ...event, eventRef: `evt_${objectRef}_${at}` });
    await insertEvent(db(), { ...event, eventRef: `evt_${objectRef}_${at}_again` });
  }
  await db().execute(
    sql`update attempts set created_at = now() - interval '5 minutes', last_polled_at = null where state = 'open'`,
  );
  await Promise.all([
    ...ids.flatMap((id) => [settleAttempt(db(), id), settleAttempt(db(), id), settleAttempt(db(), id)]),
    processEvents(db(), desk.processorAccountId),
    processEvents(db(), desk.processorAccountId),
    pollAttempts(db(), new Date()),
    pollAttempts(db(), new Date()),
  ]);
}

test("fifty payers press Pay for one part-paid invoice at once: one is charged, once, and Xero has it once", async () => {
  const before = { captures: await captures(), charges: await charges() };
  const tokens = await Promise.all(Array.from({ length: 50 }, () => begin(desk, link)));
  const all = await Promise.all(tokens.map((token) => commit(desk, token)));
  expect(kinds(all)).toEqual({ pay: 1, busy: 49 });
  const [session = ""] = urls(all).map(sessionIn);
  expect(await Promise.all([payAtStripe(desk, session), payAtStripe(desk, session)])).toContain("authorized");
  await everyoneReports([session]);
  expect(await captures()).toBe(before.captures + 1);
  expect(await charges()).toBe(before.charges + 1);
  expect(await openAt(desk, link), "it shows as on its way, not as owed").toMatchObject({
    kind: "open",
    lines: expect.arrayContaining([expect.objectContaining({ number: "INV-2017", payableMinor: 0n })]),
  });
  await runToIdle(db());
  expect([...(await breaks(db(), simulator())), ...(await loose(db()))]).toEqual([]);
  const { rows } = await db().execute(sql`select reference from postings order by created_at desc limit 1`);
  expect(await paymentsInXero(simulator(), String(rows[0]?.reference))).toHaveLength(1);
}, 300_000);

test("fifty presses of one payer's button: one session, one charge", async () => {
  const before = await charges();
  const token = await begin(desk, link);
  const page = await pageOf(desk, token);
  const all = await Promise.all(Array.from({ length: 50 }, () => commit(desk, token, { page })));
  expect(new Set(urls(all)).size).toBe(1);
  const [session = ""] = urls(all).map(sessionIn);
  await payAtStripe(desk, session);
  await everyoneReports([session]);
  expect(kinds(await Promise.all(Array.from({ length: 20 }, () => commit(desk, token, { page }))))).toEqual({
    changed: 20,
  });
  await runToIdle(db());
  expect(await charges()).toBe(before + 1);
  expect([...(await breaks(db(), simulator())), ...(await loose(db()))]).toEqual([]);
}, 300_000);

test("two tabs of one browser, again and again: each gives up the other's, whoever pays is charged once", async () => {
  const before = await charges();
  const tokens = await Promise.all([begin(desk, link), begin(desk, link), begin(desk, link)]);
  const all = await Promise.all(
    Array.from({ length: 30 }, (_, at) => commit(desk, tokens[at % tokens.length] ?? "", { own: tokens })),
  );
  const sessions = [...new Set(urls(all))].map(sessionIn);
  const paid = await Promise.all(sessions.map((session) => payAtStripe(desk, session)));
  await everyoneReports(sessions);
  await runToIdle(db());
  expect(paid.filter((kind) => kind === "authorized").length).toBeLessThanOrEqual(1);
  expect(await charges()).toBe(before + paid.filter((kind) => kind === "authorized").length);
  expect([...(await breaks(db(), simulator())), ...(await loose(db()))]).toEqual([]);
}, 300_000);

test("overlapping selections of three invoices: no invoice is charged twice", async () => {
  const picks = [
    ["INV-2017", "INV-2013"],
    ["INV-2013", "INV-2009"],
    ["INV-2009", "INV-2017"],
    ["INV-2017"],
    ["INV-2013", "INV-2017", "INV-2009"],
  ];
  const tokens = await Promise.all(
    Array.from({ length: 30 }, (_, at) => begin(desk, link, { also: picks[at % picks.length] ?? [] })),
  );
  const all = await Promise.all(tokens.map((token) => commit(desk, token)));
  const sessions = urls(all).map(sessionIn);
  await Promise.all(sessions.map((session) => payAtStripe(desk, session)));
  await everyoneReports(sessions);
  await runToIdle(db());
  expect(sessions.length).toBeGreaterThan(0);
  expect([...(await breaks(db(), simulator())), ...(await loose(db()))]).toEqual([]);
}, 300_000);

test("twenty times: the payment races the give-up, by poller, other tab and expiry; money and invoice agree each time", async () => {
  for (let round = 0; round < 20; round += 1) {
    const { id, amountPaid } = await invoiceInXero(simulator(), desk.tenantId, "INV-2017");
    await simulator().control("POST", "/control/xero/invoice", {
      tenantId: desk.tenantId,
      invoice: id,
      total: (amountPaid / 100 + 100).toFixed(2),
      status: "AUTHORISED",
    });
    await refreshInvoices(db(), desk.books, { ids: [id], purpose: "sync" });
    const [token, other] = [await begin(desk, link), await begin(desk, link)];
    const [url = ""] = urls([await commit(desk, token)]);
    const attempt = await attemptOf(desk, token);
    if (round % 2)
      await db().execute(
        sql`update attempts set expires_at = now() - interval '1 second' where id = ${attempt.id}`,
      );
    const races = [
      () => payAtStripe(desk, sessionIn(url)),
      () => pollAttempts(db(), new Date()),
      () => commit(desk, other, { own: [token, other] }),
      () => cancelAttempt(db(), attempt.id),
    ];
    const all = await Promise.all(
      [...races.slice(round % 4), ...races.slice(0, round % 4)].map((race) => race()),
    );
    const second = all.find(
      (one): one is Committed => typeof one === "object" && one !== null && "kind" in one,
    );
    const sessions = [url, ...urls(second ? [second] : [])].map(sessionIn);
    await Promise.all(sessions.map((session) => payAtStripe(desk, session)));
    await everyoneReports(sessions);
    await runToIdle(db());
    expect([...(await breaks(db(), simulator())), ...(await loose(db()))]).toEqual([]);
  }
}, 300_000);

test("another payer's money reaches the mirror at any moment of a commit, while Xero is silent: it is not charged again", async () => {
  const children = crasher();
  const run = async (at: number) => {
    await db().delete(rateLimits);
    const { id, amountPaid } = await invoiceInXero(simulator(), desk.tenantId, calm.number);
    await simulator().control("POST", "/control/xero/invoice", {
      tenantId: desk.tenantId,
      invoice: id,
      total: (amountPaid / 100 + 100).toFixed(2),
      status: "AUTHORISED",
    });
    await refreshInvoices(db(), desk.books, { ids: [id], purpose: "sync" });
    const [first, second] = [await begin(desk, calm), await begin(desk, calm)];
    const [url = ""] = urls([await commit(desk, first)]);
    await payAtStripe(desk, sessionIn(url));
    await everyoneReports([sessionIn(url)]);
    const silent = {
      method: "GET",
      path: "/api.xro/2.0/Invoices",
      times: 1,
      effect: { kind: "status", status: 503, body: "down" },
    };
    await simulator().control("POST", "/control/faults", silent);
    await runToIdle(db());
    await simulator().control("POST", "/control/faults", silent);
    const held = await children.hold({
      at,
      how: "hold",
      work: { kind: "commit", place: desk.place, token: second },
    });
    await reflectLeftovers(db());
    const { points } = await held.goOn();
    const live = await attemptOf(desk, second).catch(() => null);
    if (live) await payAtStripe(desk, live.sessionRef ?? "");
    if (live) await settleAttempt(db(), live.id);
    await runToIdle(db());
    await simulator().control("DELETE", "/control/faults");
    await reflectLeftovers(db());
    return { points, charged: live !== null };
  };
  const { points } = await run(0);
  const from = (points ?? []).findIndex((point) => point.startsWith("after GET"));
  expect(from).toBeGreaterThan(0);
  for (let at = from + 1; at <= (points?.length ?? 0); at += 1) {
    if (points?.[at - 1]?.startsWith("after select"))
      expect((await run(at)).charged, points[at - 1]).toBe(false);
  }
  await children.stop();
  expect([...(await breaks(db(), simulator())), ...(await loose(db()))]).toEqual([]);
}, 300_000);

test("an invoice that Xero says is paid by now is not charged, though our mirror doesn't know", async () => {
  const token = await begin(desk, calm);
  const { tenantId } = desk;
  await simulator().control("POST", "/control/xero/pay", {
    tenantId,
    invoice: calm.number,
    amount: "100.00",
    account: desk.clearingAccountId,
  });
  expect((await commit(desk, token)).kind).toBe("changed");
});

test("a payment that reaches the books between the readings of a page is never shown there as owed", async () => {
  const other = await begin(desk, link);
  const [session = ""] = urls([await commit(desk, await begin(desk, link))]).map(sessionIn);
  await payAtStripe(desk, session);
  await everyoneReports([session]);
  const pages = await db().transaction(async (tx) => {
    await tx.execute(sql`lock table posting_lines in access exclusive mode`);
    const opened = [openAt(desk, link), pageOf(desk, other)] as const;
    await expect.poll(() => waitingForLocks(db()), { timeout: 20_000 }).toBe(opened.length);
    await tx.execute(sql`update posting_lines set reflected_at = now()`);
    await tx.execute(sql`update invoices set status = 'PAID', due_minor = 0 where number = ${link.number}`);
    return { opened };
  });
  const [asked, agreed] = await Promise.all(pages.opened);
  expect(asked.kind).toBe("paid");
  expect(agreed.lines).toEqual([expect.objectContaining({ number: link.number, nowMinor: 0n })]);
}, 60_000);

test("a voided invoice and one reissued under its number: what was agreed is charged, or nothing", async () => {
  const token = await begin(desk, { number: "INV-2013", amount: "100.00" });
  const { tenantId } = desk;
  const { id } = await invoiceInXero(simulator(), tenantId, "INV-2013");
  await simulator().control("POST", "/control/xero/invoice", {
    tenantId,
    invoice: id,
    number: "INV-2013-OLD",
  });
  const { id: another } = await invoiceInXero(simulator(), tenantId, "INV-2009");
  await simulator().control("POST", "/control/xero/invoice", {
    tenantId,
    invoice: another,
    number: "INV-2013",
  });
  const [url = ""] = urls([await commit(desk, token)]);
  await payAtStripe(desk, sessionIn(url));
  await everyoneReports([sessionIn(url)]);
  await runToIdle(db());
  const { rows } = await db().execute(
    sql`select invoice_id from posting_lines order by (select created_at from postings where id = posting_id) desc limit 1`,
  );
  expect(rows[0]?.invoice_id).toBe(id);
  expect([...(await breaks(db(), simulator())), ...(await loose(db()))]).toEqual([]);
});
