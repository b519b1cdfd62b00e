import { sql } from "drizzle-orm";
import pg from "pg";
import { expect, test } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import { env } from "./env.ts";

const db = testDb();

test("a connection that PostgreSQL ends in the middle of a transaction fails that work, and the process goes on", async () => {
  const outsider = new pg.Client({ connectionString: env().DATABASE_URL });
  await outsider.connect();
  const work = db().transaction(async (tx) => {
    const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    await outsider.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
    await tx.execute(sql`select 1`);
  });
  await expect(work).rejects.toThrow();
  await outsider.end();
  const { rows } = await db().execute(sql`select 1 as one`);
  expect(rows).toEqual([{ one: 1 }]);
});
