import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { postings } from "#db/schema/posting.ts";
import { readReceipt } from "#lib/checkout/letters/receipt.ts";
import { readPayment } from "#lib/evidence/read-payment.ts";
import { refreshInvoices } from "#lib/mirror/sync/refresh-invoices.ts";
import { retryPostings } from "#lib/posting/retry.ts";
import { testDb } from "#lib/testing/database.ts";
import { attemptOf, begin, commit, type Desk, openDesk, pageOf, payAtStripe } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { breaks, invoiceInXero, runToIdle } from "#lib/testing/truth/truth.ts";
import { tenants } from "#lib/testing/xero/at-xero.ts";
import { captureOf } from "./attempts/checkout-attempts.ts";
import { settleAttempt } from "./attempts/settle-attempt.ts";
import { readDispute } from "./disputes/record-dispute.ts";
import { postRefundsAndDisputes } from "./post-refunds-and-disputes.ts";
import { listPayments } from "./read.ts";

const db = testDb();
const simulator = testSimulator();
const NUMBERS = ["INV-3001", "INV-3002", "INV-3003"];
let desk: Desk;

const lever = <T>(what: string, body: object) => simulator().control<T>("POST", `/control/${what}`, body);
const inXero = (tenantId: string, number: string) => invoiceInXero(simulator(), tenantId, number);

beforeAll(async () => {
  desk = await openDesk(db(), simulator(), { country: "uk" });
});

/** Three euro invoices of the bakery, 100.00 each, paid at once at a firm whose books are in pounds. */
async function paidTogether() {
  const tenantId = (await tenants(simulator())).uk;
  const ids: string[] = [];
  for (const number of NUMBERS) {
    const { id, amountPaid } = await inXero(tenantId, number);
    await lever("xero/invoice", {
      ...{ tenantId, invoice: id, currency: "EUR", status: "AUTHORISED" },
      total: (amountPaid / 100 + 100).toFixed(2),
    });
    ids.push(id);
  }
  await refreshInvoices(db(), desk.books, { ids, purpose: "sync" });
  const token = await begin(desk, { number: "INV-3001", amount: "100.00" }, { also: NUMBERS.slice(1) });
  await commit(desk, token);
  const attempt = await attemptOf(desk, token);
  await payAtStripe(desk, attempt.sessionRef ?? "");
  await settleAttempt(db(), attempt.id);
  const capture = await captureOf(db(), (await pageOf(desk, token)).checkout.id);
  if (!capture) throw new Error("Not captured");
  expect([capture.currency, capture.amountMinor]).toEqual(["EUR", 30_000n]);
  return capture;
}

const states = async () =>
  Promise.all(NUMBERS.map(async (number) => (await inXero(desk.tenantId, number)).status));

describe("several invoices in another currency than the organisation's own", () => {
  test("are a payment each in Xero, which makes no batch of them; the payment is one to payer and staff", async () => {
    const capture = await paidTogether();
    await runToIdle(db());
    expect(await states()).toEqual(["PAID", "PAID", "PAID"]);
    expect(await breaks(db(), simulator())).toEqual([]);
    expect(await readReceipt(db(), capture.id)).toMatchObject({ inBooks: true });
    const story = await readPayment(db(), desk.caller.firm, capture.id);
    expect(story?.postings.map(({ kind, state }) => [kind, state])).toEqual(
      Array.from({ length: 3 }, () => ["payment", "done"]),
    );
  });

  test("lost in a dispute, all of them are taken off in Xero", async () => {
    const capture = await paidTogether();
    await runToIdle(db());
    const { id } = await lever<{ id: string }>("stripe/dispute", { payment: capture.objectRef });
    await lever("stripe/dispute-answer", { dispute: id, answer: "lost" });
    await readDispute(db(), { processorAccountId: capture.processorAccountId, objectRef: id });
    await Promise.all([postRefundsAndDisputes(db()), postRefundsAndDisputes(db())]);
    await runToIdle(db());
    expect(await states()).toEqual(["AUTHORISED", "AUTHORISED", "AUTHORISED"]);
  });

  test("one that Xero refuses keeps the payment on the to-do list, and the others in Xero, until it is written", async () => {
    const capture = await paidTogether();
    const { id } = await inXero(desk.tenantId, "INV-3002");
    const { accounts } = await simulator().control<{ accounts: { id: string; code?: string }[] }>(
      "GET",
      `/control/xero/accounts?tenantId=${desk.tenantId}&code=090`,
    );
    const elsewhere = await lever<{ id: string }>("xero/pay", {
      ...{ tenantId: desk.tenantId, invoice: id, amount: "100.00", account: accounts[0]?.id },
    });
    await runToIdle(db());
    const listed = async (standing: "written" | "needs_you") =>
      (await listPayments(db(), desk.caller.firm, { standing })).rows
        .filter(({ captureId }) => captureId === capture.id)
        .map((row) => row.standing);
    expect([await listed("needs_you"), await listed("written")]).toEqual([["needs_you"], []]);
    expect(await readReceipt(db(), capture.id)).toMatchObject({ inBooks: false });
    await lever("xero/remove-payment", { tenantId: desk.tenantId, paymentId: elsewhere.id });
    const mine = await db().select().from(postings).where(eq(postings.sourceId, capture.id));
    const refused = mine.filter(({ state }) => state === "refused");
    expect(refused).toHaveLength(1);
    await retryPostings(
      db(),
      desk.caller,
      refused.map((one) => one.id),
    );
    await runToIdle(db());
    expect([await listed("needs_you"), await listed("written")]).toEqual([[], ["written"]]);
    expect(await states()).toEqual(["PAID", "PAID", "PAID"]);
    expect(await breaks(db(), simulator())).toEqual([]);
  });
});
