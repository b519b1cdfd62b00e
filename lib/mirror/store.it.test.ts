import { createHmac, randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { invoices, webhookInbox } from "#db/schema/mirror.ts";
import { xeroApps } from "#db/schema/xero.ts";
import { DEMO_APP } from "#lib/testing/at-xero.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { invoiceInXero } from "#lib/testing/truth.ts";
import type { XeroInvoice } from "#lib/xero/types.ts";
import { processInbox } from "./process-inbox.ts";
import { findByIds } from "./read.ts";
import { receiveWebhook } from "./receive-webhook.ts";
import { refreshInvoices } from "./refresh-invoices.ts";
import { saveInvoices } from "./store.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let appId: string;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  const [app] = await db().select({ id: xeroApps.id }).from(xeroApps);
  appId = app?.id ?? "";
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

describe("Xero's webhook is a doorbell", () => {
  const sign = (body: string, key = DEMO_APP.webhookKey) =>
    createHmac("sha256", key).update(body).digest("base64");
  const ring = (body: string, signature = sign(body)) =>
    receiveWebhook(db(), { appId, body: Buffer.from(body), signature });
  let sequence = 0;
  const bodyFor = (resourceId: string, more: object = {}) => {
    sequence += 1;
    return JSON.stringify({
      events: [
        {
          resourceUrl: "https://evil.example/",
          resourceId,
          tenantId: desk.tenantId,
          eventCategory: "INVOICE",
          eventType: "UPDATE",
          ...more,
        },
      ],
      firstEventSequence: sequence,
      lastEventSequence: sequence,
      entropy: "x",
    });
  };
  const inbox = () => db().select().from(webhookInbox);
  const waiting = async () => (await inbox()).filter((row) => row.processedAt === null).length;

  test("rung ten times at once with the same delivery: kept once, read once", async () => {
    const { id } = await invoiceInXero(simulator(), desk.tenantId, "INV-2013");
    const before = (await inbox()).length;
    const body = bodyFor(id);
    expect(await Promise.all(Array.from({ length: 10 }, () => ring(body)))).toEqual(Array(10).fill(true));
    expect((await inbox()).length).toBe(before + 1);
    await processInbox(db(), appId);
    expect(await waiting()).toBe(0);
  });

  test.each([
    ["signed with another key", (body: string) => sign(body, "another-key")],
    ["signed for another body", () => sign("{}")],
    ["without a signature", () => ""],
    ["with a cut signature", (body: string) => sign(body).slice(0, 20)],
  ])("%s: refused, and nothing is kept", async (_, signature) => {
    const before = (await inbox()).length;
    const body = bodyFor(randomUUID());
    expect(await ring(body, signature(body))).toBe(false);
    expect(await receiveWebhook(db(), { appId, body: Buffer.from(body), signature: null })).toBe(false);
    expect(
      await receiveWebhook(db(), { appId: randomUUID(), body: Buffer.from(body), signature: sign(body) }),
    ).toBe(false);
    expect((await inbox()).length).toBe(before);
  });

  test("the intent to receive is answered, and leaves nothing", async () => {
    const before = (await inbox()).length;
    expect(
      await ring(JSON.stringify({ events: [], firstEventSequence: 0, lastEventSequence: 0, entropy: "y" })),
    ).toBe(true);
    expect(await ring("not json")).toBe(true);
    expect((await inbox()).length).toBe(before);
  });

  test("out of order, named twice, of another organisation, of a thing that is gone: the mirror is what Xero says now", async () => {
    const { tenantId } = desk;
    const { id } = await invoiceInXero(simulator(), tenantId, "INV-2013");
    const [first, second] = [bodyFor(id, { eventType: "CREATE" }), bodyFor(id)];
    await simulator().control("POST", "/control/xero/invoice", { tenantId, invoice: id, total: "777.00" });
    for (const body of [second, bodyFor(randomUUID()), bodyFor(id, { tenantId: randomUUID() }), first])
      expect(await ring(body)).toBe(true);
    await processInbox(db(), appId);
    expect((await kept(id))?.totalMinor).toBe(77_700n);
    expect(await waiting()).toBe(0);
  });

  test("Xero doesn't answer: the delivery waits, and is read next time", async () => {
    const { tenantId } = desk;
    const { id } = await invoiceInXero(simulator(), tenantId, "INV-2013");
    await simulator().control("POST", "/control/xero/invoice", { tenantId, invoice: id, total: "888.00" });
    await ring(bodyFor(id));
    await simulator().control("POST", "/control/faults", {
      method: "GET",
      path: "/api.xro/2.0/Invoices",
      times: 1,
      effect: { kind: "cut-before" },
    });
    await expect(processInbox(db(), appId)).rejects.toThrow();
    expect(await waiting()).toBe(1);
    await processInbox(db(), appId);
    expect((await kept(id))?.totalMinor).toBe(88_800n);
    expect(await waiting()).toBe(0);
  });

  test("an event that lies about its invoice changes nothing but a reading", async () => {
    const { id } = await invoiceInXero(simulator(), desk.tenantId, "INV-2013");
    const before = await kept(id);
    await ring(bodyFor(id, { AmountDue: 0, status: "PAID" }));
    await processInbox(db(), appId);
    expect(await kept(id)).toMatchObject({ dueMinor: before?.dueMinor, status: before?.status });
    await db().execute(sql`delete from webhook_inbox`);
  });
});
