import "server-only";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { connections, grants } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import { organisationConnected } from "../jobs.ts";

const live = isNull(connections.endedAt);

/**
 * Turns an organisation's automatic reading off or on again; turned on, what changed meanwhile is read at once. Pay
 * links to invoices that the mirror has work either way: a payer's commit reads them itself. Throws AppError.
 */
export async function setAutoSync(
  db: Db,
  caller: FirmCaller,
  { connectionId, on }: { connectionId: string; on: boolean },
): Promise<void> {
  const { firm } = caller;
  requireAbility(firm, "settings");
  await db.transaction(async (tx) => {
    const [before] = await tx
      .select({ autoSync: connections.autoSync })
      .from(connections)
      .where(and(eq(connections.id, connectionId), eq(connections.firmId, firm.firmId), live))
      .for("update");
    if (!before) throw new AppError("not_found", "This organisation is no longer connected.");
    if (before.autoSync === on) return;
    await tx.update(connections).set({ autoSync: on }).where(eq(connections.id, connectionId));
    await recordBy(tx, caller, {
      action: on ? "auto-sync.on" : "auto-sync.off",
      subject: `connection:${connectionId}`,
      detail: {},
    });
    if (on) await enqueue(tx, organisationConnected, { connectionId });
  });
}

/** In a query of another room: true when Xero may be asked of its own accord about this connection. */
export function isSyncing(connectionId: PgColumn): SQL {
  return sql`exists (select 1 from ${connections} join ${grants} on ${grants.id} = ${connections.grantId}
    where ${connections.id} = ${connectionId} and ${connections.endedAt} is null and ${connections.autoSync}
    and ${connections.state} in ('healthy', 'missing_scope') and ${grants.state} = 'active')`;
}

/** Whose books to read of its own accord; undefined when the connection has ended or its syncing is off. */
export async function booksToSync(
  db: Db,
  connectionId: string,
): Promise<{ firmId: string; connectionId: string } | undefined> {
  const [row] = await db
    .select({ firmId: connections.firmId, connectionId: connections.id })
    .from(connections)
    .where(and(eq(connections.id, connectionId), connections.autoSync, live));
  return row;
}

/** The live connections of an app whose syncing is on. */
export async function syncingConnectionsOfApp(db: Db, appId: string): Promise<string[]> {
  const rows = await db
    .select({ id: connections.id })
    .from(connections)
    .innerJoin(grants, eq(grants.id, connections.grantId))
    .where(and(eq(grants.appId, appId), connections.autoSync, live));
  return rows.map((row) => row.id);
}
