import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { HANDLERS } from "#lib/jobs/registry.ts";
import { readAllChanges } from "#lib/jobs/scheduled-jobs.ts";
import { delta } from "#lib/mirror/jobs.ts";
import { catchUp } from "#lib/mirror/sync/catch-up.ts";
import { readChanges } from "#lib/mirror/sync/delta.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openAt, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { invoiceInXero } from "#lib/testing/truth/truth.ts";
import { counting } from "#lib/testing/xero/ringing.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  await catchUp(db(), desk.books);
});

/** The last reading of changes is two minutes old, and the next is due in three. */
beforeEach(async () => {
  await db().execute(sql`delete from queue.job`);
  await db().execute(
    sql`update sync_cursors set synced_at = now() - interval '2 minutes', due_at = now() + interval '3 minutes'`,
  );
});

const opens = async (number: string, amount: string) => (await openAt(desk, { number, amount })).kind;
/** What the worker's turn of a minute does for our organisation; whether it read anything. */
async function workersTurn(): Promise<boolean> {
  await HANDLERS.find(({ name }) => name === readAllChanges.name)?.run(db(), {});
  const { rows } = await db().execute(sql`delete from queue.job where name = ${delta.name} returning id`);
  if (rows.length > 0) await readChanges(db(), desk.books);
  return rows.length > 0;
}

test("an amount that Xero has and the mirror has not opens after the worker's next turn, and was no guess", async () => {
  const { id, amountPaid } = await invoiceInXero(simulator(), desk.tenantId, "INV-2009");
  const total = ((amountPaid + 123_45) / 100).toFixed(2);
  await simulator().control("POST", "/control/xero/invoice", { tenantId: desk.tenantId, invoice: id, total });
  for (let impatient = 0; impatient < 7; impatient += 1)
    expect(await opens("INV-2009", "123.45")).toBe("cant_open");
  expect(await workersTurn()).toBe(true);
  expect(await opens("INV-2009", "123.45")).toBe("open");
  const { rows } = await db().execute(sql`select 1 from link_tries where right_at is null`);
  expect(rows).toEqual([]);
});

test("any number of unknown links costs an organisation one call, and none within a minute of a reading", async () => {
  const calls = await counting(simulator(), "/api.xro/2.0/Invoices");
  await Promise.all(Array.from({ length: 15 }, (_, at) => opens(`NEW-${at}`, "10.00")));
  expect(await workersTurn()).toBe(true);
  expect(await calls()).toBe(1);
  await opens("NEW-16", "10.00");
  expect(await workersTurn()).toBe(false);
  expect(await calls()).toBe(1);
});

test.each([
  ["no amount at all", () => opens("NEW-20", "")],
  [
    "another firm's address",
    () =>
      openAt(
        { ...desk, place: { ...desk.place, firmSlug: "nobody" } },
        { number: "NEW-21", amount: "10.00" },
      ),
  ],
])("a link with %s has nothing read", async (_, open) => {
  await open();
  expect(await workersTurn()).toBe(false);
});

test("once half of the day's calls are used, the regular rhythm must do", async () => {
  await db().execute(sql`update call_budget set day_remaining = 499, day_limit = 1000`);
  await opens("NEW-30", "10.00");
  expect(await workersTurn()).toBe(false);
});
