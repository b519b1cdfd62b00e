import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import { openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { differences } from "#lib/testing/truth/mirror-truth.ts";
import { backfillOrganisation } from "./backfill.ts";

const db = testDb();
const simulator = testSimulator();

test("as soon as an organisation is read, PostgreSQL knows the shape of its invoices: a pay page's query is planned by it", async () => {
  await openDesk(db(), simulator());
  const { rows } = await db().execute(sql`select 1 from pg_stats where tablename = 'invoices' limit 1`);
  expect(rows).toHaveLength(1);
});

test("several who read the same organisation for the first time at once come to the end, and the mirror is whole", async () => {
  const { books, tenantId } = await openDesk(db(), simulator(), { country: "uk", backfill: false });
  await Promise.all(Array.from({ length: 4 }, () => backfillOrganisation(db(), books)));
  expect(await differences(db(), simulator(), { ...books, tenantId })).toEqual([]);
});
