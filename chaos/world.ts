/** Where it happens: a PostgreSQL, a simulator and a connected firm of their own, gone afterwards. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { migrateDatabase } from "../db/migrate.ts";
import { closeDb, db } from "../lib/core/db.ts";
import { closeQueue } from "../lib/core/queue/queue.ts";
import { QUEUE_SCHEMA } from "../lib/core/queue/queue-schema.ts";
import { QUEUES } from "../lib/jobs/queues.ts";
import { type Crasher, crasher } from "../lib/testing/crashes/crash.ts";
import { type Ledger, openLedger } from "../lib/testing/crashes/posting-crashes.ts";
import { type Desk, openDesk } from "../lib/testing/desk.ts";
import { startSimulator } from "../lib/testing/simulator-process.ts";
import { startPostgres } from "../scripts/postgres/postgres.ts";
import { throwAway } from "../scripts/stack/leftovers.ts";

export type Chaos = { desk: Desk; ledger: Ledger; children: Crasher; close(): Promise<void> };

const DATABASE = "chaos";

export async function openChaos(): Promise<Chaos> {
  const folder = mkdtempSync(path.join(tmpdir(), "counterfoil-chaos-"));
  const postgres = await startPostgres(folder, { fast: true });
  const admin = new pg.Client({ connectionString: postgres.adminUrl });
  await admin.connect();
  await admin.query(`create database ${DATABASE}`);
  await admin.end();
  process.env.DATABASE_URL = postgres.urlFor(DATABASE);
  await migrateDatabase(process.env.DATABASE_URL, QUEUES, QUEUE_SCHEMA);

  const { simulator, stop } = await startSimulator();
  process.env.SIMULATOR_URL = simulator.url;
  const desk = await openDesk(db(), simulator);
  const ledger = await openLedger(desk);
  const children = crasher();
  return {
    desk,
    ledger,
    children,
    close: async () => {
      await children.stop();
      await closeQueue();
      await closeDb();
      await stop();
      await postgres.stop();
      await throwAway(folder);
    },
  };
}
