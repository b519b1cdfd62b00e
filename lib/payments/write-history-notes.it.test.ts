import { sql } from "drizzle-orm";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { paidByCard, takenByCard } from "#lib/testing/refunds.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { runToIdle } from "#lib/testing/truth/truth.ts";
import { writeHistoryNotes } from "./write-history-notes.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  // What is found by looking must not be hidden by what Xero remembers of our keys.
  await simulator().control("POST", "/control/xero/settings", { idempotencySeconds: 0 });
});
beforeEach(async () => {
  await runToIdle(db());
  await db().execute(sql`update posting_lines set noted_at = now()`);
});
afterEach(() => simulator().control("DELETE", "/control/faults"));

type Entry = { seq: number; details: string };

/** What has been noted in any History of the organisation, the oldest first. */
async function notes(): Promise<string[]> {
  const { entries } = await simulator().control<{ entries: { data: Entry }[] }>(
    "GET",
    "/control/journal?kind=xero.history.noted&limit=1000",
  );
  return entries.map(({ data }) => data.details);
}
const newNotes = async (work: () => Promise<unknown>) => {
  const before = (await notes()).length;
  await work();
  return (await notes()).slice(before);
};
const pausesOver = () => db().execute(sql`update failures set next_at = now() - interval '1 second'`);
const again = () => db().execute(sql`update posting_lines set noted_at = null`);
const fault = (method: string, effect: object) =>
  simulator().control("POST", "/control/faults", {
    method,
    path: "/api.xro/2.0/Invoices/*",
    times: 1,
    effect,
  });
const reference = async (captureId: string) =>
  String(
    (await db().execute(sql`select reference from postings where source_id = ${captureId}`)).rows[0]
      ?.reference,
  );

test("each paid invoice's History says once by what it was paid, under which reference, and where the evidence is", async () => {
  const capture = await paidByCard(desk, 2);
  const said = await newNotes(async () => {
    await writeHistoryNotes(db());
    await writeHistoryNotes(db());
  });
  expect(said).toHaveLength(2);
  const { companySlug, firmSlug } = desk.place;
  for (const text of said) {
    expect(text).toContain("Visa ending 4242");
    expect(text).toContain(await reference(capture.id));
    expect(text).toContain(`/firms/${companySlug}/${firmSlug}/payments/${capture.id}`);
    expect(text).not.toContain("Pat");
    expect(text).not.toContain("@");
  }
});

test("a desk that has forgotten its note finds it, and writes no second one", async () => {
  await paidByCard(desk);
  await writeHistoryNotes(db());
  expect(
    await newNotes(async () => {
      await again();
      await writeHistoryNotes(db());
    }),
  ).toEqual([]);
});

test("an answer that is lost is looked for; one that never left is written later", async () => {
  await paidByCard(desk);
  const said = await newNotes(async () => {
    await fault("PUT", { kind: "cut-after" });
    await writeHistoryNotes(db());
    await pausesOver();
    await writeHistoryNotes(db());
  });
  expect(said).toHaveLength(1);
  await paidByCard(desk);
  expect(
    await newNotes(async () => {
      await fault("PUT", { kind: "cut-before" });
      await writeHistoryNotes(db());
    }),
  ).toEqual([]);
  await pausesOver();
  expect(await newNotes(() => writeHistoryNotes(db()))).toHaveLength(1);
});

test("a payment stands in Xero whatever becomes of its note, and a no is taken for an answer", async () => {
  const capture = await paidByCard(desk);
  await fault("GET", { kind: "status", status: 404 });
  expect(await newNotes(() => writeHistoryNotes(db()))).toEqual([]);
  expect(await newNotes(() => writeHistoryNotes(db()))).toEqual([]);
  const { rows } = await db().execute(sql`select state from postings where source_id = ${capture.id}`);
  expect(rows).toEqual([{ state: "done" }]);
});

test("notes wait while a posting does, while half of the day's calls are used up, and without the scope", async () => {
  await paidByCard(desk);
  await takenByCard(desk);
  expect(await newNotes(() => writeHistoryNotes(db()))).toEqual([]);
  await runToIdle(db());

  const budget = (day: number) =>
    db().execute(sql`update call_budget set day_limit = 1000, day_remaining = ${day}, observed_at = now()`);
  await budget(500);
  expect(await newNotes(() => writeHistoryNotes(db()))).toEqual([]);
  await budget(501);
  const scopes = (from: string, to: string) =>
    db().execute(sql`update grants set scopes = replace(scopes, ${from}, ${to})`);
  await scopes("accounting.invoices", "accounting.invoices.read");
  expect(await newNotes(() => writeHistoryNotes(db()))).toEqual([]);
  await scopes("accounting.invoices.read", "accounting.invoices");
  const { rows } = await db().execute(sql`select state from connections`);
  expect(rows).toEqual([{ state: "healthy" }]);
  await budget(900);
  expect(await newNotes(() => writeHistoryNotes(db()))).toHaveLength(2);
});
