import "server-only";
import { sql } from "drizzle-orm";
import { fromDrizzle, PgBoss } from "pg-boss";
import type { z } from "zod";
import type { Db } from "../db.ts";
import { env } from "../env.ts";
import { log } from "../log.ts";
import { PATIENCE } from "../pool.ts";
import { QUEUE_SCHEMA } from "./queue-schema.ts";

/** Work for later: a name and ids. Whoever enqueues it needs no idea of who runs it; lib/jobs joins the two. */
export type JobKind<P> = { name: string; payload: z.ZodType<P> };

const holder = globalThis as { counterfoilSender?: Promise<PgBoss> };

/** A queue handle that only sends: no polling, no upkeep. Its queues are made by the migration. */
function sender(): Promise<PgBoss> {
  holder.counterfoilSender ??= (async () => {
    const boss = new PgBoss({
      ...PATIENCE,
      connectionString: env().DATABASE_URL,
      schema: QUEUE_SCHEMA,
      application_name: "counterfoil-sender",
      max: 1,
      migrate: false,
      supervise: false,
      schedule: false,
    });
    boss.on("error", (error) => log.warn({ err: error }, "queue.sender-error"));
    await boss.start();
    return boss;
  })().catch((error: unknown) => {
    // A database that was away at the first call must not be away for ever.
    delete holder.counterfoilSender;
    throw error;
  });
  return holder.counterfoilSender;
}

/**
 * Puts a job in the queue inside the caller's transaction: both happen, or neither. One of the same kind and payload
 * that still waits, also for its next try, is not doubled but runs at once, and not before this transaction has
 * committed: so it always sees what it was asked for.
 */
export async function enqueue<P extends object>(tx: Db, job: JobKind<P>, payload: P): Promise<void> {
  const boss = await sender();
  const data = job.payload.parse(payload) as object;
  const options = { db: fromDrizzle(tx, sql), singletonKey: JSON.stringify(payload), startAfter: 0 };
  for (;;) {
    // Touching the waiting job keeps its row until we commit. None was touched or made: one that was there in between is
    // being run by now, perhaps without seeing what we write.
    const { jobs } = await boss.upsert(job.name, data, options);
    if (jobs.length > 0) return;
  }
}

export async function closeQueue(): Promise<void> {
  const boss = await holder.counterfoilSender;
  delete holder.counterfoilSender;
  await boss?.stop({ graceful: false });
}
