import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { connections } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import { XeroFault } from "../api/xero-fault.ts";
import { forgetCustomSecret } from "../apps/apps.ts";
import { deleteXeroConnection } from "../consent/xero-connections.ts";
import { forgetUnusedTokens, getGrant } from "../tokens/grants.ts";
import { freshAccessToken } from "../tokens/refresh.ts";
import { requireLive } from "./connections.ts";

type Disconnect = {
  connectionId: string;
  /** End it here without telling Xero, for when Xero can't be reached. */
  hereOnly: boolean;
};

/**
 * Unties the organisation, at Xero first and then here; the row stays as history. `atXero` false: Xero still lists our
 * app there. A custom connection is forgotten here, with its secret, and only a person can end it at Xero. Throws `xero_busy` and changes nothing when Xero can't be reached.
 */
export async function disconnect(
  db: Db,
  caller: FirmCaller,
  { connectionId, hereOnly }: Disconnect,
): Promise<{ organisationName: string; atXero: boolean; isCustom: boolean }> {
  const { firm } = caller;
  requireAbility(firm, "connect");
  const row = await requireLive(db, firm, connectionId);
  const grant = await getGrant(db, row.grantId);
  const isCustom = grant?.kind === "client_credentials";
  const atXero = hereOnly || isCustom ? false : await untieAtXero(db, row);
  await db.transaction(async (tx) => {
    await tx
      .update(connections)
      .set({
        endedAt: sql`now()`,
        state: "disconnected",
        stateReason: "disconnected_by_staff",
        stateSince: sql`now()`,
      })
      .where(and(eq(connections.id, connectionId), isNull(connections.endedAt)));
    await forgetUnusedTokens(tx, row.grantId);
    if (isCustom) await forgetCustomSecret(tx, grant.appId);
    await recordBy(tx, caller, {
      action: "connection.ended",
      subject: `connection:${connectionId}`,
      detail: { organisation: row.organisationName, atXero },
    });
  });
  return { organisationName: row.organisationName, atXero, isCustom };
}

/** False when Xero no longer listens to us for this organisation: then only a person at Xero can remove us there. */
async function untieAtXero(
  db: Db,
  { grantId, xeroConnectionId }: { grantId: string; xeroConnectionId: string },
): Promise<boolean> {
  try {
    await deleteXeroConnection(await freshAccessToken(db, grantId), xeroConnectionId);
    return true;
  } catch (error) {
    if (!(error instanceof XeroFault)) throw error;
    if (error.fault.kind === "needs_reconnect" || error.fault.kind === "disconnected") return false;
    throw new AppError(
      "xero_busy",
      "Xero can't be reached, so nothing was changed. Try again in a few minutes, or end the connection here only.",
      { cause: error },
    );
  }
}
