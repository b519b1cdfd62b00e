import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Money } from "#lib/core/money/money.ts";
import { savePartPayment } from "#lib/firms/save-settings.ts";
import { refreshInvoices } from "#lib/mirror/sync/refresh-invoices.ts";
import { captureOf } from "#lib/payments/attempts/checkout-attempts.ts";
import { settleAttempt } from "#lib/payments/attempts/settle-attempt.ts";
import { inFlight } from "#lib/payments/in-flight.ts";
import { owe100 } from "#lib/testing/crashes/pay-crashes.ts";
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
} from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { breaks, invoiceInXero, loose, runToIdle } from "#lib/testing/truth/truth.ts";
import { acceptAmounts } from "./accept-amounts.ts";
import { chooseAmounts } from "./choose-amounts.ts";
import { readReceipt } from "./letters/receipt.ts";
import { hasChanged } from "./read.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
const link = { number: "INV-2017", amount: "100.00" };

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
});
beforeEach(async () => {
  await owe100(desk);
  await takesParts({ minor: 2_500n, currency: "AUD" });
});

const takesParts = (minimum: Money, fromInvoices = 1) =>
  savePartPayment(db(), desk.caller, { minimum, fromInvoices });
const choose = async (token: string, amount: string, number = "INV-2017") => {
  const page = await pageOf(desk, token);
  const line = page.lines.find((one) => one.number === number);
  return chooseAmounts(db(), page, { typed: new Map([[line?.invoiceId ?? "", amount]]), ip: null });
};
const due = async (number = "INV-2017") =>
  (await invoiceInXero(simulator(), desk.tenantId, number)).amountDue;
const amounts = async (token: string) => (await pageOf(desk, token)).lines.map((line) => line.amountMinor);
async function pay(token: string) {
  const attempt = await attemptOf(desk, token);
  await payAtStripe(desk, attempt.sessionRef ?? "");
  return settleAttempt(db(), attempt.id);
}
/** In Xero the invoice owes so much by now; `seen`: and our mirror knows. */
async function owes(total: number, seen: boolean) {
  const { id, amountPaid } = await invoiceInXero(simulator(), desk.tenantId, "INV-2017");
  await simulator().control("POST", "/control/xero/invoice", {
    ...{ tenantId: desk.tenantId, invoice: id, total: (amountPaid / 100 + total).toFixed(2) },
  });
  if (seen) await refreshInvoices(db(), desk.books, { ids: [id], purpose: "sync" });
}

test("a part is held, charged and written as that part; what is left can be paid again", async () => {
  const token = await begin(desk, link);
  expect(await choose(token, "A$40.00")).toEqual({ kind: "kept" });
  expect((await commit(desk, token)).kind).toBe("pay");
  const { id } = await invoiceInXero(simulator(), desk.tenantId, "INV-2017");
  expect((await inFlight(db(), desk.books.connectionId, [id])).get(id)?.hold?.amountMinor).toBe(4_000n);
  expect(await pay(token)).toBe("captured");
  const capture = await captureOf(db(), (await pageOf(desk, token)).checkout.id);
  expect(await readReceipt(db(), capture?.id ?? "")).toMatchObject({
    totalMinor: 4_000n,
    lines: [{ number: "INV-2017", amountMinor: 4_000n }],
  });
  expect(await openAt(desk, link)).toMatchObject({
    lines: expect.arrayContaining([
      expect.objectContaining({ number: "INV-2017", sentMinor: 4_000n, payableMinor: 6_000n }),
    ]),
  });
  await runToIdle(db());
  expect(await due()).toBe(6_000);
  const rest = await begin(desk, link);
  expect(await amounts(rest)).toEqual([6_000n]);
  expect((await commit(desk, rest)).kind).toBe("pay");
  expect(await pay(rest)).toBe("captured");
  await runToIdle(db());
  expect(await due()).toBe(0);
  expect([...(await breaks(db(), simulator())), ...(await loose(db()))]).toEqual([]);
});

test("N10: too little, too much, nothing, and what is no amount is not taken, and nothing changes", async () => {
  const token = await begin(desk, link);
  for (const typed of [
    "24.99",
    "100.01",
    "0",
    "-30",
    "1e2",
    "30.001",
    "US$30",
    "EUR 30",
    "３０",
    "30 AUD",
    "0x30",
  ])
    expect(await choose(token, typed), typed).toMatchObject({ kind: "wrong", typed });
  expect(await amounts(token)).toEqual([10_000n]);
  expect(await choose(token, "25")).toEqual({ kind: "kept" });
  expect(await choose(token, "100.00")).toEqual({ kind: "kept" });
  expect(await choose(token, "")).toEqual({ kind: "kept" });
  expect(await amounts(token)).toEqual([10_000n]);
});

test("where the firm takes no parts, none is taken: not typed, not kept from before, and not in another currency", async () => {
  const token = await begin(desk, link);
  await choose(token, "40.00");
  await savePartPayment(db(), desk.caller, null);
  expect(await choose(token, "50.00")).toEqual({ kind: "not_now" });
  expect((await commit(desk, token)).kind).toBe("changed");
  const page = await pageOf(desk, token);
  expect(hasChanged(page)).toBe(true);
  await acceptAmounts(db(), page, null);
  expect(await amounts(token)).toEqual([10_000n]);
  await takesParts({ minor: 1n, currency: "EUR" });
  expect(await choose(token, "50.00")).toEqual({ kind: "not_now" });
});

test("where the firm takes parts of two invoices on, a single one is paid in full, also when the firm decides so late", async () => {
  await takesParts({ minor: 2_500n, currency: "AUD" }, 2);
  const alone = await begin(desk, link);
  expect(await choose(alone, "30.00")).toEqual({ kind: "not_now" });
  const both = await begin(desk, link, { also: ["INV-2013"] });
  expect(await choose(both, "30.00")).toEqual({ kind: "kept" });
  await takesParts({ minor: 2_500n, currency: "AUD" }, 3);
  expect(hasChanged(await pageOf(desk, both))).toBe(true);
  expect((await commit(desk, both)).kind).toBe("changed");
  await takesParts({ minor: 2_500n, currency: "AUD" }, 2);
  expect((await commit(desk, both)).kind).toBe("pay");
  expect(await pay(both)).toBe("captured");
  await runToIdle(db());
  expect([await due(), await due("INV-2013")]).toEqual([7_000, 0]);
});

test("what is owed changes before the commit: the payer agrees again, to the same part while it still may be paid", async () => {
  const token = await begin(desk, link);
  await choose(token, "40.00");
  await owes(80, false);
  expect((await commit(desk, token)).kind).toBe("changed");
  const page = await pageOf(desk, token);
  expect(hasChanged(page)).toBe(true);
  await acceptAmounts(db(), page, null);
  expect(await amounts(token)).toEqual([4_000n]);
  expect(hasChanged(await pageOf(desk, token))).toBe(false);
  await owes(30, true);
  await acceptAmounts(db(), await pageOf(desk, token), null);
  expect(await amounts(token)).toEqual([3_000n]);
});

test("a reserved part is taken while that much is owed, and let go when it is more", async () => {
  for (const [left, ended] of [
    [60, "captured"],
    [30, "closed"],
  ] as const) {
    await owe100(desk);
    const token = await begin(desk, link);
    await choose(token, "40.00");
    await commit(desk, token);
    await owes(left, true);
    expect(await pay(token)).toBe(ended);
    await runToIdle(db());
  }
  expect([...(await breaks(db(), simulator())), ...(await loose(db()))]).toEqual([]);
});
