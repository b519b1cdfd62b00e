import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { connections } from "#db/schema/xero.ts";
import { noticeGap } from "#lib/core/restored-database.ts";
import { requireFirm } from "#lib/firms/authorise.ts";
import { refreshInvoices } from "#lib/mirror/sync/refresh-invoices.ts";
import { allowTestPayments } from "#lib/processor/allow-test.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { makeActor } from "#lib/testing/staff.ts";
import { invoiceInXero } from "#lib/testing/truth/truth.ts";
import { newFirm } from "#lib/testing/xero/at-xero.ts";
import type { Finding } from "./finding.ts";
import { findingsOf } from "./findings.ts";
import { preflight, preflightOfDesk } from "./run.ts";

const db = testDb();
const simulator = testSimulator();

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk(db(), simulator(), { country: "uk" });
  await noticeGap(db(), async () => {});
});

beforeEach(async () => {
  await db().execute(sql`update memory set alive_at = now()`);
});

const look = () => preflight(db(), desk.caller.firm, new Date());
/** All but that the desk of this test has a test key. */
const missing = (found: Finding[]) =>
  found.filter(({ state, says }) => state === "fault" && !says.startsWith("Clients pay with test payments"));
const lever = (path: string, body: object) =>
  simulator().control("POST", `/control/xero/${path}`, { tenantId: desk.tenantId, ...body });

test("a firm that can take money lacks nothing, and hears what nobody can know for it", async () => {
  const found = await look();
  expect(missing(found)).toEqual([]);
  expect(found.find(({ says }) => says.includes("branding themes"))).toMatchObject({ state: "unsure" });
});

test("a test key in books that are no demo company's is a fault, before and after the owner's choice", async () => {
  const faults = async () => (await look()).filter(({ state }) => state === "fault").map(({ says }) => says);
  expect(await faults()).toEqual([
    expect.stringMatching(/^Clients pay with test payments.*Harbour Books Ltd/),
  ]);
  await allowTestPayments(db(), desk.caller, { allowed: false });
  expect(await faults()).toEqual([expect.stringMatching(/^Stripe's key is a test key.*so nobody can pay/)]);
  await allowTestPayments(db(), desk.caller, { allowed: true });
});

test("a new firm hears all that is missing at once, each with the page that mends it", async () => {
  const { actor, firm } = await newFirm(db());
  const found = await preflight(db(), await requireFirm(db(), actor, firm.firmId, "connect"), new Date());
  expect(missing(found).map(({ says, fix }) => [says, fix])).toEqual([
    ["No Xero app is saved.", { where: "desk", path: "settings/xero", label: "Set up the Xero app" }],
    ["No organisation is connected.", { where: "desk", path: "connections", label: "Connect Xero" }],
    [
      "No payment processor is set up, so nobody can pay.",
      { where: "desk", path: "settings/processor", label: "Open payment processor" },
    ],
  ]);
});

test("what somebody changed in Xero is named: clearing account, lock date, currencies, permissions", async () => {
  const account = { accountId: desk.clearingAccountId };
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London" }).format(new Date());
  await lever("account", { ...account, status: "ARCHIVED" });
  await lever("lock-dates", { periodLockDate: today });
  await lever("actions", { denied: ["UseMulticurrency"] });
  const says = missing(await look()).map((finding) => finding.says);
  expect(says).toHaveLength(3);
  expect(says[0]).toContain("is archived in Xero. Choose an active account.");
  expect(says[1]).toMatch(/clients owe in .*EUR.*may not use several currencies \(UseMulticurrency\)/);
  expect(says[2]).toContain(`its books are locked up to ${today}, so Xero refuses payments of today`);

  await lever("currency", { code: "EUR", isSubscribed: false });
  expect(missing(await look()).map((finding) => finding.says)[1]).toContain(
    "which the organisation is not subscribed to",
  );
  await lever("account", { ...account, status: "ACTIVE" });
  await lever("lock-dates", {});
  await lever("actions", { denied: [] });
  await lever("currency", { code: "EUR", isSubscribed: true });
  expect(missing(await look())).toEqual([]);
});

test("a connection that is down, a missing scope and a silent worker are named; what can't be asked is not called fine", async () => {
  const { connectionId } = desk.books;
  await simulator().control("POST", "/control/faults", {
    method: "GET",
    path: "/api.xro/2.0/Organisation",
    times: 9,
    effect: { kind: "status", status: 503, body: "The Xero API is currently offline for maintenance" },
  });
  await db().execute(sql`update memory set alive_at = now() - interval '10 minutes'`);
  await db()
    .update(connections)
    .set({ state: "missing_scope", stateReason: "accounting.payments" })
    .where(eq(connections.id, connectionId));
  const found = await look();
  const says = missing(found).map((finding) => finding.says);
  expect(says[0]).toContain("A permission is missing");
  expect(says.at(-1)).toMatch(/^The worker was last here 10 minutes ago/);
  expect(found.find(({ says: text }) => text.includes("could not be asked"))).toMatchObject({
    state: "unsure",
  });
  await simulator().control("DELETE", "/control/faults");
  await db()
    .update(connections)
    .set({ state: "healthy", stateReason: null })
    .where(eq(connections.id, connectionId));
});

test("an app that is full says so before Xero does", () => {
  const room = {
    whose: "firm" as const,
    tierName: "Starter",
    used: 5,
    limit: 5,
    webhookKeySet: true,
    webhookSeenAt: null,
  };
  const found = findingsOf({
    app: "ready",
    room,
    organisations: [],
    processor: { state: "none" },
    testMode: null,
    sharesAccount: false,
    mailFault: "connect ECONNREFUSED",
    workerSecondsAgo: null,
    late: [],
    countsNoAddress: false,
  });
  expect(found.map(({ says }) => says)).toEqual(
    expect.arrayContaining([
      expect.stringContaining(
        "Xero's connection limit is reached: the app's Starter tier allows 5 organisations",
      ),
      expect.stringContaining("The mail server does not take our letters: connect ECONNREFUSED"),
      expect.stringContaining("The worker has never run"),
      expect.stringContaining("send the intent to receive"),
    ]),
  );
});

test("a firm hears whether its company's app has room, not how many organisations other firms have", async () => {
  const found = await look();
  expect(found.find(({ says }) => says.includes("tier"))?.says).toBe(
    "The company's app has room for another organisation (Starter tier).",
  );
});

test("staff without the role hear nothing, and the command knows firms by their path", async () => {
  const viewer = await makeActor(db(), "Vic Viewer", [{ firmId: desk.books.firmId, role: "viewer" }]);
  const asViewer = await requireFirm(db(), viewer, desk.books.firmId, "see");
  await expect(preflight(db(), asViewer, new Date())).rejects.toMatchObject({ code: "forbidden" });
  const path = `${desk.place.companySlug}/${desk.place.firmSlug}`;
  expect(missing(await preflightOfDesk(db(), path, new Date()))).toEqual([]);
  await expect(preflightOfDesk(db(), "nobody/nowhere", new Date())).rejects.toMatchObject({
    code: "not_found",
  });
});

test("what clients owe and can't pay online is said, by invoice or by currency", async () => {
  const { id } = await invoiceInXero(simulator(), desk.tenantId, "INV-3001");
  const owes = async (currency: string, total: string) => {
    await lever("invoice", { invoice: id, currency, total });
    await refreshInvoices(db(), desk.books, { ids: [id], purpose: "sync" });
    return (await look())
      .filter(({ says }) => /INV-3001 can.t be paid online|owe in IQD, in which/.test(says))
      .map(({ says }) => says);
  };
  expect(await owes("JPY", "1234.50")).toEqual([
    expect.stringContaining(
      "INV-3001 can't be paid online by itself (¥1,234.50). Online payments in JPY are made in steps of ¥1",
    ),
  ]);
  expect(await owes("GBP", "0.20")).toEqual([
    expect.stringContaining(
      "INV-3001 can't be paid online by itself (£0.20). The smallest online payment is £0.30.",
    ),
  ]);
  expect(await owes("IQD", "5000")).toEqual([expect.stringContaining("clients owe in IQD")]);
});
