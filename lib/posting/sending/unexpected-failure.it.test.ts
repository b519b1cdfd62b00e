import { randomUUID } from "node:crypto";
import { eq, inArray, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { postings } from "#db/schema/posting.ts";
import { refreshInvoices } from "#lib/mirror/sync/refresh-invoices.ts";
import { type Ledger, openLedger } from "#lib/testing/crashes/posting-crashes.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import {
  breaksOfPosting,
  bringForward,
  invoiceInXero,
  paymentsInXero,
  runToIdle,
} from "#lib/testing/truth/truth.ts";
import { createRefundPosting } from "../kinds/credit-note.ts";
import { createFeePosting } from "../kinds/fee.ts";
import { createPaymentPosting } from "../kinds/payment.ts";
import { listRefused } from "../read.ts";
import { retryPostings, revisitRefused } from "../retry.ts";
import { runDuePosting } from "./run-due.ts";

/** What becomes of a posting that ends in an exception which no rule foresaw. */
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
});

const today = new Date().toISOString().slice(0, 10);
const origin = () => ({ id: randomUUID(), at: new Date() });
const common = () => ({
  ...desk.books,
  origin: origin(),
  isTest: false,
  accountId: desk.clearingAccountId,
  currency: "AUD",
  date: today,
});

async function rowOf(which: { sourceId: string } | { reference: string }) {
  const is =
    "sourceId" in which ? eq(postings.sourceId, which.sourceId) : eq(postings.reference, which.reference);
  const [row] = await db().select().from(postings).where(is);
  if (!row) throw new Error("no posting");
  return row;
}

/** A refund of an invoice whose lines come to nothing by now: there is nothing to share it by, which throws a RangeError. */
async function shapelessRefund(): Promise<string> {
  const refundLineId = randomUUID();
  const { id: invoiceId } = await invoiceInXero(simulator(), desk.tenantId, "INV/2026 #7");
  await simulator().control("POST", "/control/xero/invoice", {
    ...{ tenantId: desk.tenantId, invoice: invoiceId, total: "0.00" },
  });
  await db().transaction((tx) =>
    createRefundPosting(tx, {
      ...common(),
      ...{ refundLineId, invoiceId, amountMinor: 50n },
    }),
  );
  return refundLineId;
}

/** A fee of which nobody wrote what it says: its body does not parse. */
async function speechlessFee(): Promise<string> {
  const sourceId = randomUUID();
  const body = { contactName: "Stripe", description: "Fees", taxType: "NONE" };
  await db().transaction((tx) =>
    createFeePosting(tx, { ...common(), sourceId, amountMinor: 50n, accountCode: "404", body }),
  );
  await db().update(postings).set({ body: {} }).where(eq(postings.sourceId, sourceId));
  return sourceId;
}

const part = (minor: bigint) =>
  db().transaction((tx) =>
    createPaymentPosting(tx, {
      ...common(),
      ...{ sourceId: randomUUID(), lines: [{ invoiceId: ledger.parts[0], amountMinor: minor }] },
    }),
  );

/** How often a worker has taken it. */
async function claimsOf(id: string): Promise<number> {
  const [row] = await db().select({ claims: postings.generation }).from(postings).where(eq(postings.id, id));
  return row?.claims ?? 0;
}

/** It comes due and is tried, whatever else is due by then. */
async function tryOnce(id: string): Promise<void> {
  await db().execute(sql`update postings set due_at = now() - interval '1 second' where id = ${id}`);
  await revisitRefused(db());
  const before = await claimsOf(id);
  for (let most = 20; most > 0; most -= 1) {
    await bringForward(db());
    await runDuePosting(db());
    if ((await claimsOf(id)) > before) return;
  }
  throw new Error("It was never tried");
}

async function steps(count: number): Promise<void> {
  for (let done = 0; done < count; done += 1) {
    await bringForward(db());
    await runDuePosting(db());
  }
}

describe.each([
  ["a refund that throws a RangeError", shapelessRefund, "can't work it out"],
  ["a fee whose body no longer parses", speechlessFee, "can't be read"],
] as const)("%s", (_, make, words) => {
  test("comes to the to-do list with its reason, nothing sent; meanwhile the others are written", async () => {
    const sourceId = await make();
    const other = await part(311n);
    await runToIdle(db());
    expect(await breaksOfPosting(db(), simulator(), other)).toEqual([]);
    expect(await rowOf({ sourceId })).toMatchObject({ state: "refused", cause: "desk", sends: 0 });
    const refused = await listRefused(db(), desk.caller.firm);
    expect(refused.find((row) => row.sourceId === sourceId)).toMatchObject({
      cause: "desk",
      message: expect.stringContaining(words),
    });
  });

  test("is tried a few times an hour at most, daily in the end, and at once when a person asks", async () => {
    const sourceId = await make();
    const { id } = await rowOf({ sourceId });
    const pauses: number[] = [];
    for (let tries = 0; tries < 12; tries += 1) {
      await tryOnce(id);
      const { rows } = await db().execute<{ seconds: number }>(
        sql`select round(extract(epoch from due_at - now()))::int as seconds from postings where id = ${id}`,
      );
      pauses.push(rows[0]?.seconds ?? 0);
    }
    expect(pauses.slice(0, 3)).toEqual([30, 60, 120]);
    expect(pauses.slice(3)).toEqual([3_600, 7_200, 14_400, 28_800, 57_600, 86_400, 86_400, 86_400, 86_400]);
    await retryPostings(db(), desk.caller, [id]);
    expect((await rowOf({ sourceId })).state).toBe("unknown");
    await runToIdle(db());
    expect((await rowOf({ sourceId })).state).toBe("refused");
  });
});

describe("an answer that can't be read, after something may have been written", () => {
  const PAYMENTS = "/api.xro/2.0/Payments";
  const zeros = "00000000-0000-0000-0000-000000000000";
  const answer = (method: string, payment: object) =>
    simulator().control("POST", "/control/faults", {
      ...{ method, path: PAYMENTS },
      effect: {
        kind: "status",
        status: 200,
        body: JSON.stringify({ Payments: [payment] }),
        headers: { "content-type": "application/json" },
      },
    });

  test.each([
    ["an id of zeros", (reference: string) => ({ PaymentID: zeros, Reference: reference, Amount: 1 })],
    ["no amount", (reference: string) => ({ PaymentID: randomUUID(), Reference: reference, Invoice: {} })],
    [
      "more decimals than the currency has",
      (reference: string) => ({
        ...{ PaymentID: randomUUID(), Reference: reference, Amount: 1.2345 },
        Invoice: { InvoiceID: ledger.parts[0] },
      }),
    ],
  ])(
    "%s: it stays in doubt with its reason, ever less often asked, and is in Xero once when it can be read",
    async (_, payment) => {
      await simulator().control("POST", "/control/faults", {
        ...{ method: "POST", path: PAYMENTS, times: 1, effect: { kind: "cut-after" } },
      });
      const reference = await part(312n);
      await answer("GET", payment(reference));
      await steps(6);
      const row = await rowOf({ reference });
      expect(row).toMatchObject({ state: "unknown", sends: 1, message: expect.stringMatching(/\w/) });
      expect(row.dueAt.getTime() - Date.now()).toBeGreaterThan(100_000);
      await simulator().control("DELETE", "/control/faults");
      await runToIdle(db());
      expect(await breaksOfPosting(db(), simulator(), reference)).toEqual([]);
      expect(await paymentsInXero(simulator(), reference)).toHaveLength(1);
    },
  );
});

test("one of several that go in one call can't be written down: the others are all the same", async () => {
  const lines = [await ledger.whole(), await ledger.whole(), await ledger.whole()];
  await refreshInvoices(db(), desk.books, { ids: lines.map(({ invoiceId }) => invoiceId), purpose: "sync" });
  const references: string[] = [];
  for (const line of [...lines, await ledger.whole()])
    references.push(
      await db().transaction((tx) =>
        createPaymentPosting(tx, { ...common(), sourceId: randomUUID(), lines: [line] }),
      ),
    );
  // Its line is another one's already: what finishing writes violates a constraint.
  const broken = references[1] ?? "";
  await db().execute(sql`create function break_one() returns trigger language plpgsql as $$ begin
    if new.reference = ${sql.raw(`'${broken}'`)} and new.state = 'done' then raise 'planted' using errcode = '23514'; end if; return new; end $$`);
  await db().execute(
    sql`create trigger break_one before update on postings for each row execute function break_one()`,
  );
  await runToIdle(db()).catch(() => {});
  const rows = await db().select().from(postings).where(inArray(postings.reference, references));
  expect(Object.fromEntries(rows.map(({ reference, state }) => [reference, state]))).toEqual(
    Object.fromEntries(references.map((reference) => [reference, reference === broken ? "unknown" : "done"])),
  );
  await db().execute(sql`drop trigger break_one on postings`);
  await runToIdle(db());
  for (const reference of references) expect(await breaksOfPosting(db(), simulator(), reference)).toEqual([]);
});
