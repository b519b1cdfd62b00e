import path from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { PgBoss, type Queue } from "pg-boss";
import journal from "./migrations/meta/_journal.json" with { type: "json" };

const CONNECT_MS = 10_000;
/** Whoever comes after a statement that waits for a table waits behind it: pages too, so it waits shortly, and often. */
const LOCK_TIMEOUT_MS = 2_000;
const PAUSE_MS = 2_000;
const TRIES = 30;
/** PostgreSQL's lock_not_available. */
const LOCKED = "55P03";

/**
 * Brings a database to this version: our tables, then the queue's schema and its queues. Safe to run again, and by two at
 * once. While somebody else uses a table that must change, it tries again for two minutes, says so on standard error, and
 * then throws in words with nothing changed.
 */
export async function migrateDatabase(url: string, queues: Queue[], queueSchema: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    application_name: "counterfoil-migrate",
  });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(727001)");
    await client.query(`set lock_timeout = ${LOCK_TIMEOUT_MS}`);
    const migrationsFolder = path.join(import.meta.dirname, "migrations");
    await whileLocked(() => refuseNewer(client));
    await whileLocked(() => migrate(drizzle({ client }), { migrationsFolder }));
    await whileLocked(() => migrateQueue(url, queues, queueSchema));
  } finally {
    await client.end();
  }
}

/** A database that a newer version has changed is that version's: this one would read it wrongly. */
async function refuseNewer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as there",
  );
  if (!rows[0]?.there) return;
  const newest = Math.max(...journal.entries.map(({ when }) => when));
  const { rowCount } = await client.query(
    "select 1 from drizzle.__drizzle_migrations where created_at > $1 limit 1",
    [newest],
  );
  if (rowCount)
    throw new Error(
      "This database is of a newer version of the desk. Run that version; nothing was changed.",
    );
}

async function migrateQueue(url: string, queues: Queue[], schema: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: url,
    options: `-c lock_timeout=${LOCK_TIMEOUT_MS}`,
    schema,
    supervise: false,
    schedule: false,
    max: 2,
  });
  boss.on("error", () => {});
  try {
    await boss.start();
    for (const queue of queues) {
      await boss.createQueue(queue.name, queue);
      const { policy: _policy, ...changeable } = queue;
      await boss.updateQueue(queue.name, changeable);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** Each try is a transaction: one that gave up has changed nothing. */
async function whileLocked(attempt: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isLocked(error)) throw error;
      if (tries === TRIES) throw new Error(STILL_LOCKED, { cause: error });
      console.error(`A table that must change is in use. Trying again (${tries} of ${TRIES - 1})…`);
      await new Promise((again) => setTimeout(again, PAUSE_MS));
    }
  }
}

const STILL_LOCKED = `A table that must change is still in use, by a long query, a backup or an open transaction; this step changed nothing.
Find it with: select pid, state, xact_start, query from pg_stat_activity where xact_start is not null order by xact_start;
Wait for it or end it, then run "npm run migrate" again.`;

function isLocked(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ("code" in at && at.code === LOCKED) return true;
  }
  return false;
}
