/** Test only: a fresh, migrated database of its own for a test file, on the real PostgreSQL that vitest's set-up started. */
import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { closeDb, type Db, db } from "#lib/core/db.ts";
import { closeQueue } from "#lib/core/queue/queue.ts";

declare module "vitest" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface joins the one that vitest declares
  interface ProvidedContext {
    /** Address of the server's "postgres" database. */
    adminUrl: string;
    /** A migrated database to copy. */
    template: string;
  }
}

/** Call at the top of a test file; the handle works inside its tests. env().DATABASE_URL points to the same database. */
export function testDb(): () => Db {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const admin = inject("adminUrl");
  beforeAll(async () => {
    await asAdmin(admin, `create database ${name} template ${inject("template")}`);
    process.env.DATABASE_URL = admin.replace(/\/postgres$/, `/${name}`);
  });
  afterAll(async () => {
    await closeQueue();
    await closeDb();
    await asAdmin(admin, `drop database ${name} with (force)`);
  });
  return db;
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
