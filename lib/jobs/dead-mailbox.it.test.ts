import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterEach, beforeAll, expect, test } from "vitest";
import { failures } from "#db/schema/failures.ts";
import { letters } from "#db/schema/mail.ts";
import { postings } from "#db/schema/posting.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { askLostAgain } from "#lib/xero/jobs.ts";
import { HANDLERS } from "./registry.ts";
import { tellStaff } from "./scheduled-jobs.ts";

const db = testDb();
const simulator = testSimulator();
let desks: [Desk, Desk];

beforeAll(async () => {
  const first = await openDesk(db(), simulator(), { backfill: false });
  const second = await openDesk(db(), simulator(), { country: "uk", backfill: false });
  desks = [first, second];
});
afterEach(() => mail({}));

const mail = (faults: { refuse?: boolean; dead?: string[] }) =>
  simulator().control("POST", "/control/mail/faults", faults);
const run = (job: { name: string }) =>
  HANDLERS.find(({ name }) => name === job.name)?.run(db(), {}) ?? Promise.reject(new Error("No such job"));
const received = async (to: string) =>
  (
    await simulator().control<{ messages: { subject: string }[] }>(
      "GET",
      `/control/mail?to=${encodeURIComponent(to)}&subject=refused`,
    )
  ).messages.length;

async function refused({ books }: Desk): Promise<void> {
  await db()
    .insert(postings)
    .values({
      ...books,
      ...{ kind: "credit_note", sourceId: randomUUID(), targetId: "x", amountMinor: 1n, accountId: "x" },
      ...{ reference: `CF-${randomUUID().slice(0, 10)}`, currency: "AUD", date: "2026-11-21" },
      ...{ state: "refused", message: "Something new", dueAt: new Date(Date.now() + 86_400_000) },
    });
}

test("one dead mailbox keeps no other firm from its e-mail; why it got none is kept, and the server is not asked each time", async () => {
  const [dead, other] = desks.map(({ caller }) => caller.actor.email) as [string, string];
  for (const desk of desks) await refused(desk);
  await mail({ dead: [dead] });
  await run(tellStaff);
  await db().execute(sql`update failures set next_at = now() + interval '1 hour'`);
  await run(tellStaff);
  expect([await received(dead), await received(other)]).toEqual([0, 1]);
  const [unsent] = await db().select().from(letters).where(eq(letters.recipient, dead));
  expect(unsent?.sentAt).toBeNull();
  const [why] = await db()
    .select()
    .from(failures)
    .where(eq(failures.item, unsent?.id ?? ""));
  expect(why).toMatchObject({ kind: "letter", tries: 1, reason: expect.stringContaining("does not exist") });

  await mail({});
  await db().execute(sql`update failures set next_at = now() - interval '1 second'`);
  await run(tellStaff);
  expect([await received(dead), await received(other)]).toEqual([1, 1]);
  expect(await db().select().from(failures).where(eq(failures.kind, "letter"))).toEqual([]);
});

test("while no mail goes out at all, what Xero refused is tried again all the same", async () => {
  await mail({ refuse: true });
  await db().execute(sql`update postings set due_at = now() - interval '1 second'`);
  await run(tellStaff);
  await run(askLostAgain);
  const { rows } = await db().execute(sql`select distinct state from postings`);
  expect(rows).toEqual([{ state: "unknown" }]);
});
