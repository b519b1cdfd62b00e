import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { linesAbout } from "#lib/audit/read.ts";
import { requireFirm } from "#lib/firms/authorise.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { listClosedLinks } from "./links/closed-links.ts";
import { linkFromSearch } from "./links/link-rules.ts";
import { openLink } from "./links/open-link.ts";
import { reopenLinks } from "./links/reopen-links.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let right: string;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
});
beforeEach(async () => {
  await db().execute(sql`delete from link_tries`);
  const { rows } = await db().execute(sql`select due_minor from invoices
    where connection_id = ${desk.books.connectionId} and number = 'INV-2009' and type = 'ACCREC'`);
  right = `amount=${(Number(rows[0]?.due_minor) / 100).toFixed(2)}&invoice=INV-2009`;
});

const ask = (search: string, caller: string | null) =>
  openLink(db(), {
    ...{ ...desk.place, link: linkFromSearch(search), access: [], caller, ownTokenHashes: [] },
  });
const opens = async (search: string, caller: string | null) => (await ask(search, caller)).kind;
const wrong = (at: number) => `amount=${at}.01&invoice=INV-2009`;

test("whatever strangers guess at an invoice, its link opens for a caller who has not missed", async () => {
  for (let at = 1; at <= 40; at += 1) await ask(wrong(at), `203.0.113.${at % 8}`);
  expect(await opens(right, "198.51.100.1")).toBe("open");
});

test("five wrong tries of one caller at an invoice, however it is written, close it to them alone, without a word of it", async () => {
  const decorated = ["INV-2009", "+INV-2009", "INV-2009&x=1", "INV%252D2009", "inv-2009"];
  for (const [at, number] of decorated.entries())
    expect(await ask(`amount=${at + 1}.01&invoice=${number}`, "203.0.113.1")).toEqual({ kind: "cant_open" });
  expect(await ask(right, "203.0.113.1")).toEqual(await ask(wrong(9), "203.0.113.1"));
  expect(await opens(right, "198.51.100.1")).toBe("open");
  await db().execute(sql`update link_tries set at = at - interval '25 hours'`);
  expect(await opens(right, "203.0.113.1"), "a day later").toBe("open");
});

test("the same wrong link again and again is one try, and a right one is none, however often", async () => {
  for (let time = 0; time < 30; time += 1) await ask(wrong(1), "203.0.113.1");
  const all = await Promise.all(Array.from({ length: 60 }, () => opens(right, "203.0.113.1")));
  expect(new Set(all)).toEqual(new Set(["open"]));
});

test("a number that is encoded again and again, down to what no text can hold, is one more wrong link", async () => {
  expect(await ask("amount=1.00&invoice=A%252500", "203.0.113.1")).toEqual({ kind: "cant_open" });
});

test("of sixty guesses at once no more are answered than one after the other", async () => {
  const guesses = Array.from({ length: 60 }, (_, at) => (at === 40 ? right : wrong(at + 1)));
  const all = await Promise.all(guesses.map((guess) => opens(guess, "203.0.113.1")));
  expect(new Set(all)).toEqual(new Set(["cant_open"]));
});

test("twenty wrong tries of one caller at a firm close all its links to them for ten minutes", async () => {
  for (let at = 1; at <= 20; at += 1) await ask(`amount=1.00&invoice=NO-${at}`, "203.0.113.1");
  expect(await ask(right, "203.0.113.1")).toEqual({ kind: "cant_open" });
  await db().execute(sql`update link_tries set at = at - interval '11 minutes'`);
  expect(await opens(right, "203.0.113.1")).toBe("open");
});

test("past the firm's limit a caller has one wrong try, and the right link still opens for who had none", async () => {
  await db().execute(sql`insert into link_tries (firm_id, caller, question, invoice_key, number)
    select ${desk.books.firmId}::uuid, 'net-' || n, n, 'no-' || n, 'NO' from generate_series(1, 2000) n`);
  await ask(wrong(1), "203.0.113.1");
  expect(await opens(right, "203.0.113.1")).toBe("cant_open");
  expect(await opens(right, "198.51.100.1")).toBe("open");
});

test("an invoice that was guessed at shows itself alone, where a firm shows others without a code", async () => {
  const shown = async (caller: string | null) => {
    const opened = await ask(right, caller);
    if (opened.kind !== "open") throw new Error(`The link did not open: ${opened.kind}`);
    return { lines: opened.lines.length, mayAskCode: opened.codes !== null };
  };
  const before = await shown("198.51.100.1");
  expect(before).toEqual({ lines: expect.any(Number), mayAskCode: false });
  expect(before.lines).toBeGreaterThan(1);
  for (let at = 1; at <= 5; at += 1) await ask(wrong(at), `203.0.113.${at}`);
  expect(await shown("198.51.100.1")).toEqual({ lines: 1, mayAskCode: true });
});

test("where no address is known nobody is closed out, and guessing shows no more than was guessed", async () => {
  for (let at = 1; at <= 30; at += 1) await ask(wrong(at), null);
  expect(await ask(right, null)).toMatchObject({ kind: "open", lines: [{ number: "INV-2009" }] });
});

test("staff see which links are closed to whom, since when and why, and open them again", async () => {
  for (let at = 1; at <= 5; at += 1) await ask(wrong(at), "203.0.113.1");
  for (let at = 1; at <= 20; at += 1) await ask(`amount=1.00&invoice=NO-${at}`, "203.0.113.2");
  const viewer = await requireFirm(db(), desk.caller.actor, desk.books.firmId, "see");
  expect(await listClosedLinks(db(), viewer)).toEqual([
    {
      why: "caller",
      caller: "203.0.113.2",
      number: null,
      invoiceKey: null,
      tries: 20,
      since: expect.any(Date),
    },
    {
      ...{ why: "invoice", caller: "203.0.113.1", number: "INV-2009", invoiceKey: "inv-2009", tries: 5 },
      since: expect.any(Date),
    },
  ]);
  await reopenLinks(db(), desk.caller, { caller: "203.0.113.1", invoiceKey: "inv-2009" });
  expect(await opens(right, "203.0.113.1")).toBe("open");
  expect(await listClosedLinks(db(), viewer)).toHaveLength(1);
  const { firmId } = desk.books;
  expect((await linesAbout(db(), firmId, [`firm:${firmId}`])).at(-1)).toMatchObject({
    action: "link.reopened",
    detail: { number: "INV-2009", tries: 5 },
  });
});
