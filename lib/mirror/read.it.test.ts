import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { outstandingByAge } from "./read.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let other: Desk;

beforeAll(async () => {
  desk = await openDesk(db(), simulator(), { backfill: false });
  other = await openDesk(db(), simulator(), { country: "uk", backfill: false });
});

type Owed = { due: string | null; minor: number; currency?: string; type?: string; status?: string };
let count = 0;

async function owe(
  { books }: Desk,
  { due, minor, currency = "AUD", type = "ACCREC", status = "AUTHORISED" }: Owed,
) {
  count += 1;
  await db().execute(sql`insert into invoices
      (firm_id, connection_id, invoice_id, type, number, contact_id, status, currency, total_minor, due_minor, dues_seen, due_date, updated_at)
    values (${books.firmId}, ${books.connectionId}, ${`age-${count}`}, ${type}, ${`AGE-${count}`}, 'contact', ${status}, ${currency},
      900000, ${minor}, '{}', ${due}, now())`);
}

test("what is owed is summed by how long it has been due; only what customers still owe in these books counts", async () => {
  const dues: Owed[] = [
    { due: "2026-11-22", minor: 1 },
    { due: "2026-11-21", minor: 2 },
    { due: null, minor: 4 },
    { due: "2026-11-20", minor: 10 },
    { due: "2026-10-22", minor: 20 },
    { due: "2026-10-21", minor: 100 },
    { due: "2026-09-22", minor: 200 },
    { due: "2026-09-21", minor: 1_000 },
    { due: "2026-08-23", minor: 2_000 },
    { due: "2026-08-22", minor: 10_000 },
    { due: "2020-01-01", minor: 20_000 },
    { due: "2026-11-20", minor: 5, currency: "NZD" },
    { due: "2026-11-20", minor: 777, type: "ACCPAY" },
    { due: "2026-11-20", minor: 777, status: "DRAFT" },
    { due: "2026-11-20", minor: 777, status: "VOIDED" },
    { due: "2026-11-20", minor: 0, status: "PAID" },
    { due: "2026-11-20", minor: 0 },
  ];
  for (const due of dues) await owe(desk, due);
  await owe(other, { due: "2026-11-20", minor: 777 });

  const found = await outstandingByAge(db(), [desk.books.connectionId], "2026-11-21");
  const sums = Object.fromEntries(
    found.map(({ currency, age, count: n, minor }) => [`${currency} ${age}`, [n, minor]]),
  );
  expect(sums).toEqual({
    "AUD not_due": [3, 7n],
    "AUD to_30": [2, 30n],
    "AUD to_60": [2, 300n],
    "AUD to_90": [2, 3_000n],
    "AUD over_90": [2, 30_000n],
    "NZD to_30": [1, 5n],
  });
  expect(await outstandingByAge(db(), [], "2026-11-21")).toEqual([]);
});
