/** Test only: one real PostgreSQL for the whole run, with a migrated database that each test file copies. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrateDatabase } from "../../db/migrate.ts";
import { type Postgres, startPostgres } from "../../scripts/postgres/postgres.ts";
import { throwAway } from "../../scripts/stack/leftovers.ts";
import { QUEUE_SCHEMA } from "../core/queue/queue-schema.ts";
import { QUEUES } from "../jobs/queues.ts";
import { bundlePrograms } from "./bundle.ts";

const TEMPLATE = "counterfoil_template";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const programs = await bundlePrograms(".data");
  const folder = mkdtempSync(path.join(tmpdir(), "counterfoil-pg-"));
  const postgres = await startPostgres(folder, { fast: true });
  const tidyUp = async () => {
    await postgres.stop();
    await throwAway(folder);
    rmSync(programs, { recursive: true, force: true });
  };
  // vitest just dies of a signal, and this PostgreSQL would live on.
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void tidyUp().finally(() => process.exit(130)));
  }
  try {
    await makeTemplate(postgres);
  } catch (error) {
    await tidyUp();
    throw error;
  }
  project.provide("adminUrl", postgres.adminUrl);
  project.provide("template", TEMPLATE);
  // Each worker is started after this, and has both from us. What one process has compiled, the next does not compile again.
  process.env.BUNDLED_PROGRAMS = programs;
  process.env.NODE_COMPILE_CACHE = path.join(programs, "compiled");
  return tidyUp;
}

async function makeTemplate({ adminUrl, urlFor }: Postgres): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`create database ${TEMPLATE}`);
  await admin.end();
  await migrateDatabase(urlFor(TEMPLATE), QUEUES, QUEUE_SCHEMA);
}
