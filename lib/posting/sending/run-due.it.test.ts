import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { postings } from "#db/schema/posting.ts";
import { noticeGap } from "#lib/core/restored-database.ts";
import { findByIds } from "#lib/mirror/read.ts";
import { refreshInvoices } from "#lib/mirror/sync/refresh-invoices.ts";
import { owed } from "#lib/payments/attempts/invoice-state-rules.ts";
import { inFlight } from "#lib/payments/in-flight.ts";
import { type Ledger, openLedger } from "#lib/testing/crashes/posting-crashes.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import {
  breaks,
  breaksOfPosting,
  bringForward,
  paymentsInXero,
  runToIdle,
} from "#lib/testing/truth/truth.ts";
import { createPaymentPosting } from "../kinds/payment.ts";
import { listUnreflected, onItsWay } from "../read.ts";
import { markByHand, retryPostings, revisitRefused } from "../retry.ts";
import { changeClaimed, claimDue, finishClaimed } from "../store.ts";
import { lookUpAfterRestore } from "./look-up-after-restore.ts";
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
beforeEach(async () => {
  await simulator().control("DELETE", "/control/faults");
  await simulator().control("POST", "/control/xero/settings", { idempotencySeconds: 360 });
});

const PAYMENTS = "/api.xro/2.0/Payments";
const fault = (path: string, effect: object, { method = "POST", times = 1 } = {}) =>
  simulator().control("POST", "/control/faults", { method, path, times, effect });

const post = (
  lines: { invoiceId: string; amountMinor: bigint }[],
  { books, clearingAccountId }: Desk = desk,
  { sourceId = randomUUID(), origin = { id: randomUUID(), at: new Date() } } = {},
) =>
  db().transaction((tx) =>
    createPaymentPosting(tx, {
      ...books,
      sourceId,
      origin,
      isTest: false,
      accountId: clearingAccountId,
      currency: books === desk.books ? "AUD" : "GBP",
      date: new Date().toISOString().slice(0, 10),
      lines,
    }),
  );
const part = (minor: number) => post([{ invoiceId: ledger.parts[0], amountMinor: BigInt(minor) }]);

async function step(times = 1): Promise<void> {
  for (let done = 0; done < times; done += 1) {
    await bringForward(db());
    await runDuePosting(db());
  }
}

async function row(reference: string) {
  const [found] = await db().select().from(postings).where(eq(postings.reference, reference));
  if (!found) throw new Error("no posting");
  return found;
}

async function until(fact: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await fact()); )
    if (Date.now() > end) throw new Error("It never came to be");
}

describe("a send that may have arrived is looked for before it goes again", () => {
  test("it had arrived: found, adopted, sent once, also where Xero remembers no key", async () => {
    await simulator().control("POST", "/control/xero/settings", { idempotencySeconds: 0 });
    await fault(PAYMENTS, { kind: "cut-after" });
    const reference = await part(111);
    await runToIdle(db());
    expect(await breaksOfPosting(db(), simulator(), reference)).toEqual([]);
    expect(await row(reference)).toMatchObject({ state: "done", sends: 1 });
  });

  test("it had not: sent again only after two looks", async () => {
    await fault(PAYMENTS, { kind: "cut-before" });
    const reference = await part(112);
    await step();
    expect(await row(reference)).toMatchObject({ state: "unknown", sends: 1, emptyLooks: 0 });
    await step();
    expect(await row(reference)).toMatchObject({ state: "unknown", sends: 1, emptyLooks: 1 });
    await step();
    expect(await row(reference)).toMatchObject({ state: "unknown", sends: 1, emptyLooks: 2 });
    await step();
    expect(await row(reference)).toMatchObject({ state: "done", sends: 2 });
    expect(await breaksOfPosting(db(), simulator(), reference)).toEqual([]);
  });

  test("a look that fails proves nothing", async () => {
    await fault(PAYMENTS, { kind: "cut-before" });
    const reference = await part(113);
    await step(2);
    await fault(PAYMENTS, { kind: "cut-before" }, { method: "GET", times: 3 });
    await step(3);
    expect(await row(reference)).toMatchObject({ state: "unknown", sends: 1, emptyLooks: 1 });
    await runToIdle(db());
    expect(await breaksOfPosting(db(), simulator(), reference)).toEqual([]);
  });

  test("a late write comes after the looks, while the second send waits for Xero's call limit", async () => {
    await fault(PAYMENTS, { kind: "commit-late", ms: 2_500 });
    const reference = await part(114);
    await step(3);
    await fault(PAYMENTS, { kind: "rate-limit", problem: "minute", retryAfterSeconds: 0 });
    await step();
    expect((await row(reference)).sends).toBeGreaterThan(0);
    expect(await paymentsInXero(simulator(), reference)).toEqual([]);
    await until(async () => (await paymentsInXero(simulator(), reference)).length > 0);
    await runToIdle(db());
    expect(await breaksOfPosting(db(), simulator(), reference)).toEqual([]);
  });

  test("a late write comes while the second send is under way: Xero knows the key", async () => {
    await fault(PAYMENTS, { kind: "commit-late", ms: 1_500 });
    const reference = await part(115);
    await runToIdle(db());
    await until(
      async () =>
        (await simulator().control<{ entries: unknown[] }>("GET", "/control/journal?kind=xero.replayed"))
          .entries.length > 0,
    );
    expect(await breaksOfPosting(db(), simulator(), reference)).toEqual([]);
  });

  test("a reading that is out of date at the first look", async () => {
    await fault(PAYMENTS, { kind: "cut-after" });
    const reference = await part(116);
    await step();
    await fault(PAYMENTS, { kind: "stale-read", seconds: 3_600 }, { method: "GET" });
    await step();
    expect(await row(reference)).toMatchObject({ state: "unknown", emptyLooks: 1 });
    await runToIdle(db());
    expect(await breaksOfPosting(db(), simulator(), reference)).toEqual([]);
  });

  test("Xero says OK without ids: no reason to believe it", async () => {
    const body = JSON.stringify({ Payments: [{ StatusAttributeString: "OK" }] });
    await fault(PAYMENTS, {
      kind: "status",
      status: 200,
      body,
      headers: { "content-type": "application/json" },
    });
    const reference = await part(117);
    await step();
    expect(await row(reference)).toMatchObject({ state: "unknown", sends: 1 });
    await runToIdle(db());
    expect(await breaksOfPosting(db(), simulator(), reference)).toEqual([]);
  });
});

describe("a worker that has lost its claim writes nothing", () => {
  test("neither a change nor the end", async () => {
    const reference = await part(118);
    const old = await claimDue(db());
    if (!old) throw new Error("nothing due");
    expect(await claimDue(db())).toBeUndefined();
    await bringForward(db());
    const next = await claimDue(db());
    expect(next).toMatchObject({ id: old.id, generation: old.generation + 1 });
    const [line] = old.lines;
    expect(await changeClaimed(db(), old, { state: "refused", message: "too late" })).toBe(false);
    const follow = () => Promise.reject(new Error("Nothing may follow"));
    const lines = [{ paymentId: randomUUID(), invoiceId: line?.invoiceId ?? "", amountMinor: 118n }];
    const posted = { xeroId: randomUUID(), reference, lines };
    expect(await finishClaimed(db(), old, { posted, differences: [], follow })).toBe(false);
    expect(await row(reference)).toMatchObject({ state: "sending", xeroId: null });
    await runToIdle(db());
    expect(await breaksOfPosting(db(), simulator(), reference)).toEqual([]);
  });

  test("ten workers share twenty postings, each is sent once", async () => {
    const references = await Promise.all(Array.from({ length: 20 }, (_, at) => part(200 + at)));
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        while (await runDuePosting(db()));
      }),
    );
    for (const reference of references) {
      expect(await breaksOfPosting(db(), simulator(), reference)).toEqual([]);
      expect(await row(reference)).toMatchObject({ sends: 1, generation: 1 });
    }
  });
});

describe("a claim that waiting has used up sends nothing", () => {
  /** As if each look at the clock came this much later than the one before. */
  const slowly = async (seconds: number, work: () => Promise<unknown>) => {
    let late = 0;
    const real = performance.now.bind(performance);
    const clock = vi.spyOn(performance, "now").mockImplementation(() => {
      late += seconds * 1_000;
      return real() + late;
    });
    await work().finally(() => clock.mockRestore());
  };

  test("a first send goes back to the queue as never sent", async () => {
    const reference = await part(121);
    await slowly(3, () => step());
    expect(await row(reference)).toMatchObject({ state: "ready", sends: 0, leaseUntil: null });
    expect(await paymentsInXero(simulator(), reference)).toEqual([]);
    await runToIdle(db());
    expect(await breaksOfPosting(db(), simulator(), reference)).toEqual([]);
  });

  test("a look goes back as not looked, and what may have arrived is not sent again", async () => {
    await fault(PAYMENTS, { kind: "cut-after" });
    const reference = await part(122);
    await step();
    await slowly(3, () => step());
    expect(await row(reference)).toMatchObject({ state: "unknown", sends: 1, emptyLooks: 0 });
    await runToIdle(db());
    expect(await breaksOfPosting(db(), simulator(), reference)).toEqual([]);
  });
});

describe("what Xero refuses is a person's to decide", () => {
  test("more than is owed: refused in Xero's words, nothing written; mended and tried again it is in Xero once", async () => {
    const { invoiceId, amountMinor } = await ledger.whole();
    await runToIdle(db());
    const reference = await post([{ invoiceId, amountMinor: amountMinor + 1n }]);
    expect(await onItsWay(db(), desk.caller.firm)).toMatchObject([{ minor: amountMinor + 1n }]);
    await runToIdle(db());
    expect(await onItsWay(db(), desk.caller.firm)).toEqual([]);
    expect(await row(reference)).toMatchObject({
      state: "refused",
      message: expect.stringContaining("exceeds the amount outstanding"),
    });
    expect(await paymentsInXero(simulator(), reference)).toEqual([]);
    await expect(retryPostings(db(), { ...desk.caller, ip: null }, [randomUUID()])).rejects.toMatchObject({
      code: "conflict",
    });
    const { tenantId } = desk;
    await simulator().control("POST", "/control/xero/invoice", {
      tenantId,
      invoice: invoiceId,
      total: "1000000.00",
    });
    await retryPostings(db(), { ...desk.caller, ip: null }, [(await row(reference)).id]);
    await runToIdle(db());
    expect(await breaksOfPosting(db(), simulator(), reference)).toEqual([]);
  });

  test("mended inside Xero: it is tried by itself, ever less often, and is in Xero once", async () => {
    const { invoiceId, amountMinor } = await ledger.whole();
    const reference = await post([{ invoiceId, amountMinor: amountMinor + 1n }]);
    const refusedFor = async () => {
      const { rows } = await db().execute(
        sql`select state, round(extract(epoch from due_at - now()) / 3600)::int as hours from postings where reference = ${reference}`,
      );
      return rows[0];
    };
    const later = () =>
      db().execute(
        sql`update postings set due_at = now() - interval '1 second' where reference = ${reference}`,
      );
    await runToIdle(db());
    for (const hours of [1, 2, 4, 8, 16, 24, 24]) {
      await revisitRefused(db());
      expect(await refusedFor()).toEqual({ state: "refused", hours });
      await later();
      await revisitRefused(db());
      await runToIdle(db());
    }
    await simulator().control("POST", "/control/xero/invoice", {
      ...{ tenantId: desk.tenantId, invoice: invoiceId, total: "1000000.00" },
    });
    await later();
    await revisitRefused(db());
    await runToIdle(db());
    expect(await breaksOfPosting(db(), simulator(), reference)).toEqual([]);
  });

  test("done by hand: a person's note stays, nothing is on its way any more, and it is never sent", async () => {
    const { invoiceId, amountMinor } = await ledger.whole();
    const reference = await post([{ invoiceId, amountMinor: amountMinor + 1n }]);
    await runToIdle(db());
    const postingId = (await row(reference)).id;
    const sent = async () => (await listUnreflected(db(), desk.books.connectionId, [invoiceId])).length;
    expect(await sent()).toBe(1);
    await markByHand(db(), desk.caller, { postingId, note: "Entered as a journal" });
    await expect(markByHand(db(), desk.caller, { postingId, note: "again" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await sent()).toBe(0);
    await db().execute(sql`update postings set due_at = now() - interval '1 second' where id = ${postingId}`);
    await revisitRefused(db());
    await runToIdle(db());
    expect(await row(reference)).toMatchObject({ state: "by_hand", message: "Entered as a journal" });
    expect(await paymentsInXero(simulator(), reference)).toEqual([]);
  });

  test("refused because an earlier send of ours came through late and settled it: that one counts", async () => {
    await simulator().control("POST", "/control/xero/settings", { idempotencySeconds: 0 });
    await fault(PAYMENTS, { kind: "cut-after" });
    const reference = await post([await ledger.whole()]);
    await step();
    // Both looks happened to see an old state.
    await db().execute(sql`update postings set empty_looks = 2 where reference = ${reference}`);
    await step();
    expect(await row(reference)).toMatchObject({ state: "done", sends: 2 });
    await runToIdle(db());
    expect(await breaksOfPosting(db(), simulator(), reference)).toEqual([]);
  });

  test("one of a batch is refused: none of it is written", async () => {
    const whole = await ledger.whole();
    const reference = await post([
      { invoiceId: ledger.parts[1], amountMinor: 500n },
      { ...whole, amountMinor: whole.amountMinor + 1n },
    ]);
    await runToIdle(db());
    expect((await row(reference)).state).toBe("refused");
    expect(await paymentsInXero(simulator(), reference)).toEqual([]);
  });
});

test("one capture makes one posting, however often it is asked for", async () => {
  const captureId = randomUUID();
  await post([{ invoiceId: ledger.parts[0], amountMinor: 300n }], desk, { sourceId: captureId });
  await expect(
    post([{ invoiceId: ledger.parts[0], amountMinor: 300n }], desk, { sourceId: captureId }),
  ).rejects.toThrow();
  await runToIdle(db());
});

describe("money on its way never shows as owed again", () => {
  const left = async (invoiceId: string) => {
    const flight = await inFlight(db(), desk.books.connectionId, [invoiceId]);
    const [mirrored] = await findByIds(db(), desk.books.connectionId, [invoiceId]);
    return owed(mirrored?.dueMinor ?? 0n, [flight.get(invoiceId)?.sentMinor ?? 0n]);
  };

  test("at no moment from the capture to the mirror, though Xero's answers be old", async () => {
    const [invoiceId] = ledger.parts;
    await runToIdle(db());
    const before = await left(invoiceId);
    const reference = await part(1_000);
    expect(await left(invoiceId)).toBe(before - 1_000n);
    await fault("/api.xro/2.0/Invoices", { kind: "stale-read", seconds: 3_600 }, { method: "GET", times: 2 });
    await step();
    expect((await row(reference)).state).toBe("done");
    expect(await left(invoiceId)).toBe(before - 1_000n);
    await reflectLeftovers(db());
    expect(await left(invoiceId)).toBe(before - 1_000n);
    await reflectLeftovers(db());
    expect(await left(invoiceId)).toBe(before - 1_000n);
    expect(await breaksOfPosting(db(), simulator(), reference)).toEqual([]);
    // An old reading that comes last of all changes nothing either.
    await fault("/api.xro/2.0/Invoices", { kind: "stale-read", seconds: 3_600 }, { method: "GET" });
    await refreshInvoices(db(), desk.books, { ids: [invoiceId], purpose: "sync" });
    expect(await left(invoiceId)).toBe(before - 1_000n);
  });

  test("an organisation that can't be read doesn't keep the sweep from the others", async () => {
    const uk = await openDesk(db(), simulator(), { country: "uk" });
    const lineOf = { [desk.tenantId]: ledger.parts[0], [uk.tenantId]: await openInPounds(uk) };
    for (const [dead, alive] of [
      [uk, desk],
      [desk, uk],
    ] as const) {
      // Until it is taken back: other readings than these two may use up any number.
      await fault("/api.xro/2.0/Invoices", { kind: "cut-before" }, { method: "GET", times: 1_000 });
      const [, reference = ""] = [
        await post([{ invoiceId: lineOf[dead.tenantId] ?? "", amountMinor: 100n }], dead),
        await post([{ invoiceId: lineOf[alive.tenantId] ?? "", amountMinor: 100n }], alive),
      ];
      await step(2);
      await simulator().control("DELETE", "/control/faults");
      expect(await breaksOfPosting(db(), simulator(), reference)).toEqual([
        `${reference} is not seen on its invoice`,
      ]);
      await simulator().control("POST", "/control/xero/organisation", {
        tenantId: dead.tenantId,
        state: "offline",
      });
      await reflectLeftovers(db());
      await simulator().control("POST", "/control/xero/organisation", {
        tenantId: dead.tenantId,
        state: "active",
      });
      expect(await breaksOfPosting(db(), simulator(), reference)).toEqual([]);
      await reflectLeftovers(db());
    }
  });

  async function openInPounds({ books }: Desk): Promise<string> {
    const { rows } = await db().execute(
      sql`select invoice_id from invoices where connection_id = ${books.connectionId} and type = 'ACCREC' and status = 'AUTHORISED' and currency = 'GBP' and due_minor > 300
        and date <= current_date limit 1`,
    );
    return String(rows[0]?.invoice_id);
  }
});

test("T10: money that a restored database hears of anew is adopted, not written twice", async () => {
  const origin = { id: randomUUID(), at: new Date() };
  const lost = await post([{ invoiceId: ledger.parts[0], amountMinor: 700n }], desk, { origin });
  await runToIdle(db());
  expect((await row(lost)).state).toBe("done");
  const { xeroId } = await row(lost);

  // The restored copy is older than that posting, and older than what it does not know.
  await db().execute(
    sql`delete from posting_lines where posting_id = (select id from postings where reference = ${lost})`,
  );
  await db().execute(sql`delete from postings where reference = ${lost}`);
  await noticeGap(db(), async () => {});
  await db().execute(sql`update memory set mark = 'another'`);
  expect(await noticeGap(db(), async () => {})).toBe(true);

  const again = await post([{ invoiceId: ledger.parts[0], amountMinor: 700n }], desk, { origin });
  expect(again).toBe(lost);
  await runToIdle(db());
  expect(await row(again)).toMatchObject({ state: "done", xeroId });
  expect(await breaksOfPosting(db(), simulator(), again)).toEqual([]);
});

test("T10: after a gap whatever was not done is looked for in Xero before it is sent", async () => {
  const lost = await part(800);
  const waiting = await part(900);
  await db().execute(
    sql`update postings set due_at = now() + interval '1 hour' where reference = ${waiting}`,
  );
  await runDuePosting(db());
  const { xeroId } = await row(lost);
  await db().execute(
    sql`update postings set state = 'ready', sends = 0, xero_id = null, done_at = null where reference = ${lost}`,
  );
  await db().transaction((tx) => lookUpAfterRestore(tx, new Date(Date.now() + 1_000)));
  expect([(await row(lost)).state, (await row(waiting)).state]).toEqual(["unknown", "unknown"]);
  await runToIdle(db());
  expect(await row(lost)).toMatchObject({ state: "done", xeroId });
  expect((await row(waiting)).state).toBe("done");
});

test("T10: what came while no worker ran was never sent by anybody, and goes at once", async () => {
  await runToIdle(db());
  const old = await part(400);
  await db().execute(
    sql`update postings set created_at = now() - interval '2 hours' where reference = ${old}`,
  );
  await db().execute(sql`update memory set alive_at = now() - interval '1 hour'`);
  const since = await part(500);
  expect(await noticeGap(db(), (tx, before) => lookUpAfterRestore(tx, before))).toBe(true);
  expect(await row(old)).toMatchObject({ state: "unknown", sends: 1 });
  expect(await row(since)).toMatchObject({ state: "ready", sends: 0 });
  await runToIdle(db());
  expect(await row(since)).toMatchObject({ state: "done", sends: 1 });
});

test("in the end simulator and database agree about everything", async () => {
  await runToIdle(db());
  expect(await breaks(db(), simulator())).toEqual([]);
});
