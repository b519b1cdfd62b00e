import { sql } from "drizzle-orm";
import pg from "pg";
import { afterEach, expect, test, vi } from "vitest";
import { env } from "#lib/core/env.ts";
import { QUEUE_SCHEMA } from "#lib/core/queue/queue-schema.ts";
import { QUEUES } from "#lib/jobs/queues.ts";
import { testDb } from "#lib/testing/database.ts";
import { migrateDatabase } from "./migrate.ts";

const db = testDb();
afterEach(() => void vi.restoreAllMocks());

test("a migration does not make the desk wait behind a table that is in use: it gives way, says so, and tries again", async () => {
  const outsider = new pg.Client({ connectionString: env().DATABASE_URL });
  await outsider.connect();
  const said = Promise.withResolvers<string>();
  vi.spyOn(console, "error").mockImplementation(said.resolve);
  await outsider.query("begin; lock table drizzle.__drizzle_migrations in access exclusive mode");
  const migrated = migrateDatabase(env().DATABASE_URL, QUEUES, QUEUE_SCHEMA);
  expect(await said.promise).toContain("in use");
  const { rows } = await outsider.query(
    "select count(*)::int as waiting from pg_stat_activity where application_name = 'counterfoil-migrate' and wait_event_type = 'Lock'",
  );
  expect(rows).toEqual([{ waiting: 0 }]);
  await outsider.query("commit");
  await outsider.end();
  await migrated;
});

test("a database that a newer version has changed is refused, and stays as it is", async () => {
  await db().execute(
    sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of a later version', 4102444800000)`,
  );
  await expect(migrateDatabase(env().DATABASE_URL, QUEUES, QUEUE_SCHEMA)).rejects.toThrow("newer version");
  await db().execute(sql`delete from drizzle.__drizzle_migrations where created_at = 4102444800000`);
  await expect(migrateDatabase(env().DATABASE_URL, QUEUES, QUEUE_SCHEMA)).resolves.toBeUndefined();
});
