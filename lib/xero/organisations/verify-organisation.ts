import "server-only";
import { and, eq } from "drizzle-orm";
import { connections } from "#db/schema/xero.ts";
import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import type { XeroApi } from "../api/xero-api.ts";
import { XeroFault } from "../api/xero-fault.ts";
import type { Line } from "./connections.ts";
import { recordState } from "./record-state.ts";

/**
 * Before the first write after any change: is it still the organisation that staff connected, by tenant id and short
 * code? A new name alone is kept and recorded. Another organisation stops all writes until a person has looked. Throws
 * XeroFault: `disconnected` then, or why Xero could not be asked.
 */
export async function verifyOrganisation(db: Db, line: Line, xero: XeroApi): Promise<void> {
  const { connectionId, firmId, tenantId, shortCode, organisationName, doubtSince } = line;
  if (!doubtSince) return;
  const now = await xero.organisation();
  if (now.organisationId !== tenantId || now.shortCode !== shortCode) {
    await recordState(db, line, { state: "organisation_gone", reason: "other_organisation" });
    throw new XeroFault({ kind: "disconnected" });
  }
  await db.transaction(async (tx) => {
    await tx
      .update(connections)
      .set({ doubtSince: null, organisationName: now.name, isDemo: now.isDemo })
      .where(and(eq(connections.id, connectionId), eq(connections.doubtSince, doubtSince)));
    if (now.name !== organisationName) {
      await record(tx, {
        firmId,
        actor: "xero",
        action: "connection.organisation-renamed",
        subject: `connection:${connectionId}`,
        detail: { from: organisationName, to: now.name },
      });
    }
  });
}
