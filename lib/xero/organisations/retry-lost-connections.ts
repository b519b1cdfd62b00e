import "server-only";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { connections, grants } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import { xeroApi } from "../api/client.ts";
import { AccessTokenRefused } from "../api/faults.ts";
import { callSdk } from "../api/sdk.ts";
import { XeroFault } from "../api/xero-fault.ts";
import { listXeroConnections } from "../consent/xero-connections.ts";
import { organisationConnected } from "../jobs.ts";
import { freshAccessToken } from "../tokens/refresh.ts";
import { getLine, type Line, noteContact } from "./connections.ts";
import { recordState } from "./record-state.ts";

/**
 * Asks once an hour about each organisation that Xero refused or no longer listed: if it answers as the same one, the
 * connection works again, without a person.
 */
export async function retryLostConnections(db: Db): Promise<void> {
  const lost = await db
    .select({ id: connections.id })
    .from(connections)
    .innerJoin(grants, eq(grants.id, connections.grantId))
    .where(
      and(
        inArray(connections.state, ["disconnected", "organisation_gone"]),
        isNull(connections.endedAt),
        eq(grants.state, "active"),
        sql`coalesce(${connections.lastContactAt}, ${connections.stateSince}) < now() - interval '1 hour'`,
      ),
    );
  await eachAlone(db, lost, {
    kind: "lost-connection",
    idOf: ({ id }) => id,
    async work({ id }) {
      const line = await getLine(db, id);
      if (!line || !(await answersAgain(db, line))) return;
      await recordState(db, line, { state: "healthy", reason: null });
      await enqueue(db, organisationConnected, { connectionId: id });
    },
  });
}

async function answersAgain(db: Db, line: Line): Promise<boolean> {
  const { connectionId, grantId, tenantId, shortCode } = line;
  try {
    const accessToken = await freshAccessToken(db, grantId);
    const listed = (await listXeroConnections(accessToken)).some((link) => link.tenantId === tenantId);
    await noteContact(db, connectionId);
    if (!listed) return false;
    const organisation = await xeroApi(tenantId, (scope, list, run) =>
      callSdk({ accessToken, observe: () => {} }, { scope, list, run }),
    ).organisation();
    return organisation.organisationId === tenantId && organisation.shortCode === shortCode;
  } catch (error) {
    if (error instanceof XeroFault || error instanceof AccessTokenRefused) return false;
    throw error;
  }
}
