import { beforeAll, expect, test } from "vitest";
import { breaks } from "#db/schema/reconcile.ts";
import { listBreaks } from "#lib/reconcile/read.ts";
import { settleBreak } from "#lib/reconcile/settle-break.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { alertBreaks } from "./alert-breaks.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk(db(), simulator(), { backfill: false });
});

const opened = (kind: "xero_removed" | "stripe_stray", subject: string, openedAt = new Date()) =>
  db()
    .insert(breaks)
    .values({ ...desk.books, kind, subject, here: "A$1.00", there: "Deleted", openedAt });

async function letters(): Promise<{ subject: string; text: string }[]> {
  const { messages } = await simulator().control<{ messages: { subject: string; text: string }[] }>(
    "GET",
    "/control/mail?subject=disagree",
  );
  return messages;
}

test("staff get one letter on a day when something new disagrees, grouped, and none for what they have seen to", async () => {
  const today = new Date("2026-11-21T10:00:00Z");
  await opened("xero_removed", "old", new Date(Date.now() - 3 * 86_400_000));
  await alertBreaks(db(), today);
  expect(await letters()).toEqual([]);

  await opened("xero_removed", "a");
  await opened("stripe_stray", "b");
  for (let time = 0; time < 3; time += 1) await alertBreaks(db(), today);
  const [letter, ...more] = await letters();
  expect(more).toEqual([]);
  expect(letter?.subject).toContain("disagree about 3 payments");
  expect(letter?.text).toContain("2 × Xero no longer has what we wrote");
  expect(letter?.text).toContain("1 × Stripe took a payment that we can't place");
  expect(letter?.text).toContain("/to-do");

  for (const { id } of await listBreaks(db(), desk.caller.firm))
    await settleBreak(db(), desk.caller, { breakId: id, note: "Seen to" });
  await alertBreaks(db(), new Date("2026-11-22T10:00:00Z"));
  expect(await letters()).toHaveLength(1);
  expect(await listBreaks(db(), desk.caller.firm)).toEqual([]);
});

test("what is not on the list any more can't be seen to, nor what is another firm's", async () => {
  await opened("xero_removed", "c");
  const [row] = await listBreaks(db(), desk.caller.firm);
  const breakId = row?.id ?? "";
  const other = { ...desk.caller, firm: { ...desk.caller.firm, firmId: crypto.randomUUID() } };
  await expect(settleBreak(db(), other, { breakId, note: "Mine?" })).rejects.toThrow("not on the list");
  await settleBreak(db(), desk.caller, { breakId, note: "Removed on purpose" });
  await expect(settleBreak(db(), desk.caller, { breakId, note: "Again" })).rejects.toThrow("not on the list");
});
