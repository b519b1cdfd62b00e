import path from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { PgBoss, type Queue } from "pg-boss";

/** Brings a database to this version: our tables, then the queue's schema and its queues. Safe to run again, and by two at once. */
export async function migrateDatabase(url: string, queues: Queue[], queueSchema: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(727001)");
    await migrate(drizzle({ client }), { migrationsFolder: path.join(import.meta.dirname, "migrations") });
    const boss = new PgBoss({
      connectionString: url,
      schema: queueSchema,
      supervise: false,
      schedule: false,
      max: 2,
    });
    boss.on("error", () => {});
    await boss.start();
    for (const queue of queues) {
      await boss.createQueue(queue.name, queue);
      const { policy: _policy, ...changeable } = queue;
      await boss.updateQueue(queue.name, changeable);
    }
    await boss.stop({ graceful: false });
  } finally {
    await client.end();
  }
}
