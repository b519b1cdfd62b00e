import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type Desk, openDesk } from "../xero/test-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

const fault = (effect: object, more: object = {}) =>
  desk.control("/faults", { method: "POST", path: "/api.xro/2.0/Payments", times: 1, effect, ...more });
const pay = (reference: string) =>
  desk.call("POST", "/Payments", {
    body: {
      Invoice: { InvoiceNumber: "INV-2009" },
      Account: { Code: "612" },
      Amount: 1,
      Reference: reference,
    },
    headers: { "idempotency-key": reference },
  });
const taken = async (reference: string) =>
  (await desk.control(`/xero/payments?tenantId=${desk.au}&reference=${reference}`)).payments.length;

test("cut before: nothing heard, nothing happened", async () => {
  await fault({ kind: "cut-before" });
  await expect(pay("before")).rejects.toThrow(/hang up|ECONNRESET/);
  expect(await taken("before")).toBe(0);
});

test("cut after: nothing heard, and it happened; the same key finds it, once", async () => {
  await fault({ kind: "cut-after" });
  await expect(pay("after")).rejects.toThrow(/hang up|ECONNRESET/);
  expect(await taken("after")).toBe(1);
  expect((await pay("after")).status).toBe(200);
  expect(await taken("after")).toBe(1);
});

test("hang after: it happened while the caller waits", async () => {
  await fault({ kind: "hang-after", ms: 200 });
  const waiting = pay("hang");
  waiting.catch(() => {});
  await vi.waitFor(async () => expect(await taken("hang")).toBe(1));
  await expect(waiting).rejects.toThrow(/hang up|ECONNRESET/);
});

test("commit late: the ghost arrives after the caller has given up, and a retry doesn't double it", async () => {
  await fault({ kind: "commit-late", ms: 150 });
  await expect(pay("late")).rejects.toThrow(/hang up|ECONNRESET/);
  expect(await taken("late")).toBe(0);
  expect((await pay("late")).status).toBe(200);
  await vi.waitFor(async () => {
    const { entries } = await desk.control("/journal?kind=xero.replayed");
    expect(entries.some(({ data }: { data: { key: string } }) => data.key === "late")).toBe(true);
  });
  expect(await taken("late")).toBe(1);
});

test.each(["minute", "day", "appminute", "concurrent"])("a %s 429 on demand has no body", async (problem) => {
  await fault({ kind: "rate-limit", problem, retryAfterSeconds: 7 });
  const { status, text, headers } = await pay("limited");
  expect([status, text, headers["x-rate-limit-problem"]]).toEqual([429, "", problem]);
  expect(headers["retry-after"]).toBe(problem === "concurrent" ? undefined : "7");
});

test.each([
  ["empty-list", (text: string) => JSON.parse(text).Payments.length === 0],
  ["no-list", (text: string) => text === "{}"],
  ["html", (text: string) => text.startsWith("<!doctype html>")],
  ["cut-json", (text: string) => text.startsWith('{"') && !text.endsWith("}")],
  ["nothing", (text: string) => text === ""],
])("an odd answer, %s: it happened, and the 200 does not say so", async (odd, isSo) => {
  await fault({ kind: "odd-answer", odd });
  const { status, text } = await pay(odd);
  expect([status, isSo(text)]).toEqual([200, true]);
  expect(await taken(odd)).toBe(1);
});

test("an odd row: one row of a list comes with other fields", async () => {
  const { body } = await desk.call("GET", "/Invoices?InvoiceNumbers=INV-2009");
  const { InvoiceID: id } = body.Invoices[0];
  const set = { AmountDue: "much", Status: null };
  await fault({ kind: "odd-row", id, set }, { method: "GET", path: "/api.xro/2.0/Invoices" });
  const odd = (await desk.call("GET", "/Invoices?InvoiceNumbers=INV-2009,INV-2010")).body.Invoices;
  const row = odd.find(({ InvoiceID }: { InvoiceID: string }) => InvoiceID === id);
  expect(row.AmountDue).toBe("much");
  expect(row).not.toHaveProperty("Status");
  expect(odd.filter(({ AmountDue }: { AmountDue: unknown }) => AmountDue === "much")).toHaveLength(1);
});

test("any status on any path, counted down, by share, and removable", async () => {
  await fault({ kind: "status", status: 503, body: "The Xero API is temporarily unavailable" }, { times: 2 });
  expect((await pay("s1")).text).toBe("The Xero API is temporarily unavailable");
  expect((await pay("s1")).status).toBe(503);
  expect((await pay("s1")).status).toBe(200);

  const never = await fault({ kind: "cut-before" }, { probability: 0, times: undefined });
  expect((await pay("s2")).status).toBe(200);
  await fetch(`${desk.url}/control/faults/${never.id}`, { method: "DELETE" });
  expect((await desk.control("/faults")).faults).toEqual([]);

  await desk.control("/faults", {
    path: "/connect/*",
    times: 1,
    effect: {
      kind: "status",
      status: 400,
      body: '{"error":"invalid_grant"}',
      headers: { "content-type": "application/json" },
    },
  });
  const token = await fetch(`${desk.url}/connect/token`, { method: "POST" });
  expect([token.status, await token.json()]).toEqual([400, { error: "invalid_grant" }]);
});

test("faults never touch the control API, and bad ones are refused with the reason", async () => {
  await desk.control("/faults", { path: "/*", times: 1, effect: { kind: "cut-before" } });
  expect(await desk.control("/health")).toEqual({ status: "ok" });
  await fetch(`${desk.url}/control/faults`, { method: "DELETE" });
  const bad = await desk.control("/faults", { path: "nowhere", effect: { kind: "latency" } });
  expect(bad.error).toContain("effect.ms");
});
