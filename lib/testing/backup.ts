/** Test only: a backup of a test's database, and yesterday's copy coming back. */
import pg from "pg";
import { inject } from "vitest";
import { closeDb } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { closeQueue } from "#lib/core/queue/queue.ts";

const database = () => new URL(env().DATABASE_URL).pathname.slice(1);

/** As an administrator, while nobody else is connected. */
async function asAdmin(...statements: string[]): Promise<void> {
  await closeQueue();
  await closeDb();
  const client = new pg.Client({ connectionString: inject("adminUrl") });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** Copies this test file's database as it is now. */
export const backUp = () => asAdmin(`create database ${database()}_backup template ${database()}`);

/** Puts the copy in the place of what has become of it since. */
export const restore = () =>
  asAdmin(
    `alter database ${database()} rename to ${database()}_lost`,
    `alter database ${database()}_backup rename to ${database()}`,
    `drop database ${database()}_lost with (force)`,
  );
