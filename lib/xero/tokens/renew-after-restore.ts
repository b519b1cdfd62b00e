import "server-only";
import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { connections, grants } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import { keepGrantsAlive } from "../jobs.ts";

/**
 * This database may be older than Xero: every grant's tokens are renewed at once, while Xero may still take the old one,
 * and every organisation is compared again before the next write. A refusal then says that a backup was the cause.
 */
export async function renewTokensAfterRestore(tx: Db): Promise<void> {
  await tx
    .update(grants)
    .set({ doubtedAt: sql`now()` })
    .where(and(eq(grants.state, "active"), isNotNull(grants.sealedTokens)));
  await tx.update(connections).set({ doubtSince: sql`now()` }).where(isNull(connections.endedAt));
  await enqueue(tx, keepGrantsAlive, {});
}
