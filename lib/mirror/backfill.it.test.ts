import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import { openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";

const db = testDb();
const simulator = testSimulator();

test("as soon as an organisation is read, PostgreSQL knows the shape of its invoices: a pay page's query is planned by it", async () => {
  await openDesk(db(), simulator());
  const { rows } = await db().execute(sql`select 1 from pg_stats where tablename = 'invoices' limit 1`);
  expect(rows).toHaveLength(1);
});
