import "server-only";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { connections, grants } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";

export type ConnectionState = (typeof connections.$inferSelect)["state"];

/** What a call needs to know of its connection. */
export type Line = {
  connectionId: string;
  firmId: string;
  tenantId: string;
  grantId: string;
  appId: string;
  state: ConnectionState;
  stateReason: string | null;
  ended: boolean;
  isDemo: boolean;
  shortCode: string;
  organisationName: string;
  /** Set while the organisation must be compared before the next write. */
  doubtSince: Date | null;
  grantState: "active" | "needs_reconnect";
};

const lineColumns = {
  connectionId: connections.id,
  firmId: connections.firmId,
  tenantId: connections.tenantId,
  grantId: connections.grantId,
  appId: grants.appId,
  state: connections.state,
  stateReason: connections.stateReason,
  ended: sql<boolean>`${connections.endedAt} is not null`,
  isDemo: connections.isDemo,
  shortCode: connections.shortCode,
  organisationName: connections.organisationName,
  doubtSince: connections.doubtSince,
  grantState: grants.state,
};

export async function getLine(db: Db, connectionId: string): Promise<Line | undefined> {
  const [line] = await db
    .select(lineColumns)
    .from(connections)
    .innerJoin(grants, eq(grants.id, connections.grantId))
    .where(eq(connections.id, connectionId));
  return line;
}

/** A live connection of this firm. Throws `not_found` when it is another firm's, or over. */
export async function requireLive(
  db: Db,
  { firmId }: { firmId: string },
  connectionId: string,
): Promise<typeof connections.$inferSelect> {
  const [row] = await db
    .select()
    .from(connections)
    .where(
      and(eq(connections.id, connectionId), eq(connections.firmId, firmId), isNull(connections.endedAt)),
    );
  if (!row) throw new AppError("not_found", "This organisation is no longer connected.");
  return row;
}

/** Who has these organisations now: at most one firm each. */
export async function holdersOf(
  db: Db,
  tenantIds: string[],
): Promise<{ connectionId: string; firmId: string; tenantId: string }[]> {
  if (tenantIds.length === 0) return [];
  return db
    .select({ connectionId: connections.id, firmId: connections.firmId, tenantId: connections.tenantId })
    .from(connections)
    .where(and(inArray(connections.tenantId, tenantIds), isNull(connections.endedAt)));
}

/** The live connections of these organisations through this app: what a webhook may speak of. */
export async function connectionsOfTenants(
  db: Db,
  { appId, tenantIds }: { appId: string; tenantIds: string[] },
): Promise<{ connectionId: string; firmId: string; tenantId: string; autoSync: boolean }[]> {
  if (tenantIds.length === 0) return [];
  const { firmId, tenantId, autoSync } = connections;
  return db
    .select({ connectionId: connections.id, firmId, tenantId, autoSync })
    .from(connections)
    .innerJoin(grants, eq(grants.id, connections.grantId))
    .where(
      and(eq(grants.appId, appId), inArray(connections.tenantId, tenantIds), isNull(connections.endedAt)),
    );
}

/** True when the state really changed now: only then is there something to tell. */
export async function changeState(
  tx: Db,
  connectionId: string,
  { state, reason }: { state: ConnectionState; reason: string | null },
): Promise<Date | undefined> {
  const [moved] = await tx
    .update(connections)
    .set({ state, stateReason: reason, stateSince: sql`now()`, doubtSince: sql`now()` })
    .where(
      and(
        eq(connections.id, connectionId),
        isNull(connections.endedAt),
        sql`(${connections.state}, ${connections.stateReason}) is distinct from (${state}, ${reason})`,
      ),
    )
    .returning({ since: connections.stateSince });
  return moved?.since;
}

/** Xero answered; written at most every ten seconds. */
export async function noteContact(db: Db, connectionId: string): Promise<void> {
  await db
    .update(connections)
    .set({ lastContactAt: sql`now()`, unreachableSince: null })
    .where(
      and(
        eq(connections.id, connectionId),
        sql`(${connections.unreachableSince} is not null or coalesce(${connections.lastContactAt} < now() - interval '10 seconds', true))`,
      ),
    );
}

/** Xero did not answer; keeps the first time of several in a row. */
export async function noteUnreachable(db: Db, connectionId: string): Promise<void> {
  await db
    .update(connections)
    .set({ unreachableSince: sql`now()` })
    .where(and(eq(connections.id, connectionId), isNull(connections.unreachableSince)));
}
