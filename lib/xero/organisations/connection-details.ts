import "server-only";
import { desc, eq } from "drizzle-orm";
import { connections, grants } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import { listPeople } from "#lib/people/read.ts";
import { type AppKind, appForFirm, listAppRows } from "../apps/apps.ts";
import type { GrantKind } from "../tokens/grants.ts";
import type { ConnectionHealth } from "./connection-words.ts";

/** A live connection's whole story. Tokens are told by their health alone. */
export type ConnectionDetails = ConnectionHealth & {
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
  live: ConnectionDetails[];
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

/** A firm's connections, live and ended, newest first. The caller has authorised who reads it. */
export async function connectionDetailsOf(
  db: Db,
  firm: { firmId: string; companyId: string },
): Promise<Connections> {
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
      ({ connection: row, grant }): ConnectionDetails => ({
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

async function appState(db: Db, firm: { firmId: string; companyId: string }): Promise<Connections["app"]> {
  if (await appForFirm(db, firm)) return "ready";
  const isRetired = ({ kind }: { kind: AppKind }) => kind === "oauth1" || kind === "x509";
  return (await listAppRows(db, firm)).some(isRetired) ? "retired_only" : "none";
}
