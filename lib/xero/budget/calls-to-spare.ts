import "server-only";
import { and, eq, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { callBudget, connections, grants } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import { covers } from "../apps/scopes.ts";
import { isSyncing } from "../organisations/auto-sync.ts";

/** What could be left undone waits while less than this share of the day's calls is left: the mirror needs it. */
const SPARE_SHARE = 0.5;

/**
 * Whether calls may be spent on what is only nice to have: the connection is well, has the scope, and its day is far from
 * used up.
 */
export async function hasCallsToSpare(db: Db, connectionId: string, scope: string): Promise<boolean> {
  const [row] = await db
    .select({
      scopes: grants.scopes,
      dayRemaining: callBudget.dayRemaining,
      dayLimit: callBudget.dayLimit,
    })
    .from(connections)
    .innerJoin(grants, eq(grants.id, connections.grantId))
    .leftJoin(
      callBudget,
      and(eq(callBudget.appId, grants.appId), eq(callBudget.tenantId, connections.tenantId)),
    )
    .where(and(eq(connections.id, connectionId), isSyncing(connections.id)));
  if (!row || !covers(row.scopes.split(" "), scope)) return false;
  return (row.dayRemaining ?? Infinity) > (row.dayLimit ?? 1_000) * SPARE_SHARE;
}

/** In a query of another room: the same of a connection's day alone, where it is syncing. */
export function hasDayToSpare(connectionId: PgColumn): SQL {
  return sql`(${isSyncing(connectionId)} and not exists (
    select 1 from ${connections} join ${grants} on ${grants.id} = ${connections.grantId}
    join ${callBudget} on ${callBudget.appId} = ${grants.appId} and ${callBudget.tenantId} = ${connections.tenantId}
    where ${connections.id} = ${connectionId}
    and ${callBudget.dayRemaining} <= coalesce(${callBudget.dayLimit}, 1000) * ${SPARE_SHARE}::float))`;
}
