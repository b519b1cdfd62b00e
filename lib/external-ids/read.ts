import "server-only";
import type { Db } from "#lib/core/db.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { payConnection, payConnections } from "#lib/xero/organisations/pay-connections.ts";
import { countLinks, type LinkCount } from "./store.ts";

export type LinksView = {
  /** Where links can be assigned to. */
  organisations: { connectionId: string; organisationName: string; shortCode: string }[];
  onFile: (LinkCount & { organisationName: string })[];
};

/** What a firm has of links, by organisation, system and kind. */
export async function loadLinks(db: Db, firm: FirmContext): Promise<LinksView> {
  requireAbility(firm, "connect");
  const live = await payConnections(db, firm.firmId);
  const names = new Map(live.map(({ connectionId, organisationName }) => [connectionId, organisationName]));
  const counts = await countLinks(db, firm.firmId);
  for (const { connectionId } of counts) {
    if (!names.has(connectionId))
      names.set(connectionId, (await payConnection(db, connectionId))?.organisationName ?? "");
  }
  return {
    organisations: live.map(({ connectionId, organisationName, shortCode }) => ({
      connectionId,
      organisationName,
      shortCode,
    })),
    onFile: counts.map((row) => ({ ...row, organisationName: names.get(row.connectionId) ?? "" })),
  };
}
