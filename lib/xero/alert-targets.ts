import { and, eq, isNull } from "drizzle-orm";
import { connections } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";

/** The live connection, or all live connections on a grant, with what a letter about them says. */
export async function listAlertTargets(db: Db, which: { connectionId: string } | { grantId: string }) {
  const where =
    "connectionId" in which ? eq(connections.id, which.connectionId) : eq(connections.grantId, which.grantId);
  return db
    .select({
      firmId: connections.firmId,
      connectionId: connections.id,
      organisationName: connections.organisationName,
      countryCode: connections.countryCode,
      timeZone: connections.timeZone,
    })
    .from(connections)
    .where(and(where, isNull(connections.endedAt)));
}
