import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { connections, grants } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { may } from "#lib/firms/rules.ts";
import { listPeople } from "#lib/people/read.ts";
import { type AppKind, listAppRows } from "../apps/apps.ts";
import { getOffer } from "../consent/flows.ts";
import { redirectUri } from "../consent/oauth.ts";
import { type Connections, connectionDetailsOf } from "./connection-details.ts";

/** Everything that a firm's people may know of its connections. */
export async function loadConnections(db: Db, firm: FirmContext): Promise<Connections> {
  requireAbility(firm, "see");
  return connectionDetailsOf(db, firm);
}

export type XeroAppView = {
  appId: string;
  kind: AppKind;
  whose: "firm" | "company";
  name: string;
  clientId: string;
  scopes: string;
  secretSet: boolean;
  webhookKeySet: boolean;
  setAt: Date;
  setBy: string | null;
  verifiedAt: Date | null;
  webhookSeenAt: Date | null;
  /** To enter at developer.xero.com. */
  webhookUrl: string;
  mayChange: boolean;
  /** The organisation of a custom connection while it is connected. */
  organisationName: string | null;
  /** Of a retired kind. */
  expiredOn: string | null;
  certificateSubject: string | null;
  certificateFingerprint: string | null;
};

/** The apps that concern a firm, the ones it may use first, and what to enter at Xero for any of them. */
export async function loadXeroApps(
  db: Db,
  firm: FirmContext,
): Promise<{ apps: XeroAppView[]; redirectUri: string; mayChangeCompany: boolean }> {
  requireAbility(firm, "connect");
  const rows = await listAppRows(db, firm);
  const people = await listPeople(db, [...new Set(rows.flatMap(({ setBy }) => setBy ?? []))]);
  const mayChangeCompany = may(firm, "company");
  const custom = await organisationsOfCustom(db, firm.firmId);
  const apps = rows.map(
    (row): XeroAppView => ({
      appId: row.id,
      kind: row.kind,
      whose: row.firmId ? "firm" : "company",
      name: row.name,
      clientId: row.clientId,
      scopes: row.scopes,
      secretSet: row.sealedClientSecret !== null,
      webhookKeySet: row.sealedWebhookKey !== null,
      setAt: row.setAt,
      setBy: people.find((person) => person.userId === row.setBy)?.name ?? null,
      verifiedAt: row.verifiedAt,
      webhookSeenAt: row.webhookSeenAt,
      webhookUrl: `${env().PUBLIC_ORIGIN}/api/xero/webhook/${row.id}`,
      mayChange:
        row.kind === "custom" || (row.kind === "oauth2" && (row.firmId !== null || mayChangeCompany)),
      organisationName: custom.get(row.id) ?? null,
      expiredOn: row.expiredOn,
      certificateSubject: row.certificateSubject,
      certificateFingerprint: row.certificateFingerprint,
    }),
  );
  return { apps, redirectUri: redirectUri(), mayChangeCompany };
}

/** By app: what a firm's custom connections are tied to today. */
async function organisationsOfCustom(db: Db, firmId: string): Promise<Map<string, string>> {
  const rows = await db
    .select({ appId: grants.appId, name: connections.organisationName })
    .from(connections)
    .innerJoin(grants, eq(grants.id, connections.grantId))
    .where(
      and(eq(connections.firmId, firmId), isNull(connections.endedAt), eq(grants.kind, "client_credentials")),
    );
  return new Map(rows.map(({ appId, name }) => [appId, name]));
}

/** The organisations this person may still choose from, by name; null when the choice is over or not theirs. */
export async function loadOffer(
  db: Db,
  { userId, sessionId }: { userId: string; sessionId: string },
  at: { firm: FirmContext; flowId: string },
): Promise<{ tenantId: string; name: string }[] | null> {
  requireAbility(at.firm, "connect");
  const offer = await getOffer(db, { userId, sessionId, flowId: at.flowId, firmId: at.firm.firmId });
  return offer ? offer.offered.map(({ tenantId, name }) => ({ tenantId, name })) : null;
}
