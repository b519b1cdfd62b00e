import { eq, sql } from "drizzle-orm";
import { afterEach, beforeAll, expect, test } from "vitest";
import { accounts, syncCursors } from "#db/schema/mirror.ts";
import { testDb } from "#lib/testing/database.ts";
import { begin, commit, type Desk, openAt, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { invoiceInXero, type TrueInvoice } from "#lib/testing/truth/truth.ts";
import { booksToReadAgain } from "./due.ts";
import { findByIds } from "./read.ts";
import { catchUp } from "./sync/catch-up.ts";
import { readChanges } from "./sync/delta.ts";
import { readAgain } from "./sync/read-again.ts";
import { readUnread } from "./sync/read-unread.ts";
import { refreshInvoices } from "./sync/refresh-invoices.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  await catchUp(db(), desk.books);
});
afterEach(async () => {
  await simulator().control("DELETE", "/control/faults");
  await db().execute(sql`delete from unread_rows`);
});

const fault = (effect: object, path = "/api.xro/2.0/Invoices") =>
  simulator().control("POST", "/control/faults", { method: "GET", path, effect });
const change = (invoice: TrueInvoice, to: object) =>
  simulator().control("POST", "/control/xero/invoice", {
    tenantId: desk.tenantId,
    invoice: invoice.id,
    ...to,
  });
const truth = (number: string) => invoiceInXero(simulator(), desk.tenantId, number);
const linkTo = ({ number, amountDue }: TrueInvoice) => ({ number, amount: (amountDue / 100).toFixed(2) });
const inMirror = async ({ id }: TrueInvoice) => (await findByIds(db(), desk.books.connectionId, [id]))[0];
const readInvoices = () => readChanges(db(), desk.books, { kinds: ["invoices"], force: true });
const unread = () => readUnread(db(), desk.caller.firm);
/** The time of everything unread has come. */
const itsTurn = async () => {
  await db().execute(sql`update unread_rows set due_at = now() - interval '1 second'`);
  for (const books of await booksToReadAgain(db())) await readAgain(db(), books);
};

test.each([
  ["an amount that is no number", { AmountDue: "much" }],
  ["a status in another shape", { Status: { is: "AUTHORISED" } }],
  ["a date that can't be", { UpdatedDateUTC: "/Date()/" }],
])(
  "a row with %s can't be paid, loses nobody else's news, and is asked for until it can be read",
  async (_, set) => {
    const [odd, other] = [await truth("INV-2009"), await truth("INV-1911")];
    const token = await begin(desk, linkTo(odd));
    await change(odd, { dueDate: "2027-03-01" });
    // Not its due date: of a part-paid one that moves no UpdatedDateUTC.
    const total = ((other.total + 100) / 100).toFixed(2);
    await change(other, { total });
    await fault({ kind: "odd-row", id: odd.id, set });
    await readInvoices();
    expect(await inMirror(other)).toMatchObject({ totalMinor: BigInt(other.total + 100) });
    expect((await openAt(desk, linkTo(odd))).kind).toBe("not_now");
    expect((await commit(desk, token)).kind).toBe("not_now");
    expect(await unread()).toMatchObject([{ invoiceId: odd.id, name: "invoice INV-2009" }]);

    // The cursor is past it by now, and it still can't be read by its id.
    await readInvoices();
    await itsTurn();
    expect(await unread()).toHaveLength(1);

    await simulator().control("DELETE", "/control/faults");
    await itsTurn();
    expect(await unread()).toEqual([]);
    expect(await inMirror(odd)).toMatchObject({ dueDate: "2027-03-01", isUnread: false });
    expect((await openAt(desk, linkTo(odd))).kind).toBe("open");
    await change(odd, { dueDate: "2027-04-01" });
  },
);

test("what Xero leaves out of an answer that asks for it is not confirmed, and can't be paid until Xero shows it", async () => {
  const invoice = await truth("INV-2013");
  const token = await begin(desk, linkTo(invoice));
  await change(invoice, { status: "VOIDED" });
  await fault({ kind: "odd-answer", odd: "empty-list" });
  expect((await commit(desk, token)).kind).toBe("not_now");
  expect((await openAt(desk, linkTo(invoice))).kind).toBe("not_now");
  expect(await unread()).toMatchObject([
    { invoiceId: invoice.id, reason: expect.stringContaining("left it out") },
  ]);
  await simulator().control("DELETE", "/control/faults");
  await itsTurn();
  expect(await unread()).toEqual([]);
  expect((await openAt(desk, linkTo(invoice))).kind).toBe("cant_open");
});

test("an id that nobody knows is no news of ours", async () => {
  const { rows, unread: missing } = await refreshInvoices(db(), desk.books, {
    ids: ["5eed0000-0000-4000-8000-0000000000ff"],
    purpose: "sync",
  });
  expect([rows.length, missing.length]).toEqual([0, 1]);
  expect(await unread()).toEqual([]);
});

test("changes that Xero does not list, though we know of one, have not been read", async () => {
  await change(await truth("INV-2009"), { dueDate: "2027-05-01" });
  await readInvoices();
  const of = eq(syncCursors.connectionId, desk.books.connectionId);
  const readAt = async () =>
    (await db().select().from(syncCursors).where(of)).find(({ kind }) => kind === "invoices")?.syncedAt;
  const before = await readAt();
  for (const odd of ["empty-list", "no-list", "html", "cut-json", "nothing"]) {
    await fault({ kind: "odd-answer", odd });
    await expect(readInvoices()).rejects.toMatchObject({ fault: { kind: "unreadable" } });
    await simulator().control("DELETE", "/control/faults");
  }
  expect(await readAt()).toEqual(before);
});

test("an empty list is believed where Xero itself says by now that what we know of changed before", async () => {
  const { id } = await truth("INV-2009");
  await db().execute(
    sql`update invoices set updated_at = now() + interval '2 hours' where invoice_id = ${id}`,
  );
  await db().execute(
    sql`update sync_cursors set modified_since = now() + interval '1 hour' where kind = 'invoices'`,
  );
  await readInvoices();
  await db().execute(
    sql`update sync_cursors set modified_since = now() - interval '1 day' where kind = 'invoices'`,
  );
});

test("an account that can't be read, or a chart without any, is not an account that is gone", async () => {
  const chart = () =>
    db()
      .select()
      .from(accounts)
      .where(eq(accounts.connectionId, desk.books.connectionId))
      .orderBy(accounts.accountId);
  const before = (await chart()).map(({ accountId, name }) => ({ accountId, name }));
  const read = () => readChanges(db(), desk.books, { kinds: ["accounts"], force: true });
  await fault({ kind: "odd-row", id: desk.clearingAccountId, set: { Type: null } }, "/api.xro/2.0/Accounts");
  await read();
  await simulator().control("DELETE", "/control/faults");
  expect((await chart()).map(({ accountId, name }) => ({ accountId, name }))).toEqual(before);
  expect(await unread()).toMatchObject([{ invoiceId: null }]);
  await fault({ kind: "odd-answer", odd: "empty-list" }, "/api.xro/2.0/Accounts");
  await expect(read()).rejects.toMatchObject({ fault: { kind: "unreadable" } });
  await simulator().control("DELETE", "/control/faults");
  expect(await chart()).toHaveLength(before.length);
  await read();
  expect(await unread()).toEqual([]);
});
