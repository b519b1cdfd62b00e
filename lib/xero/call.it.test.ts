import { and, eq, isNull, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { callBudget, connections, xeroCalls } from "#db/schema/xero.ts";
import type { FirmCaller } from "#lib/firms/authorise.ts";
import { testDb } from "#lib/testing/database.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import {
  connectFirm,
  newFirm,
  tenants,
  tokenCalls,
  withDemoApp,
  XERO_USER,
} from "#lib/testing/xero/at-xero.ts";
import type { NewPayment, XeroInvoice } from "./api/types.ts";
import type { XeroApi } from "./api/xero-api.ts";
import { withXero } from "./call.ts";
import { listClearingChoices, setClearingAccount } from "./organisations/clearing-account.ts";
import { payConnection } from "./organisations/pay-connections.ts";

const db = testDb();
const simulator = testSimulator();

let caller: FirmCaller;
let tenantId: string;
let connectionId: string;

beforeAll(async () => {
  caller = await withDemoApp(db(), await newFirm(db()));
  tenantId = (await tenants(simulator())).au;
});

beforeEach(async () => {
  await simulator().control("DELETE", "/control/faults");
  await simulator().control("POST", "/control/xero/forget-usage", {});
  await db().delete(callBudget);
  await db().delete(xeroCalls);
  const outcome = await connectFirm(db(), caller, { user: XERO_USER.dana, tenantId });
  expect(outcome.kind).toBe("connected");
  connectionId = (await connection()).id;
});

async function connection() {
  const [row] = await db()
    .select()
    .from(connections)
    .where(and(eq(connections.firmId, caller.firm.firmId), isNull(connections.endedAt)));
  if (!row) throw new Error("not connected");
  return row;
}

const call = <T>(purpose: "payer" | "write" | "sync", work: (xero: XeroApi) => Promise<T>) =>
  withXero(db(), connectionId, purpose, work);

const fault = (effect: object, at: { method?: string; path: string; times?: number }) =>
  simulator().control("POST", "/control/faults", { method: "*", times: 1, ...at, effect });

const ORGANISATION = "/api.xro/2.0/Organisation";

const faultKind = (promise: Promise<unknown>) =>
  promise.then(
    () => "answered",
    (error: { fault?: unknown }) => error.fault ?? error,
  );

async function openInvoices(count: number): Promise<XeroInvoice[]> {
  const { rows } = await call("sync", (xero) => xero.invoices({ page: 1 }));
  const open = rows.filter(
    ({ type, status, currency, dueMinor }) =>
      type === "ACCREC" && status === "AUTHORISED" && currency === "AUD" && dueMinor >= 1_000n,
  );
  expect(open.length).toBeGreaterThanOrEqual(count);
  return open.slice(0, count);
}

async function payment(reference: string, invoices: XeroInvoice[], minor = 123n): Promise<NewPayment> {
  const [bank] = await listClearingChoices(db(), caller.firm, connectionId);
  return {
    reference,
    accountId: bank?.accountId ?? "",
    date: new Date().toISOString().slice(0, 10),
    currency: "AUD",
    lines: invoices.map(({ invoiceId }) => ({ invoiceId, amountMinor: minor })),
  };
}

describe("what Xero says comes out as ours", () => {
  test("the organisation, its accounts, contacts and invoices", async () => {
    expect(await call("sync", (xero) => xero.organisation())).toMatchObject({
      shortCode: "!dM0aU",
      baseCurrency: "AUD",
    });
    const { rows: accounts } = await call("sync", (xero) => xero.accounts());
    expect(accounts.some(({ type }) => type === "BANK")).toBe(true);
    const contacts = await call("sync", (xero) => xero.contacts({ page: 1 }));
    expect(contacts.rows.length).toBeGreaterThan(10);
    expect(contacts.pages).toBe(1);
    const invoices = await call("sync", (xero) => xero.invoices({ page: 1 }));
    expect(new Set(invoices.rows.map(({ status }) => status)).size).toBeGreaterThan(3);
    const times = invoices.rows.map(({ updatedAt }) => updatedAt.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const found = invoices.rows.find(({ type, number }) => type === "ACCREC" && number === "INV-2009");
    expect(found).toMatchObject({
      type: "ACCREC",
      status: "AUTHORISED",
      currency: "AUD",
      dueMinor: 220_000n,
    });
    const again = await call("sync", (xero) => xero.invoicesById([found?.invoiceId ?? ""]));
    expect(again.rows).toEqual([found]);
    const newer = await call("sync", (xero) =>
      xero.invoices({ page: 1, since: new Date(Date.now() + 3_600_000) }),
    );
    expect(newer.rows).toEqual([]);
  });

  test("a payment is written once, found by its reference, and shows on the invoice", async () => {
    const [invoice] = await openInvoices(1);
    if (!invoice) throw new Error("no invoice");
    const wanted = await payment("CF-SINGLE2222", [invoice]);
    const posted = await call("write", (xero) => xero.createPayment(wanted, "key-single"));
    expect(posted).toMatchObject({
      reference: "CF-SINGLE2222",
      lines: [{ invoiceId: invoice.invoiceId, amountMinor: 123n }],
    });
    expect(await call("write", (xero) => xero.createPayment(wanted, "key-single")), "the same key").toEqual(
      posted,
    );
    expect(await call("write", (xero) => xero.findPayments("CF-SINGLE2222", "AUD"))).toEqual([posted]);
    expect(await call("write", (xero) => xero.findBatchPayments("CF-SINGLE2222", "AUD"))).toEqual([]);
    const { rows } = await call("payer", (xero) => xero.invoicesById([invoice.invoiceId]));
    expect(rows[0]?.dueMinor).toBe(invoice.dueMinor - 123n);
    expect(rows[0]?.paymentIds).toContain(posted.xeroId);
  });

  test("several invoices go as one batch, found by its reference", async () => {
    const invoices = await openInvoices(2);
    const posted = await call("write", async (xero) =>
      xero.createBatchPayment(await payment("CF-BATCH22222", invoices, 100n), "key-batch"),
    );
    expect(posted.lines.map(({ invoiceId }) => invoiceId).toSorted()).toEqual(
      invoices.map(({ invoiceId }) => invoiceId).toSorted(),
    );
    expect(await call("write", (xero) => xero.findBatchPayments("CF-BATCH22222", "AUD"))).toEqual([posted]);
    expect(await call("write", (xero) => xero.findPayments("CF-BATCH22222", "AUD"))).toEqual([]);
  });

  test("too much is refused in Xero's own words", async () => {
    const [invoice] = await openInvoices(1);
    if (!invoice) throw new Error("no invoice");
    const wanted = await payment("CF-TOOMUCH222", [invoice], invoice.dueMinor + 1n);
    expect(
      await faultKind(call("write", (xero) => xero.createPayment(wanted, "key-too-much"))),
    ).toMatchObject({
      kind: "refused",
      messages: expect.arrayContaining(["Payment amount exceeds the amount outstanding on this document"]),
    });
  });
});

describe("each kind of trouble is told apart", () => {
  test("a write whose answer is lost may have happened; one that never left has not", async () => {
    const [invoice] = await openInvoices(1);
    if (!invoice) throw new Error("no invoice");
    const lost = await payment("CF-LOST222222", [invoice]);
    await fault({ kind: "cut-after" }, { method: "POST", path: "/api.xro/2.0/Payments" });
    expect(await faultKind(call("write", (xero) => xero.createPayment(lost, "key-lost")))).toEqual({
      kind: "no_answer",
    });
    expect(await call("write", (xero) => xero.findPayments("CF-LOST222222", "AUD"))).toHaveLength(1);

    const real = process.env.SIMULATOR_URL;
    const { env } = await import("#lib/core/env.ts");
    Object.assign(env(), { SIMULATOR_URL: "http://127.0.0.1:1" });
    try {
      expect(await faultKind(call("write", (xero) => xero.createPayment(lost, "key-unsent")))).toEqual({
        kind: "offline",
      });
    } finally {
      Object.assign(env(), { SIMULATOR_URL: real });
    }
  });

  test("503 in plain text is offline, any other 5xx is no answer; both start the outage, an answer ends it", async () => {
    await fault(
      {
        kind: "status",
        status: 503,
        body: "The Organisation is offline",
        headers: { "content-type": "text/plain" },
      },
      { path: ORGANISATION },
    );
    expect(await faultKind(call("sync", (xero) => xero.organisation()))).toEqual({ kind: "offline" });
    await fault(
      { kind: "status", status: 502, body: "<html>", headers: { "content-type": "text/html" } },
      { path: ORGANISATION },
    );
    expect(await faultKind(call("sync", (xero) => xero.organisation()))).toEqual({ kind: "no_answer" });
    expect((await connection()).unreachableSince).not.toBeNull();
    await call("sync", (xero) => xero.organisation());
    expect((await connection()).unreachableSince).toBeNull();
  });

  test("after a 429 nobody calls until the time that Xero asked for", async () => {
    await fault({ kind: "rate-limit", problem: "minute", retryAfterSeconds: 30 }, { path: ORGANISATION });
    const limited = { kind: "limited", problem: "minute", retryAfterSeconds: 30 };
    expect(await faultKind(call("write", (xero) => xero.organisation()))).toEqual(limited);
    const again = await faultKind(call("write", (xero) => xero.organisation()));
    expect(again).toMatchObject({ kind: "limited", problem: "minute" });
    await db().update(callBudget).set({ blockedUntil: sql`now() - interval '1 second'` });
    await call("write", (xero) => xero.organisation());
  });

  test("sync stops while payers and writes still may, by what Xero's headers said last", async () => {
    await call("sync", (xero) => xero.organisation());
    const [seen] = await db().select().from(callBudget);
    expect(seen?.minuteRemaining).toBeLessThan(60);
    expect(seen?.dayLimit).toBe((seen?.dayRemaining ?? 0) > 1_000 ? 5_000 : 1_000);
    await db().update(callBudget).set({ dayRemaining: 300, dayLimit: 1_000 });
    expect(await faultKind(call("sync", (xero) => xero.organisation()))).toMatchObject({
      kind: "limited",
      problem: "day",
    });
    await call("payer", (xero) => xero.organisation());
  });

  test("an expired access token is replaced once, and the call goes again", async () => {
    const before = (await tokenCalls(simulator()))["refresh_token ok"] ?? 0;
    await simulator().control("POST", "/control/identity/expire-access-tokens", {});
    await Promise.all([1, 2, 3, 4].map(() => call("payer", (xero) => xero.organisation())));
    expect((await tokenCalls(simulator()))["refresh_token ok"]).toBe(before + 1);
  });

  test("a 401 that stays is no endless loop, and no reason to ask a person for consent", async () => {
    const refusal = {
      kind: "status",
      status: 401,
      body: "{}",
      headers: { "content-type": "application/json" },
    };
    await fault(refusal, { path: ORGANISATION, times: 2 });
    expect(await faultKind(call("sync", (xero) => xero.organisation()))).toEqual({ kind: "offline" });
    await call("sync", (xero) => xero.organisation());
  });

  test("a missing scope is named on the connection, and forgotten once Xero allows it again", async () => {
    const refusal = {
      kind: "status",
      status: 401,
      body: "{}",
      headers: { "content-type": "application/json", "www-authenticate": 'Bearer error="insufficent_scope"' },
    };
    await fault(refusal, { path: ORGANISATION });
    const missing = { kind: "missing_scope", scope: "accounting.settings.read" };
    expect(await faultKind(call("sync", (xero) => xero.organisation()))).toEqual(missing);
    expect(await connection()).toMatchObject({
      state: "missing_scope",
      stateReason: "accounting.settings.read",
    });
    await call("sync", (xero) => xero.contacts({ page: 1 }));
    expect((await connection()).state).toBe("missing_scope");
    await call("sync", (xero) => xero.organisation());
    expect((await connection()).state).toBe("healthy");
  });

  test("a scope that payments do without does not hide the lack of one that keeps payers out", async () => {
    const refusal = {
      kind: "status",
      status: 401,
      body: "{}",
      headers: {
        "content-type": "application/json",
        "www-authenticate": 'Bearer error="insufficient_scope"',
      },
    };
    for (const path of ["/api.xro/2.0/Payments", "/api.xro/2.0/BankTransfers"])
      await fault(refusal, { path });
    await faultKind(call("sync", (xero) => xero.findPayments("CF-AAAAAAAAAA", "AUD")));
    await faultKind(call("sync", (xero) => xero.findTransfers("CF-AAAAAAAAAA")));
    expect(await connection()).toMatchObject({ stateReason: "accounting.payments.read" });
    expect((await payConnection(db(), connectionId))?.usable).toBe(false);
    await call("sync", (xero) => xero.findPayments("CF-AAAAAAAAAA", "AUD"));
    expect((await payConnection(db(), connectionId))?.usable).toBe(true);
  });

  test("disconnected inside Xero: said once, on the timeline too, and Xero is not asked again", async () => {
    await simulator().control("POST", "/control/identity/disconnect", { tenantId });
    expect(await faultKind(call("sync", (xero) => xero.organisation()))).toEqual({ kind: "disconnected" });
    expect(await connection()).toMatchObject({ state: "disconnected", stateReason: "disconnected_in_xero" });
    const calls = await db().select().from(callBudget);
    expect(await faultKind(call("sync", (xero) => xero.organisation()))).toEqual({ kind: "disconnected" });
    expect(await db().select().from(callBudget)).toEqual(calls);
    const told = await db()
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.action, "connection.disconnected"));
    expect(told).toHaveLength(1);
    const jobs = await db().execute(
      sql`select data from queue.job where name = 'xero.connection-changed' and data->>'state' = 'disconnected'`,
    );
    expect(jobs.rows).toHaveLength(1);
  });

  test("a 403 while Xero still lists the organisation is told as such", async () => {
    await fault(
      { kind: "status", status: 403, body: "{}", headers: { "content-type": "application/json" } },
      { path: ORGANISATION },
    );
    expect(await faultKind(call("sync", (xero) => xero.organisation()))).toEqual({ kind: "disconnected" });
    expect(await connection()).toMatchObject({ state: "organisation_gone", stateReason: "xero_forbids" });
  });
});

describe("the clearing account", () => {
  test("only accounts that take payments are offered, and the choice is read again from Xero", async () => {
    const choices = await listClearingChoices(db(), caller.firm, connectionId);
    const { rows: accounts } = await call("sync", (xero) => xero.accounts());
    const receivable = accounts.find(({ systemAccount }) => systemAccount === "DEBTORS");
    expect(choices.length).toBeGreaterThan(0);
    expect(choices.map(({ accountId }) => accountId)).not.toContain(receivable?.accountId);
    const accountId = choices[0]?.accountId ?? "";
    await setClearingAccount(db(), caller, { connectionId, accountId });
    expect((await connection()).clearingAccountId).toBe(accountId);
    const refused = setClearingAccount(db(), caller, {
      connectionId,
      accountId: receivable?.accountId ?? "",
    });
    await expect(refused).rejects.toMatchObject({ code: "invalid", field: "accountId" });
    expect((await connection()).clearingAccountId).toBe(accountId);
  });

  test("another firm can't read or set it", async () => {
    const stranger = await newFirm(db(), caller);
    await expect(listClearingChoices(db(), stranger.firm, connectionId)).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
