import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { FirmContext } from "#lib/firms/authorise.ts";
import { requireFirm } from "#lib/firms/authorise.ts";
import type { PlaceInList } from "#lib/payments/read.ts";
import { listPayments, type PaymentQuery } from "#lib/payments/read.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { type Made, makePayment } from "#lib/testing/payments-made.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { paymentsCsv } from "./payments-csv.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let other: Desk;
let firm: FirmContext;

beforeAll(async () => {
  desk = await openDesk(db(), simulator(), { backfill: false });
  other = await openDesk(db(), simulator(), { country: "uk", backfill: false });
  firm = await requireFirm(db(), desk.caller.actor, desk.books.firmId, "see");
});

const make = (made: Made, of = desk) => makePayment(db(), of, made);
const ids = async (search: PaymentQuery) =>
  (await listPayments(db(), firm, search)).rows.map((row) => row.captureId);
const NONE = { from: undefined, to: undefined, timeZone: "Australia/Sydney" };

async function csvOf(search: PaymentQuery): Promise<string> {
  let text = "";
  for await (const piece of paymentsCsv(db(), firm, { search, timeZone: "Australia/Sydney" })) text += piece;
  return text;
}

describe("staff find a payment by what they know of it", () => {
  let wanted: string;
  let decoy: string;
  beforeAll(async () => {
    const known = { minor: 140_004, payer: "Zofia Łódzka", email: "zofia@mill_house.example" };
    const made = { at: "2026-03-05T00:00:00Z", number: "AX-77 50%", reference: "CF-ZZTESTZZ99", ...known };
    wanted = await make(made);
    decoy = await make({ at: "2026-03-05T00:00:00Z" });
    await make({ ...made, reference: "CF-ZZTESTZZ98" }, other);
  });

  test.each([
    ["the invoice's number", "ax-77"],
    ["the payer's name", "zofia Łódz"],
    ["the payer's e-mail", "zofia@mill"],
    ["our reference", "cf-zztest"],
    ["the amount", "1,400.04"],
    ["a percent sign of the number, which stands for itself", "50%"],
    ["an underline of the e-mail, which stands for itself", "mill_house"],
  ])("by %s, and no other firm's", async (_, find) => {
    expect(await ids({ find })).toEqual([wanted]);
  });

  test("what fits nothing finds nothing", async () => {
    for (const find of ["1400.05", "mill?house", "'; drop table captures; --", "%%"])
      expect(await ids({ find })).toEqual([]);
    expect(await ids({})).toContain(decoy);
  });
});

describe("filters narrow the list, each and together", () => {
  const made: Record<string, string> = {};
  const days = { from: "2026-04-01", to: "2026-04-30", timeZone: "Australia/Sydney" };
  beforeAll(async () => {
    made.done = await make({ at: "2026-04-10T00:00:00Z" });
    made.ready = await make({ at: "2026-04-11T00:00:00Z", state: "ready" });
    made.unknown = await make({ at: "2026-04-12T00:00:00Z", state: "unknown" });
    made.refused = await make({ at: "2026-04-13T00:00:00Z", state: "refused", message: "Locked." });
    made.problem = await make({ at: "2026-04-14T00:00:00Z", problem: "Held AUD, but NZD arrived." });
    made.yen = await make({ at: "2026-04-15T00:00:00Z", currency: "JPY", minor: 500_000 });
  });

  test.each([
    ["written", ["yen", "done"]],
    ["on_its_way", ["ready"]],
    ["checking", ["unknown"]],
    ["needs_you", ["problem", "refused"]],
  ] as const)("%s", async (standing, names) => {
    expect(await ids({ standing, days })).toEqual(names.map((name) => made[name]));
  });

  test("a currency, and an amount without cents in it", async () => {
    expect(await ids({ currency: "JPY", days })).toEqual([made.yen]);
    expect(await ids({ find: "5,000", days })).toEqual([made.yen]);
  });

  test("a day is the firm's own, from its midnight to its midnight", async () => {
    // Sydney goes from UTC+11 to UTC+10 on 5 April 2026, at 3 in the morning.
    const first = await make({ at: "2026-04-04T13:00:00.000Z" });
    const last = await make({ at: "2026-04-05T13:59:59.999Z" });
    await make({ at: "2026-04-04T12:59:59.999Z" });
    await make({ at: "2026-04-05T14:00:00.000Z" });
    expect(await ids({ days: { ...days, from: "2026-04-05", to: "2026-04-05" } })).toEqual([last, first]);
  });
});

test("leafing shows each payment once, however many share an instant and whatever arrives meanwhile", async () => {
  const made: string[] = [];
  for (let n = 0; n < 90; n += 1) made.push(await make({ at: `2025-02-0${1 + (n % 3)}T00:00:00.123Z` }));
  const days = { from: "2025-02-01", to: "2025-02-28", timeZone: "UTC" };
  const seen: string[] = [];
  let after: PlaceInList | undefined;
  for (let page = 0; page < 20; page += 1) {
    const { rows, more } = await listPayments(db(), firm, { days, after, limit: 13 });
    seen.push(...rows.map((row) => row.captureId));
    await make({ at: "2025-02-10T00:00:00Z" });
    if (!more) break;
    after = rows.at(-1);
  }
  expect(seen).toHaveLength(90);
  expect(new Set(seen)).toEqual(new Set(made));
});

describe("the CSV file", () => {
  test("holds all that is found, also beyond one reading, and begins with the mark that Excel wants", async () => {
    await db().execute(sql`with c as (
        insert into checkouts (token_hash, firm_id, connection_id, contact_id, currency, back_path)
        select 'bulk' || n, ${desk.books.firmId}, ${desk.books.connectionId}, 'contact', 'AUD', '/pay' from generate_series(1, 1203) n returning id),
      a as (insert into attempts (firm_id, connection_id, checkout_id, processor_account_id, state, currency, amount_minor, expires_at)
        select ${desk.books.firmId}, ${desk.books.connectionId}, id, ${desk.processorAccountId}, 'captured', 'AUD', 100, now() from c returning id)
      insert into captures (firm_id, connection_id, attempt_id, processor_account_id, object_ref, currency, amount_minor, captured_at)
        select ${desk.books.firmId}, ${desk.books.connectionId}, id, ${desk.processorAccountId}, 'pi_bulk_' || id, 'AUD', 100, '2024-06-01T00:00:00Z' from a`);
    const text = await csvOf({
      days: { from: "2024-06-01", to: "2024-06-01", timeZone: "Australia/Sydney" },
    });
    expect(text.charCodeAt(0)).toBe(0xfeff);
    const lines = text.slice(1).trimEnd().split("\r\n");
    expect(lines).toHaveLength(1 + 1_203);
    expect(new Set(lines.map((line) => line.split(",").at(-1))).size).toBe(1 + 1_203);
  });

  test("a payer who calls himself a formula stays text", async () => {
    await make({ at: "2024-07-01T00:00:00Z", payer: '=HYPERLINK("http://evil.example")', minor: 5 });
    const text = await csvOf({
      days: { from: "2024-07-01", to: "2024-07-01", timeZone: "Australia/Sydney" },
    });
    expect(text).toContain(`2024-07-01,10:00:00,Australia/Sydney,"'=HYPERLINK(""http://evil.example"")"`);
    expect(text).toContain(",AUD,0.05,Visa ending 4242,");
  });

  test("of another firm's payments there is none", async () => {
    expect(await csvOf({ find: "CF-ZZTESTZZ98", days: NONE })).not.toContain("CF-");
  });
});
