import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { type Ledger, openLedger } from "#lib/testing/posting-crashes.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { createPaymentPosting } from "./create-payment-posting.ts";
import { postingsNamed } from "./in-xero.ts";
import { listUnreflected } from "./read.ts";
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

const fault = (path: string, effect: object, times: number) =>
  simulator().control("POST", "/control/faults", { method: "GET", path, times, effect });

test.each([
  { what: "a payment", count: 1, removed: "paymentId" },
  { what: "a payment of several invoices", count: 2, removed: "batchPaymentId" },
])(
  "$what that is taken off in Xero before any reading showed it is not on its way for ever",
  async ({ count, removed }) => {
    const { books, clearingAccountId: accountId, tenantId } = desk;
    const invoiceIds = ledger.parts.slice(0, count);
    const onItsWay = async () => (await listUnreflected(db(), books.connectionId, invoiceIds)).length;

    await fault("/api.xro/2.0/Invoices", { kind: "cut-before" }, 9);
    const reference = await db().transaction((tx) =>
      createPaymentPosting(tx, {
        ...books,
        ...{ sourceId: randomUUID(), origin: { id: randomUUID(), at: new Date() }, accountId },
        ...{ currency: "AUD", date: new Date().toISOString().slice(0, 10) },
        lines: invoiceIds.map((invoiceId) => ({ invoiceId, amountMinor: 400n })),
      }),
    );
    await runDuePosting(db());
    const posting = (await postingsNamed(db(), [reference])).get(reference);
    expect(posting?.state).toBe("done");
    await simulator().control("DELETE", "/control/faults");
    await simulator().control("POST", "/control/xero/remove-payment", {
      tenantId,
      [removed]: posting?.xeroId,
    });

    await fault("/api.xro/2.0/Payments/*", { kind: "stale-read", seconds: 3_600 }, 1);
    await reflectLeftovers(db());
    expect(await onItsWay(), "Xero's answer is from before it was there: nobody knows yet").toBe(count);
    await reflectLeftovers(db());
    expect(await onItsWay()).toBe(0);
  },
);
