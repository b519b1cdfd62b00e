import "server-only";
import { eq, sql } from "drizzle-orm";
import { memory } from "#db/schema/memory.ts";
import type { Db } from "./db.ts";

/** Nobody wrote for so long: a copy restored in place is told from a stopped desk by nothing else. */
const SILENCE = sql`interval '15 minutes'`;

/** Each worker writes once a minute. */
const BEAT = sql`interval '1 minute'`;

/** A restored server has another id or timeline; a restored database, or tables, other object numbers. */
const MARK = sql<string>`concat_ws(' ', (select system_identifier from pg_control_system()),
  (select timeline_id from pg_control_checkpoint()), (select oid from pg_database where datname = current_database()),
  'memory'::regclass::oid)`;

/**
 * Says "we are here", and runs `onGap` in the same transaction when this database is older than the world: it was
 * restored from a backup, or no worker ran for a quarter of an hour. What is older than `before` may have gone on
 * elsewhere: everything in a database that is another one; else what was there when a worker last wrote, for what came
 * since then came to this very database. Before a worker does anything else, and every minute. True when there was a gap.
 */
export async function noticeGap(db: Db, onGap: (tx: Db, before: Date) => Promise<void>): Promise<boolean> {
  return db.transaction(async (tx) => {
    await tx.insert(memory).values({ mark: MARK }).onConflictDoNothing();
    const [row] = await tx
      .select({
        isGap: sql<boolean>`${memory.mark} <> ${MARK} or ${memory.aliveAt} <= now() - ${SILENCE}`,
        before:
          sql<Date>`case when ${memory.mark} <> ${MARK} then now() else ${memory.aliveAt} + ${BEAT} end`.mapWith(
            memory.aliveAt,
          ),
      })
      .from(memory)
      .where(eq(memory.id, 1))
      .for("update");
    const gapAt = row?.isGap ? row.before : undefined;
    if (gapAt) await onGap(tx, gapAt);
    await tx
      .update(memory)
      .set({ mark: MARK, aliveAt: sql`now()`, ...(gapAt ? { gapAt } : {}) })
      .where(eq(memory.id, 1));
    return gapAt !== undefined;
  });
}

/** When a worker last said that it is here, and how many seconds ago that was; null when none ever did. */
export async function lastAlive(db: Db): Promise<{ at: Date; secondsAgo: number } | null> {
  const [row] = await db
    .select({
      at: memory.aliveAt,
      secondsAgo: sql<number>`extract(epoch from now() - ${memory.aliveAt})::int`,
    })
    .from(memory)
    .where(eq(memory.id, 1));
  return row ?? null;
}

/** True when what began then may have gone on elsewhere, before this database was restored or woke up. */
export async function isBeforeGap(db: Db, at: Date): Promise<boolean> {
  const [row] = await db.select({ gapAt: memory.gapAt }).from(memory).where(eq(memory.id, 1));
  return row?.gapAt != null && at < row.gapAt;
}
