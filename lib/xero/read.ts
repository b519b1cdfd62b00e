import "server-only";
import { desc, eq } from "drizzle-orm";
import { connections, grants } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { may } from "#lib/firms/rules.ts";
import { listPeople } from "#lib/people/read.ts";
import { appForFirm, listAppRows } from "./apps.ts";
import type { ConnectionHealth } from "./connection-words.ts";
import { getOffer } from "./flows.ts";
import { redirectUri } from "./oauth.ts";

/** A live connection's whole story. Tokens are told by their health alone. */
export type ConnectionStory = ConnectionHealth & {
  connectionId: string;
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
  state: grants.state,
  stateReason: grants.stateReason,
  stateSince: grants.stateSince,
  email: grants.email,
  scopes: grants.scopes,
  rotatedAt: grants.rotatedAt,
};

async function appState(db: Db, firm: FirmContext): Promise<Connections["app"]> {
  if (await appForFirm(db, firm)) return "ready";
  return (await listAppRows(db, firm)).length > 0 ? "retired_only" : "none";
}

export type XeroAppView = {
  appId: string;
  kind: "oauth2" | "oauth1";
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
      mayChange: row.kind === "oauth2" && (row.firmId !== null || mayChangeCompany),
    }),
  );
  return { apps, redirectUri: redirectUri(), mayChangeCompany };
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
