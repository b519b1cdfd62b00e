import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import { record } from "./record.ts";

const db = testDb();
const event = { firmId: null, actor: "worker", action: "test.happened", subject: "test:1" } as const;

async function count(): Promise<unknown> {
  const { rows } = await db().execute(sql`select count(*)::int as n from audit_events`);
  return rows[0]?.n;
}

test("an event goes with the transaction that it tells of", async () => {
  const undone = db().transaction(async (tx) => {
    await record(tx, event);
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  expect(await count()).toBe(0);
});

test.each([
  ["changed", sql`update audit_events set actor = 'payer'`],
  ["given another address", sql`update audit_events set ip = '192.0.2.9'`],
  [
    "given another address in the place of an erased one",
    sql`update audit_events set ip = null, ip_salt = null, ip_digest = audit_digest('192.0.2.9')`,
  ],
  [
    "changed while its address is erased",
    sql`update audit_events set ip = null, ip_salt = null, ip_digest = audit_erasable(ip, ip_salt, null), actor = 'payer'`,
  ],
  ["deleted", sql`delete from audit_events`],
  ["truncated", sql`truncate audit_events cascade`],
])("no event can be %s", async (_, statement) => {
  await record(db(), { ...event, detail: { n: 1 }, ip: "192.0.2.1" });
  const before = await count();
  await expect(db().execute(statement)).rejects.toMatchObject({
    cause: expect.objectContaining({ message: expect.stringContaining("audit_events only grows") }),
  });
  expect(await count()).toBe(before);
});
