import { randomUUID } from "node:crypto";
/** Yesterday's backup comes back, with Stripe and Xero a day ahead. */
import { expect, test } from "vitest";
import { readPayment } from "#lib/evidence/read-payment.ts";
import { seeToGap } from "#lib/jobs/after-gap.ts";
import { listPayments } from "#lib/payments/read.ts";
import { startRefund } from "#lib/payments/refunds/start-refund.ts";
import { backUp, restore } from "#lib/testing/backup.ts";
import { testDb } from "#lib/testing/database.ts";
import { attemptOf, begin, commit, openDesk, payAtStripe } from "#lib/testing/desk.ts";
import { breaksInTheEnd, paidByCard } from "#lib/testing/refunds.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { invoiceInXero } from "#lib/testing/truth/truth.ts";
import { listBreaks } from "./read.ts";
import { reconcileFirm } from "./run.ts";

const db = testDb();
const simulator = testSimulator();

test("T10: money that was begun, taken and given back after the backup is found again: no loss, nothing twice", async () => {
  const desk = await openDesk(db(), simulator());
  const now = () => ({ ...desk, db: db() });
  const committed = async (number: string, amount: string) => {
    const token = await begin(now(), { number, amount });
    await commit(now(), token);
    return attemptOf(now(), token);
  };
  await seeToGap(db());
  expect(await reconcileFirm(db(), desk.books.firmId, "recent")).toMatchObject({ payments: 0, silent: [] });
  await backUp();

  // In Xero, and then partly given back, all of it there; taken of two at once and never heard of; only reserved yet.
  const refunded = await paidByCard(now());
  await startRefund(db(), desk.caller, {
    refundId: randomUUID(),
    captureId: refunded.id,
    amountMinor: 4_000n,
    note: "Too much",
  });
  expect(await breaksInTheEnd(now())).toEqual([]);
  await paidByCard(now(), 2);
  const unheard = await committed("INV-2009", "2200.00");
  await payAtStripe(desk, unheard.sessionRef ?? "");

  // Xero would take each of them a second time.
  for (const invoice of ["INV-2017", "INV-2013"]) {
    const { amountPaid, amountDue } = await invoiceInXero(simulator(), desk.tenantId, invoice);
    const total = (amountPaid + amountDue) / 100 + 500;
    await simulator().control("POST", "/control/xero/invoice", { tenantId: desk.tenantId, invoice, total });
  }

  await restore();
  await seeToGap(db());
  const { firmId } = desk.books;
  expect(await reconcileFirm(db(), firmId, "recent")).toEqual({
    ...{ payments: 3, refunds: 1, disputes: 0, postings: 0, silent: [] },
  });
  expect(await breaksInTheEnd(now())).toEqual([]);
  const { amountPaid, total } = await invoiceInXero(simulator(), desk.tenantId, "INV-2009");
  expect(amountPaid).toBe(total);

  expect(await reconcileFirm(db(), firmId, "all")).toEqual({
    ...{ payments: 0, refunds: 0, disputes: 0, postings: 0, silent: [] },
  });
  expect(await breaksInTheEnd(now())).toEqual([]);
  expect(await listBreaks(db(), desk.caller.firm)).toEqual([]);
  const { rows } = await listPayments(db(), desk.caller.firm);
  expect(rows.map(({ standing, numbers }) => [standing, numbers.length]).sort()).toEqual([
    ["written", 1],
    ["written", 1],
    ["written", 2],
  ]);
  const story = await readPayment(db(), desk.caller.firm, rows[0]?.captureId ?? "");
  expect(story?.payer).toMatchObject({ email: "payer@client.example" });
  expect(story?.timeline.map(({ action }) => action)).toContain("payment.rebuilt");
}, 120_000);
