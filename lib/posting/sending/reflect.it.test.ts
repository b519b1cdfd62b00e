import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { type Ledger, openLedger } from "#lib/testing/crashes/posting-crashes.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { giveBackCalls } from "#lib/testing/truth/truth.ts";
import { createPaymentPosting } from "../kinds/payment.ts";
import { listUnreflected } from "../read.ts";
import { postingsNamed } from "../written-documents.ts";
import { reflectLeftovers } from "./reflect.ts";
import { runDuePosting } from "./run-due.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let ledger: Ledger;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  ledger = await openLedger(desk);
});

const fault = (path: string, effect: object, times?: number) =>
  simulator().control("POST", "/control/faults", { method: "GET", path, effect, ...(times && { times }) });
const onItsWay = async (...invoiceIds: string[]) =>
  (await listUnreflected(db(), desk.books.connectionId, invoiceIds)).length;

/** 4.00 on each of these invoices, which Xero has, and which is taken off there before any reading showed it; its id. */
async function takenOffUnseen(...invoiceIds: string[]): Promise<string> {
  const { books, clearingAccountId: accountId, tenantId } = desk;
  await giveBackCalls(db());
  await fault("/api.xro/2.0/Invoices", { kind: "cut-before" });
  const reference = await db().transaction((tx) =>
    createPaymentPosting(tx, {
      ...books,
      ...{ sourceId: randomUUID(), origin: { id: randomUUID(), at: new Date() }, isTest: false, accountId },
      ...{ currency: "AUD", date: new Date().toISOString().slice(0, 10) },
      lines: invoiceIds.map((invoiceId) => ({ invoiceId, amountMinor: 400n })),
    }),
  );
  await runDuePosting(db());
  const posting = (await postingsNamed(db(), [reference])).get(reference);
  expect(posting?.state).toBe("done");
  await simulator().control("DELETE", "/control/faults");
  const removed = invoiceIds.length > 1 ? "batchPaymentId" : "paymentId";
  await simulator().control("POST", "/control/xero/remove-payment", { tenantId, [removed]: posting?.xeroId });
  return posting?.xeroId ?? "";
}

const saying = (status: number, body: string) => ({
  ...{ kind: "status", status, body, headers: { "content-type": "application/json" } },
});

describe("a payment that is taken off in Xero before any reading showed it", () => {
  test.each([
    ["of one invoice", 1],
    ["of several", 2],
  ])("is not on its way for ever: %s", async (_, count) => {
    const invoiceIds = ledger.parts.slice(0, count);
    await takenOffUnseen(...invoiceIds);
    expect(await onItsWay(...invoiceIds)).toBe(count);
    await reflectLeftovers(db());
    expect(await onItsWay(...invoiceIds)).toBe(0);
  });

  test.each([
    ["from before it was there", { kind: "stale-read", seconds: 3_600 }],
    ["without a word of it", saying(200, '{"Payments":[]}')],
  ])("may be there still when Xero answers %s", async (_, effect) => {
    const [invoiceId] = ledger.parts;
    await takenOffUnseen(invoiceId);
    await fault("/api.xro/2.0/Payments/*", effect, 1);
    await reflectLeftovers(db());
    expect(await onItsWay(invoiceId)).toBe(1);
    await reflectLeftovers(db());
    expect(await onItsWay(invoiceId)).toBe(0);
  });

  test("and that Xero does not know keeps no older one on its way", async () => {
    const [older, newer] = ledger.parts;
    await takenOffUnseen(older);
    await fault(`/api.xro/2.0/Payments/${await takenOffUnseen(newer)}`, saying(404, "{}"));
    await reflectLeftovers(db());
    expect([await onItsWay(older), await onItsWay(newer)]).toEqual([0, 1]);
    await simulator().control("DELETE", "/control/faults");
    await reflectLeftovers(db());
    expect(await onItsWay(newer)).toBe(0);
  });
});
