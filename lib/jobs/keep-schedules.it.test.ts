import { sql } from "drizzle-orm";
import { PgBoss } from "pg-boss";
import { expect, test, vi } from "vitest";
import { env } from "#lib/core/env.ts";
import { QUEUE_SCHEMA } from "#lib/core/queue/queue-schema.ts";
import { testDb } from "#lib/testing/database.ts";
import { keepSchedules } from "./keep-schedules.ts";
import { SCHEDULES } from "./registry.ts";

const db = testDb();

async function started(): Promise<PgBoss> {
  const boss = new PgBoss({
    ...{ connectionString: env().DATABASE_URL, schema: QUEUE_SCHEMA, migrate: false, supervise: false },
    cronWorkerIntervalSeconds: 1,
  });
  // A connection of its pool may outlive its stop, until the test's database goes.
  boss.on("error", () => {});
  return boss.start();
}

test("what came due while no worker ran is made up for, once", async () => {
  const before = await started();
  await keepSchedules(before);
  await before.stop({ graceful: false });
  // Two days without a worker, for schedules that are older than that.
  await db().execute(sql`update queue.version set cron_on = now() - interval '2 days'`);
  await db().execute(sql`update queue.schedule set created_on = now() - interval '9 days'`);
  await db().execute(sql`delete from queue.job`);

  const after = await started();
  await keepSchedules(after);
  await vi.waitFor(
    async () => {
      const { rows } = await db().execute<{ name: string; jobs: number }>(
        sql`select name, count(*)::int as jobs from queue.job where not starts_with(name, '__pgboss') group by name order by name`,
      );
      expect(rows).toEqual(SCHEDULES.map(({ job }) => ({ name: job.name, jobs: 1 })).sort(byName));
    },
    { timeout: 20_000, interval: 200 },
  );
  await after.stop({ graceful: false });
});

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
