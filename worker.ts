/** The second process: serves the queue and writes to Xero what must be written. Run any number of them. */
import { PgBoss } from "pg-boss";
import { boot } from "#lib/core/boot.ts";
import { closeDb, db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { log } from "#lib/core/log.ts";
import { UPKEEP_PATIENCE } from "#lib/core/pool.ts";
import { closeQueue } from "#lib/core/queue/queue.ts";
import { QUEUE_SCHEMA } from "#lib/core/queue/queue-schema.ts";
import { seeToGap } from "#lib/jobs/after-gap.ts";
import { keepSchedules } from "#lib/jobs/keep-schedules.ts";
import { startMetrics } from "#lib/jobs/metrics.ts";
import { HANDLERS } from "#lib/jobs/registry.ts";
import { runDuePosting } from "#lib/posting/sending/run-due.ts";

/** Postings a worker sends at the same time; Xero allows five calls at once for an organisation, over all of us. */
const POSTING_LANES = 3;
const IDLE_MS = 500;
const AFTER_ERROR_MS = 5_000;
const STOPPING_MS = 20_000;

boot("worker");

// Before anything is sent: a restored database must not act on what it remembers.
await seeToGap(db());

const boss = new PgBoss({
  ...UPKEEP_PATIENCE,
  connectionString: env().DATABASE_URL,
  schema: QUEUE_SCHEMA,
  application_name: "counterfoil-worker",
  max: 5,
  migrate: false,
  useListenNotify: true,
});
boss.on("error", (error) => log.warn({ err: error }, "queue.error"));
await boss.start();

for (const handler of HANDLERS) {
  for (let lane = 0; lane < handler.lanes; lane += 1) await serve(handler);
}
await keepSchedules(boss);

/** Takes one job of its queue after the other. */
async function serve({ name, run }: (typeof HANDLERS)[number]): Promise<void> {
  const serving: { id?: string } = {};
  serving.id = await boss.work(
    name,
    { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 },
    async ([job]) => {
      if (!job) return;
      // A wake-up takes one job however many wait: look for the next as soon as this one is done.
      if (serving.id) boss.notifyWorker(serving.id);
      try {
        await run(db(), job.data);
      } catch (error) {
        log.warn({ err: error, job: name }, "job.failed");
        throw error;
      }
    },
  );
}

let stopping = false;

/** One lane: a posting after the other while any is due, then a short rest. The database going away only pauses it. */
async function lane(): Promise<void> {
  while (!stopping) {
    let restMs = IDLE_MS;
    try {
      if (await runDuePosting(db())) continue;
    } catch (error) {
      log.error({ err: error }, "posting.lane-failed");
      restMs = AFTER_ERROR_MS;
    }
    await new Promise((rested) => setTimeout(rested, restMs));
  }
}
const endMetrics = env().OTEL_EXPORTER_OTLP_ENDPOINT ? startMetrics(db()) : () => Promise.resolve();
const lanes = Array.from({ length: POSTING_LANES }, lane);
process.stdout.write(`${JSON.stringify({ ready: "worker" })}\n`);

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, async () => {
    stopping = true;
    // A database that doesn't answer can't keep us; what we held is taken up by another.
    setTimeout(() => process.exit(1), STOPPING_MS + AFTER_ERROR_MS).unref();
    await boss.stop({ graceful: true, timeout: STOPPING_MS });
    await Promise.all(lanes);
    await endMetrics().catch((error: unknown) => log.warn({ err: error }, "metrics.not-sent"));
    await closeQueue();
    await closeDb();
    process.exit(0);
  });
}
