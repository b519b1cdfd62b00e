import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { env as settings } from "#lib/core/env.ts";
import { saveSurplusPolicy } from "#lib/firms/save-settings.ts";
import { settleAttempt } from "#lib/payments/attempts/settle-attempt.ts";
import { applySurplusPolicies } from "#lib/payments/overpayments/apply-surplus-policies.ts";
import { postRefundsAndDisputes } from "#lib/payments/post-refunds-and-disputes.ts";
import { listRefundsOf } from "#lib/payments/refunds/read-refund.ts";
import { readRefund } from "#lib/payments/refunds/settle-refund.ts";
import { startRefund } from "#lib/payments/refunds/start-refund.ts";
import { listRefused } from "#lib/posting/read.ts";
import { markByHand } from "#lib/posting/retry.ts";
import { testDb } from "#lib/testing/database.ts";
import { attemptOf, begin, commit, payAtStripe } from "#lib/testing/desk.ts";
import { openPayoutDesk, type PayoutDesk } from "#lib/testing/payouts.ts";
import { paidByCard, takenByCard } from "#lib/testing/refunds.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { invoiceInXero, runToIdle } from "#lib/testing/truth/truth.ts";
import { setClearingAccount } from "#lib/xero/organisations/clearing-account.ts";
import { readClearing } from "../read.ts";
import { checkClearing, checkClearingNow } from "./check-clearing.ts";

const db = testDb();
const simulator = testSimulator();
let desk: PayoutDesk;
let uk: PayoutDesk;
let net: number;

beforeAll(async () => {
  desk = await openPayoutDesk(db(), simulator());
  uk = await openPayoutDesk(db(), simulator(), { country: "uk" });
});
/** A payout of one payment of 100.00 is written. */
beforeEach(async () => {
  await paidByCard(desk);
  await desk.ripe();
  net = (await desk.paidOut()).amount;
  await desk.heard();
});

/** The newest entry of this type on the clearing account. */
async function newest(type: string) {
  const entry = (await desk.entriesOf(desk.clearingAccountId)).findLast((one) => one.type === type);
  if (!entry) throw new Error(`There is no ${type}`);
  return entry;
}

async function transferInXero(): Promise<string> {
  const { bankTransfers } = await simulator().control<{ bankTransfers: { id: string }[] }>(
    "GET",
    `/control/xero/bank-transfers?tenantId=${desk.tenantId}&status=AUTHORISED`,
  );
  return bankTransfers.at(-1)?.id ?? "";
}

const byHand = async (type: "SPEND" | "RECEIVE", amount: number) =>
  desk.inXero("bank-transaction", {
    ...{ type, bankAccount: desk.clearingAccountId, account: "404", amount: amount / 100 },
    contactId: await desk.someContact(),
  }) as Promise<{ id: string }>;

describe("the clearing check names each cent", () => {
  test("of a fee that somebody put on another bank account", async () => {
    const { id } = await newest("SPEND");
    await desk.inXero("recode-bank-transaction", { bankTransactionId: id, bankAccount: desk.bankId });
    expect(await desk.clearing()).toEqual({ isRight: false, elsewhere: 10_000 - net });
    await desk.inXero("recode-bank-transaction", {
      bankTransactionId: id,
      bankAccount: desk.clearingAccountId,
    });
    expect(await desk.clearing()).toEqual({ isRight: true });
  });

  test("of nothing when Xero leaves out payments that stand there when asked for by their ids", async () => {
    const before = await desk.clearing();
    for (const odd of ["empty-list", "no-list", "html", "cut-json"]) {
      await simulator().control("POST", "/control/faults", {
        ...{ method: "GET", path: "/api.xro/2.0/Payments", times: 1, effect: { kind: "odd-answer", odd } },
      });
      await expect(checkClearing(db(), desk.books.connectionId)).rejects.toThrow("can't be read");
    }
    expect(await desk.clearing()).toEqual(before);
  });

  test("of what somebody else entered, until it is gone", async () => {
    const { id } = await byHand("RECEIVE", 1_234);
    expect(await desk.clearing()).toEqual({ isRight: false, not_ours: 1_234 });
    await desk.inXero("remove-bank-transaction", { bankTransactionId: id });
    expect(await desk.clearing()).toEqual({ isRight: true });
  });

  test("of a payout that Xero refused, and of one that a person entered by hand", async () => {
    await paidByCard(desk);
    await desk.ripe();
    const { amount } = await desk.paidOut();
    const tomorrow = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);
    await desk.inXero("lock-dates", { periodLockDate: tomorrow });
    await desk.heard();
    expect(await desk.clearing()).toEqual({ isRight: false, refused: 10_000 });
    await desk.inXero("lock-dates", {});
    const refused = await listRefused(db(), desk.caller.firm);
    expect(refused.map(({ kind, cause }) => [kind, cause]).toSorted()).toEqual([
      ["fee", "locked"],
      ["transfer", "locked"],
    ]);
    for (const { postingId } of refused) await markByHand(db(), desk.caller, { postingId, note: "By hand" });
    expect(await desk.clearing()).toEqual({ isRight: false, by_hand: 10_000 });
    await desk.inXero("bank-transfer", {
      ...{ from: desk.clearingAccountId, to: desk.bankId, amount: amount / 100 },
    });
    await byHand("SPEND", 10_000 - amount);
    expect(await desk.clearing()).toEqual({ isRight: true });
  });

  test("and npm run clearing prints it, and ends with 1 when a cent waits for a person", async () => {
    const { companySlug, firmSlug } = desk.caller.firm;
    const node = [
      "--conditions=react-server",
      "--disable-warning=ExperimentalWarning",
      "scripts/clearing.ts",
    ];
    const run = (firm = `${companySlug}/${firmSlug}`) => {
      const env = { ...process.env, DATABASE_URL: settings().DATABASE_URL };
      const child = spawnSync(process.execPath, [...node, "--firm", firm], { env, encoding: "utf8" });
      return { status: child.status, says: child.stdout + child.stderr };
    };
    expect(run()).toMatchObject({ status: 0, says: expect.stringContaining("clearing is right, A$0.00") });
    const { id } = await byHand("RECEIVE", 1_234);
    expect(run()).toMatchObject({
      status: 1,
      says: expect.stringMatching(/please look, A\$12\.34\s+A\$12\.34\s+Not entered by the desk \(1\)/),
    });
    await desk.inXero("remove-bank-transaction", { bankTransactionId: id });
    expect(run("no/body")).toMatchObject({
      status: 1,
      says: expect.stringContaining("There is no firm no/body"),
    });
  });

  test("and what it found is kept for the firm's own people", async () => {
    await checkClearingNow(db(), desk.caller, desk.books.connectionId);
    const [state] = await readClearing(db(), desk.caller.firm);
    expect(state).toMatchObject({ connectionId: desk.books.connectionId, report: { isRight: true } });
    await expect(checkClearingNow(db(), uk.caller, desk.books.connectionId)).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

/** What comes or goes of each cause by what is done. */
async function change(work: () => Promise<unknown>) {
  const { isRight: _, ...before } = await desk.clearing();
  await work();
  const { isRight, ...after } = await desk.clearing();
  const causes = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changes = causes.map(
    (cause) => [cause, Number(after[cause] ?? 0) - Number(before[cause] ?? 0)] as const,
  );
  return { isRight, ...Object.fromEntries(changes.filter(([, minor]) => minor !== 0)) };
}

test("of money that became an overpayment, of a refund of it, and of one that came back", async () => {
  await saveSurplusPolicy(db(), desk.caller, "overpayment");
  const before = await desk.clearing();
  const capture = await takenByCard(desk);
  const { id: invoice } = await invoiceInXero(simulator(), desk.tenantId, "INV-2017");
  await desk.inXero("pay", { invoice, amount: "30.00", account: desk.bankId });
  await runToIdle(db());
  await applySurplusPolicies(db());
  await runToIdle(db());
  expect(await desk.clearing()).toEqual({ ...before, waiting: 10_000 });

  await startRefund(db(), desk.caller, {
    refundId: randomUUID(),
    captureId: capture.id,
    amountMinor: 2_000n,
    note: "Asked for",
  });
  await postRefundsAndDisputes(db());
  await runToIdle(db());
  expect(await desk.clearing()).toEqual({ ...before, waiting: 10_000, refund_waiting: -2_000 });

  const [refund] = await listRefundsOf(db(), desk.caller.firm, capture.id);
  const told = { processorAccountId: desk.processorAccountId, objectRef: refund?.objectRef ?? "" };
  await desk.atStripe("refund-answer", { refund: told.objectRef, answer: "lost_or_stolen_card" });
  await readRefund(db(), told);
  for (let turn = 0; turn < 3; turn += 1) {
    await postRefundsAndDisputes(db());
    await runToIdle(db());
  }
  expect(await desk.clearing()).toEqual({ ...before, waiting: 10_000 });
});

test("a payout's bank line that was coded to another account is named until it is matched with the transfer", async () => {
  const coded = (await desk.inXero("bank-transaction", {
    ...{ type: "RECEIVE", bankAccount: desk.bankId, account: "200", amount: net / 100 },
    contactId: await desk.someContact(),
  })) as { id: string };
  const before = await desk.clearing();
  expect(before).toMatchObject({ isRight: false, coded_elsewhere: net });
  await desk.inXero("reconcile", { bankTransferId: await transferInXero() });
  expect((await desk.clearing()).coded_elsewhere).toBeUndefined();
  await desk.inXero("reconcile", { bankTransferId: await transferInXero(), isReconciled: false });
  expect(await desk.clearing()).toEqual(before);
  await desk.inXero("remove-bank-transaction", { bankTransactionId: coded.id });
  expect((await desk.clearing()).coded_elsewhere).toBeUndefined();
});

describe("what is gone for good stays named", () => {
  test("a payment that was removed in Xero", async () => {
    const { id } = await newest("ACCRECPAYMENT");
    const removed = () => desk.inXero("remove-payment", { paymentId: id });
    expect(await change(removed)).toEqual({ isRight: false, removed: -10_000 });
    expect(await change(() => byHand("RECEIVE", 10_000))).toEqual({ isRight: false, not_ours: 10_000 });
  });

  test("a transfer that was removed in Xero, and a bank line that was coded by hand in its place", async () => {
    const bankTransferId = await transferInXero();
    const removed = () => desk.inXero("remove-bank-transfer", { bankTransferId });
    expect(await change(removed)).toEqual({ isRight: false, removed: net });
    expect(await change(() => byHand("SPEND", net))).toEqual({ isRight: false, coded_by_hand: -net });
  });
});

test("money in another currency leaves the difference between Xero's rate and the processor's, and it is named", async () => {
  const token = await begin(uk, { number: "INV-3003", amount: "350.00" });
  await commit(uk, token);
  const attempt = await attemptOf(uk, token);
  await payAtStripe(uk, attempt.sessionRef ?? "");
  await settleAttempt(db(), attempt.id);
  await runToIdle(db());
  const before = await uk.balanceOf(uk.clearingAccountId);
  expect(await uk.clearing()).toEqual({ isRight: true, waiting: before });
  await uk.ripe();
  const { amount } = await uk.paidOut();
  await uk.heard();
  const left = await uk.balanceOf(uk.clearingAccountId);
  const { parts } = await checkClearing(db(), uk.books.connectionId);
  expect(await uk.balanceOf(uk.bankId)).toBeGreaterThanOrEqual(amount);
  expect(left).not.toBe(0);
  expect(parts.map(({ cause, sum }) => [cause, Number(sum)])).toEqual([["exchange", left]]);

  // Posted as the page says, it is nothing to look at any more.
  await uk.inXero("bank-transaction", {
    ...{ type: left > 0 ? "SPEND" : "RECEIVE", bankAccount: uk.clearingAccountId, account: "404" },
    ...{ amount: Math.abs(left) / 100, contactId: await uk.someContact() },
  });
  expect(await uk.balanceOf(uk.clearingAccountId)).toBe(0);
  expect(await uk.clearing()).toEqual({ isRight: true });
});

test("what was paid in and paid out on a former clearing account is told of no other one", async () => {
  const { accounts } = await simulator().control<{ accounts: { id: string; name: string }[] }>(
    "GET",
    `/control/xero/accounts?tenantId=${uk.tenantId}`,
  );
  const accountId = accounts.find(({ name }) => name === "Business Savings Account")?.id ?? "";
  expect(await uk.balanceOf(accountId)).toBe(0);
  await setClearingAccount(db(), uk.caller, { connectionId: uk.books.connectionId, accountId });
  const report = await checkClearing(db(), uk.books.connectionId);
  expect(report).toMatchObject({ isRight: true, balance: "0", parts: [] });
});
