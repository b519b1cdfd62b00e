/** npm run migrate: brings the database of DATABASE_URL to this version. Before the new version starts; safe to run again. */
import { env } from "#lib/core/env.ts";
import { QUEUE_SCHEMA } from "#lib/core/queue/queue-schema.ts";
import { QUEUES } from "#lib/jobs/queues.ts";
import { migrateDatabase } from "../db/migrate.ts";

try {
  await migrateDatabase(env().DATABASE_URL, QUEUES, QUEUE_SCHEMA);
  console.log("The database is at this version.");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
