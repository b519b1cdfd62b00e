import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { connections, grants } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import type { Late, Unfinished } from "#lib/core/failures/unfinished.ts";
import { healthInWords } from "./connection-words.ts";

/** Live connections that have not worked for so long: lost, refused, short of a permission, or without an answer. */
export async function lostConnections(db: Db, { minutes, firmId }: Late): Promise<Unfinished[]> {
  const rows = await db
    .select({ connection: connections, grant: grants })
    .from(connections)
    .innerJoin(grants, eq(grants.id, connections.grantId))
    .where(
      and(
        isNull(connections.endedAt),
        sql`(${connections.state} <> 'healthy' or ${connections.unreachableSince} is not null or ${grants.state} <> 'active')`,
        firmId ? eq(connections.firmId, firmId) : undefined,
      ),
    );
  const before = Date.now() - minutes * 60_000;
  return rows.flatMap(({ connection, grant }) => {
    const lost = grant.state === "needs_reconnect";
    const { since, sentence, word } = healthInWords({
      organisationName: connection.organisationName,
      state: lost ? "needs_reconnect" : connection.state,
      reason: lost ? grant.stateReason : connection.stateReason,
      stateSince: lost ? grant.stateSince : connection.stateSince,
      unreachableSince: connection.unreachableSince,
    });
    if (!since || since.getTime() > before) return [];
    const { id, firmId: of, organisationName } = connection;
    const what = `${organisationName}: ${word}`;
    return [{ id, firmId: of, what, since, reason: sentence, money: null, failure: null }];
  });
}

/** The firms with a live connection through one of these apps. */
export async function firmsOfApps(db: Db, appIds: string[]): Promise<{ appId: string; firmId: string }[]> {
  if (appIds.length === 0) return [];
  return db
    .selectDistinct({ appId: grants.appId, firmId: connections.firmId })
    .from(connections)
    .innerJoin(grants, eq(grants.id, connections.grantId))
    .where(and(isNull(connections.endedAt), inArray(grants.appId, appIds)));
}
