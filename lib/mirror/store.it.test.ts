import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { invoices } from "#db/schema/mirror.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { invoiceInXero } from "#lib/testing/truth/truth.ts";
import type { XeroInvoice } from "#lib/xero/api/types.ts";
import { findByIds } from "./read.ts";
import { saveInvoices } from "./store.ts";
import { refreshInvoices } from "./sync/refresh-invoices.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
});
beforeEach(() => simulator().control("DELETE", "/control/faults"));

const AT = new Date("2026-11-21T10:00:00.500Z");
const later = (ms: number) => new Date(AT.getTime() + ms);

function reading(change: Partial<XeroInvoice> = {}): XeroInvoice {
  return {
    invoiceId: randomUUID(),
    type: "ACCREC",
    number: "INV-1",
    contactId: "c",
    contactName: "C",
    status: "AUTHORISED",
    currency: "AUD",
    totalMinor: 10_000n,
    dueMinor: 10_000n,
    date: null,
    dueDate: null,
    fullyPaidOn: null,
    reference: null,
    paymentIds: [],
    updatedAt: AT,
    ...change,
  };
}

async function kept(invoiceId: string) {
  const [row] = await db().select().from(invoices).where(eq(invoices.invoiceId, invoiceId));
  return row;
}

describe("what Xero said last is what we show", () => {
  test("an older reading that comes later undoes nothing", async () => {
    const old = reading();
    await saveInvoices(db(), desk.books, [old]);
    await saveInvoices(db(), desk.books, [
      { ...old, dueMinor: 4_000n, paymentIds: ["p"], updatedAt: later(1) },
    ]);
    await saveInvoices(db(), desk.books, [old]);
    expect(await kept(old.invoiceId)).toMatchObject({
      dueMinor: 4_000n,
      paymentIds: ["p"],
      updatedAt: later(1),
    });
  });

  test("in whatever order ten readings arrive, all at once", async () => {
    const base = reading();
    const all = Array.from({ length: 10 }, (_, at) => ({
      ...base,
      dueMinor: 10_000n - BigInt(at) * 1_000n,
      updatedAt: later(at),
    }));
    await Promise.all([...all.toReversed(), ...all].map((row) => saveInvoices(db(), desk.books, [row])));
    expect(await kept(base.invoiceId)).toMatchObject({ dueMinor: 1_000n, updatedAt: later(9) });
  });

  test("an old link's amount stays known, each amount once", async () => {
    const row = reading({ dueMinor: 6_000n });
    for (const [at, due] of [6_000n, 3_000n, 3_000n, 6_000n, 0n].entries())
      await saveInvoices(db(), desk.books, [{ ...row, dueMinor: due, updatedAt: later(at) }]);
    expect((await kept(row.invoiceId))?.duesSeen).toEqual([10_000n, 6_000n, 3_000n, 0n]);
  });

  test("two that keep the same rows in two orders don't stop each other", async () => {
    const many = Array.from({ length: 300 }, () => reading());
    const rounds = Array.from({ length: 6 }, (_, round) =>
      many.map((row) => ({ ...row, updatedAt: later(round) })),
    );
    await expect(
      Promise.all(
        rounds.map((rows, at) => saveInvoices(db(), desk.books, at % 2 ? rows : rows.toReversed())),
      ),
    ).resolves.toBeDefined();
  });

  test("one firm's books are not another's, though the ids be the same", async () => {
    const other = await openDesk(db(), simulator(), { country: "uk", backfill: false });
    const row = reading();
    await saveInvoices(db(), desk.books, [row]);
    await saveInvoices(db(), other.books, [{ ...row, dueMinor: 1n }]);
    expect((await findByIds(db(), desk.books.connectionId, [row.invoiceId]))[0]?.dueMinor).toBe(10_000n);
    expect((await findByIds(db(), other.books.connectionId, [row.invoiceId]))[0]?.dueMinor).toBe(1n);
  });

  test("a stale answer of Xero's changes nothing", async () => {
    const truth = await invoiceInXero(simulator(), desk.tenantId, "INV-2009");
    await simulator().control("POST", "/control/xero/pay", {
      tenantId: desk.tenantId,
      invoice: truth.id,
      amount: "100.00",
      account: desk.clearingAccountId,
    });
    await refreshInvoices(db(), desk.books, { ids: [truth.id], purpose: "sync" });
    await simulator().control("POST", "/control/faults", {
      method: "GET",
      path: "/api.xro/2.0/Invoices",
      times: 1,
      effect: { kind: "stale-read", seconds: 3_600 },
    });
    await refreshInvoices(db(), desk.books, { ids: [truth.id], purpose: "sync" });
    expect((await kept(truth.id))?.dueMinor).toBe(BigInt(truth.amountDue - 10_000));
  });
});
