import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { orders } from "#db/schema/orders.ts";
import { postings } from "#db/schema/posting.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { alertWaiting } from "./alert-waiting.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk(db(), simulator(), { backfill: false });
});

async function refused(message: string): Promise<void> {
  await db()
    .insert(postings)
    .values({
      ...desk.books,
      ...{ kind: "credit_note", sourceId: randomUUID(), targetId: "x", amountMinor: 1n, accountId: "x" },
      ...{ reference: `CF-${randomUUID().slice(0, 10)}`, currency: "AUD", date: "2026-11-21" },
      ...{ state: "refused", message },
    });
}

async function letters(): Promise<{ subject: string; text: string }[]> {
  const { messages } = await simulator().control<{ messages: { subject: string; text: string }[] }>(
    "GET",
    "/control/mail?subject=refused",
  );
  return messages;
}

test("staff get one letter a day while Xero refuses anything, grouped by cause, and none when nothing waits", async () => {
  const today = new Date("2026-11-21T10:00:00Z");
  await alertWaiting(db(), today);
  expect(await letters()).toEqual([]);

  for (let time = 0; time < 3; time += 1)
    await refused("The document date cannot be before the period lock date, currently set at 30 Sep 2026");
  await refused("Something new");
  for (let time = 0; time < 3; time += 1) await alertWaiting(db(), today);
  const [letter, ...more] = await letters();
  expect(more).toEqual([]);
  expect(letter?.subject).toContain("Xero refused 4 documents.");
  expect(letter?.text).toContain("3 × Xero's books are locked on that day");
  expect(letter?.text).toContain("1 × Xero refused it");
  expect(letter?.text).toContain("/to-do");

  await alertWaiting(db(), new Date("2026-11-22T00:10:00Z"));
  expect(await letters()).toHaveLength(2);
});

test("orders that are held are in the same letter, counted", async () => {
  const day = new Date("2026-11-24T10:00:00Z");
  for (let time = 0; time < 2; time += 1)
    await db()
      .insert(orders)
      .values({
        ...{ ...desk.books, source: "till", number: randomUUID(), revision: 0, date: "2026-11-24" },
        ...{ currency: "AUD", totalMinor: 0n, buyer: "Secret Buyer" },
        faults: [{ code: "kind-unmapped", found: "mapping", subject: "Hire", pointer: "#", detail: "Hire" }],
      });
  await alertWaiting(db(), day);
  const letter = (await letters()).find(({ subject }) => subject.includes("2 orders are held"));
  expect(letter?.text).toContain("2 × Order that is held");
  expect(letter?.text).not.toContain("Secret Buyer");
});
