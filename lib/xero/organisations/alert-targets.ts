import { and, asc, eq, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { connections, grants } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";

/** Nobody is told of a silence that ends sooner. */
const SILENCE = sql`interval '15 minutes'`;

export type AlertTarget = {
  firmId: string;
  connectionId: string;
  organisationName: string;
  countryCode: string;
  timeZone: string;
  unreachableSince: Date | null;
  unreachableToldAt: Date | null;
};

/** One live connection, or all on a grant or of an app, with what a letter about them says. */
export async function listAlertTargets(
  db: Db,
  which: { connectionId: string } | { grantId: string } | { appId: string },
): Promise<AlertTarget[]> {
  if ("connectionId" in which) return list(db, eq(connections.id, which.connectionId));
  if ("grantId" in which) return list(db, eq(connections.grantId, which.grantId));
  const ofApp = db.select({ id: grants.id }).from(grants).where(eq(grants.appId, which.appId));
  return list(db, inArray(connections.grantId, ofApp));
}

/** Whose silence nobody was told of yet, the longest first, and who answers again after one that was told. */
export async function listSilences(db: Db): Promise<{ away: AlertTarget[]; back: AlertTarget[] }> {
  const { unreachableSince, unreachableToldAt } = connections;
  return {
    away: await list(db, and(sql`${unreachableSince} < now() - ${SILENCE}`, isNull(unreachableToldAt))),
    back: await list(db, and(isNull(unreachableSince), isNotNull(unreachableToldAt))),
  };
}

/** Staff know of it: that these are silent, or that they answer again. */
export async function noteTold(db: Db, told: AlertTarget[], what: "away" | "back"): Promise<void> {
  await db
    .update(connections)
    .set({ unreachableToldAt: what === "away" ? sql`now()` : null })
    .where(
      inArray(
        connections.id,
        told.map(({ connectionId }) => connectionId),
      ),
    );
}

function list(db: Db, where: SQL | undefined): Promise<AlertTarget[]> {
  return db
    .select({
      firmId: connections.firmId,
      connectionId: connections.id,
      organisationName: connections.organisationName,
      countryCode: connections.countryCode,
      timeZone: connections.timeZone,
      unreachableSince: connections.unreachableSince,
      unreachableToldAt: connections.unreachableToldAt,
    })
    .from(connections)
    .where(and(where, isNull(connections.endedAt)))
    .orderBy(asc(connections.unreachableSince), asc(connections.connectedAt));
}
