import type { Db } from "./db.ts";

/** What PostgreSQL ends one of two transactions with that wait for each other (deadlock_detected). */
const DEADLOCK = "40P01";

/** So often it is begun in all. */
const TIMES = 3;

/**
 * Runs this in a transaction, and begins anew when PostgreSQL has ended it for a deadlock: nothing of it was kept then. It must do
 * nothing but ask the database. Throws what the third try does.
 */
export async function inTransaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  for (let time = 1; ; time += 1) {
    try {
      return await db.transaction(work);
    } catch (error) {
      if (time === TIMES || !isDeadlock(error)) throw error;
    }
  }
}

/** Drizzle wraps what PostgreSQL said. */
function isDeadlock(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (error as { code?: unknown }).code === DEADLOCK || isDeadlock(error.cause);
}
