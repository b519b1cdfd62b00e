import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { expect, test } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import { openNetwork } from "#lib/testing/silent-network.ts";
import { env } from "./env.ts";
import { openPool } from "./pool.ts";

const db = testDb();

test("PostgreSQL compiles no statement of ours: a page would wait for it each time", async () => {
  expect((await db().execute(sql`show jit`)).rows).toEqual([{ jit: "off" }]);
});

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

test("a network that goes silent fails the work of its moment, whatever it is at, and takes no connection for good", async () => {
  const network = await openNetwork(env().DATABASE_URL);
  const max = 3;
  const pool = openPool({ connectionString: `${network.url}?query_timeout=1500`, max });
  const through = drizzle({ client: pool });
  const one = () => through.execute(sql`select 1 as one`).then(({ rows }) => rows);
  try {
    const atWork = Array.from({ length: max }, () => {
      const told = Promise.withResolvers<void>();
      const work = through.transaction(async (tx) => {
        await tx.execute(sql`select 1`);
        told.resolve();
        await silent.promise;
        await tx.execute(sql`select 1`);
      });
      return { inside: told.promise, work };
    });
    const silent = Promise.withResolvers<void>();
    await Promise.all(atWork.map(({ inside }) => inside));
    network.silence();
    silent.resolve();
    expect((await Promise.allSettled(atWork.map(({ work }) => work))).map(({ status }) => status)).toEqual(
      Array(max).fill("rejected"),
    );

    network.heal();
    expect(await Promise.all(Array.from({ length: max }, one))).toEqual(Array(max).fill([{ one: 1 }]));

    // Idle ones that have gone silent: what takes them begins nothing, and the next connects anew.
    network.silence();
    network.heal();
    const begun = Array.from({ length: max }, () => through.transaction((tx) => tx.execute(sql`select 1`)));
    expect((await Promise.allSettled(begun)).map(({ status }) => status)).toEqual(
      Array(max).fill("rejected"),
    );
    expect(await Promise.all(Array.from({ length: max }, one))).toEqual(Array(max).fill([{ one: 1 }]));
  } finally {
    await network.close();
    await pool.end();
  }
});
