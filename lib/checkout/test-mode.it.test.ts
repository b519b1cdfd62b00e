/** Test money in books that are real: only by an owner's choice, and never without saying so. */
import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { requireFirm } from "#lib/firms/authorise.ts";
import { startRefund } from "#lib/payments/refunds/start-refund.ts";
import { allowTestPayments } from "#lib/processor/allow-test.ts";
import { saveAccount } from "#lib/processor/save-account.ts";
import { owe100 } from "#lib/testing/crashes/pay-crashes.ts";
import { testDb } from "#lib/testing/database.ts";
import { begin, commit, type Desk, openAt, openDesk, pageOf } from "#lib/testing/desk.ts";
import { openPayoutDesk, type PayoutDesk } from "#lib/testing/payouts.ts";
import { breaksInTheEnd, paidByCard } from "#lib/testing/refunds.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { makeActor } from "#lib/testing/staff.ts";
import { invoicesInXero } from "#lib/testing/truth/truth.ts";
import { tenants } from "#lib/testing/xero/at-xero.ts";
import { readReceipt } from "./letters/receipt.ts";

const db = testDb();
const simulator = testSimulator();
const LINK = { number: "INV-2017", amount: "100.00" };
const TEST_KEY = "sk_test_demo_accountants";
let desk: PayoutDesk;

beforeAll(async () => {
  desk = await openPayoutDesk(db(), simulator());
  await owe100(desk);
});

const allow = (allowed: boolean) => allowTestPayments(db(), desk.caller, { allowed });
const opens = async (of: Desk = desk, link = LINK) => {
  const opened = await openAt(of, link);
  return opened.kind === "open" ? { isTest: opened.isTest } : opened.kind;
};

test("a payer can't begin, nor go on with what was begun, before the owner has chosen", async () => {
  const token = await begin(desk, LINK);
  await allow(false);
  expect(await opens()).toBe("not_set_up");
  expect(await commit(desk, token)).toEqual({ kind: "not_set_up" });
  await allow(true);
  expect(await opens()).toEqual({ isTest: true });
  expect((await pageOf(desk, token)).isTest).toBe(true);
});

test("staff who may not change settings can't choose, and the choice ends with another key", async () => {
  const { firm } = desk.caller;
  const actor = await makeActor(db(), "Staff", [{ firmId: firm.firmId, role: "staff" }]);
  const staff = { actor, firm: await requireFirm(db(), actor, firm.firmId, "act"), ip: null };
  await expect(allowTestPayments(db(), staff, { allowed: true })).rejects.toMatchObject({
    code: "forbidden",
  });
  for (const secretKey of ["sk_live_demo_accountants", TEST_KEY])
    await saveAccount(db(), desk.caller, { secretKey });
  expect(await opens()).toBe("not_set_up");
  await allow(true);
  await saveAccount(db(), desk.caller, { secretKey: TEST_KEY });
  expect(await opens()).toEqual({ isTest: true });
});

test("what it leaves in Xero says TEST: payment, credit note and its payment, fee and transfer", async () => {
  const capture = await paidByCard(desk);
  expect(await readReceipt(db(), capture.id)).toMatchObject({
    isTest: true,
    reference: expect.stringMatching(/-TEST$/),
  });
  await desk.ripe();
  await desk.paidOut();
  await desk.heard();
  const back = { refundId: randomUUID(), captureId: capture.id, amountMinor: 2_500n, note: "Too much" };
  await startRefund(db(), desk.caller, back);
  expect(await breaksInTheEnd(desk)).toEqual([]);
  const rows = async (what: string) =>
    Object.values(
      await simulator().control<Record<string, { reference?: string | null }[]>>(
        "GET",
        `/control/xero/${what}?tenantId=${desk.tenantId}`,
      ),
    )[0] ?? [];
  for (const [what, count] of [
    ["payments", 2],
    ["credit-notes", 1],
    ["bank-transactions", 1],
    ["bank-transfers", 1],
  ] as const) {
    const ours = (await rows(what)).flatMap(({ reference }) =>
      reference?.startsWith("CF-") ? [reference] : [],
    );
    expect([
      what,
      ours.length,
      ours.every((reference) => /^CF-[2-9A-HJ-NP-Z]{10}-TEST$/.test(reference)),
    ]).toEqual([what, count, true]);
  }
  expect(await desk.clearing()).toMatchObject({ isRight: true });
});

test("a live key, and one of Xero's demo companies, ask for no choice and say nothing", async () => {
  await saveAccount(db(), desk.caller, { secretKey: "sk_live_demo_accountants" });
  await owe100(desk);
  expect(await opens()).toEqual({ isTest: false });

  const { us } = await tenants(simulator());
  const { tenantId } = await simulator().control<{ tenantId: string }>("POST", "/control/xero/demo-reset", {
    tenantId: us,
  });
  const demo = await openDesk(db(), simulator(), { country: "us", tenantId });
  await allowTestPayments(db(), demo.caller, { allowed: false });
  const invoice = (await invoicesInXero(simulator(), tenantId)).find(
    ({ type, status, currency, amountDue, total }) =>
      type === "ACCREC" && status === "AUTHORISED" && currency === "USD" && amountDue === total,
  );
  const link = { number: invoice?.number ?? "", amount: ((invoice?.total ?? 0) / 100).toFixed(2) };
  expect(await opens(demo, link)).toEqual({ isTest: false });
});
