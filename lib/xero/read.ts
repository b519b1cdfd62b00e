import "server-only";
import { and, desc, eq, isNull } from "drizzle-orm";
import { connections, grants } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { may } from "#lib/firms/rules.ts";
import { listPeople } from "#lib/people/read.ts";
import { type AppKind, appForFirm, listAppRows } from "./apps.ts";
import type { ConnectionHealth } from "./connection-words.ts";
import { getOffer } from "./flows.ts";
import type { GrantKind } from "./grants.ts";
import { redirectUri } from "./oauth.ts";

/** A live connection's whole story. Tokens are told by their health alone. */
export type ConnectionStory = ConnectionHealth & {
  connectionId: string;
  /** A custom connection has no Xero user, and is renewed by saving it. */
  grantKind: GrantKind;
  legalName: string | null;
  registrationNumber: string | null;
  shortCode: string;
  baseCurrency: string;
  countryCode: string;
  timeZone: string;
  /** The Xero user who consented, by e-mail. */
  consentedBy: string | null;
  /** Our person who pressed Connect last. */
  connectedBy: string | null;
  connectedAt: Date;
  scopes: string[];
  tokensRenewedAt: Date | null;
  lastContactAt: Date | null;
  clearing: { accountId: string; name: string; checkedAt: Date | null } | null;
  /** Off: only a payer's commit reads the organisation. */
  autoSync: boolean;
};

export type Connections = {
  live: ConnectionStory[];
  ended: {
    connectionId: string;
    organisationName: string;
    endedAt: Date;
    countryCode: string;
    timeZone: string;
  }[];
  /** Whether there is an app to connect through, and if not, whether a retired credential is on file. */
  app: "ready" | "retired_only" | "none";
};

/** Everything that a firm's people may know of its connections. */
export async function loadConnections(db: Db, firm: FirmContext): Promise<Connections> {
  requireAbility(firm, "see");
  const rows = await db
    .select({ connection: connections, grant: storyOfGrant })
    .from(connections)
    .innerJoin(grants, eq(grants.id, connections.grantId))
    .where(eq(connections.firmId, firm.firmId))
    .orderBy(desc(connections.connectedAt));
  const people = await listPeople(db, [...new Set(rows.map(({ connection }) => connection.connectedBy))]);
  const nameOf = (userId: string) => people.find((person) => person.userId === userId)?.name ?? null;

  const live = rows
    .filter(({ connection }) => !connection.endedAt)
    .map(
      ({ connection: row, grant }): ConnectionStory => ({
        connectionId: row.id,
        grantKind: grant.kind,
        organisationName: row.organisationName,
        legalName: row.legalName,
        registrationNumber: row.registrationNumber,
        shortCode: row.shortCode,
        baseCurrency: row.baseCurrency,
        countryCode: row.countryCode,
        timeZone: row.timeZone,
        state: grant.state === "needs_reconnect" ? "needs_reconnect" : row.state,
        reason: grant.state === "needs_reconnect" ? grant.stateReason : row.stateReason,
        stateSince: grant.state === "needs_reconnect" ? grant.stateSince : row.stateSince,
        unreachableSince: row.unreachableSince,
        consentedBy: grant.email,
        connectedBy: nameOf(row.connectedBy),
        connectedAt: row.connectedAt,
        scopes: grant.scopes.split(" ").filter(Boolean),
        tokensRenewedAt: grant.rotatedAt,
        lastContactAt: row.lastContactAt,
        autoSync: row.autoSync,
        clearing: row.clearingAccountId
          ? {
              accountId: row.clearingAccountId,
              name: row.clearingAccountName ?? "",
              checkedAt: row.clearingCheckedAt,
            }
          : null,
      }),
    );
  const ended = rows.flatMap(({ connection: { id, organisationName, endedAt, countryCode, timeZone } }) =>
    endedAt ? [{ connectionId: id, organisationName, endedAt, countryCode, timeZone }] : [],
  );
  return { live, ended, app: await appState(db, firm) };
}

const storyOfGrant = {
  kind: grants.kind,
  state: grants.state,
  stateReason: grants.stateReason,
  stateSince: grants.stateSince,
  email: grants.email,
  scopes: grants.scopes,
  rotatedAt: grants.rotatedAt,
};

async function appState(db: Db, firm: FirmContext): Promise<Connections["app"]> {
  if (await appForFirm(db, firm)) return "ready";
  const isRetired = ({ kind }: { kind: AppKind }) => kind === "oauth1" || kind === "x509";
  return (await listAppRows(db, firm)).some(isRetired) ? "retired_only" : "none";
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
