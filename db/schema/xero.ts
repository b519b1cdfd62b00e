import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { at, id } from "./columns.ts";
import { companies, firms } from "./firms.ts";
import { users } from "./people.ts";

/** Credentials of an app at developer.xero.com: a company's, shared by its firms, or one firm's own. */
export const xeroApps = pgTable(
  "xero_apps",
  {
    id: id(),
    companyId: uuid()
      .notNull()
      .references(() => companies.id),
    firmId: uuid().references(() => firms.id),
    /** "oauth1" is the retired kind: kept on file and shown, never used. */
    kind: text({ enum: ["oauth2", "oauth1"] }).notNull(),
    name: text().notNull(),
    clientId: text().notNull(),
    sealedClientSecret: text(),
    sealedWebhookKey: text(),
    /** Space separated, as asked on the consent screen. */
    scopes: text().notNull(),
    setBy: uuid().references(() => users.id),
    setAt: at().notNull().defaultNow(),
    /** When Xero last took this id and secret. */
    verifiedAt: at(),
    /** When a correctly signed webhook last arrived. */
    webhookSeenAt: at(),
  },
  (t) => [
    uniqueIndex("xero_apps_company").on(t.companyId).where(sql`${t.kind} = 'oauth2' and ${t.firmId} is null`),
    uniqueIndex("xero_apps_firm").on(t.firmId).where(sql`${t.kind} = 'oauth2' and ${t.firmId} is not null`),
  ],
);

/** One Xero user's consent to one app: the owner of the one rotating token family. */
export const grants = pgTable(
  "grants",
  {
    id: id(),
    appId: uuid()
      .notNull()
      .references(() => xeroApps.id),
    xeroUserId: text().notNull(),
    email: text(),
    /** JSON {accessToken, refreshToken}, sealed. */
    sealedTokens: text(),
    /** The refresh token before this one: Xero still takes it for 30 minutes. */
    sealedPreviousRefresh: text(),
    scopes: text().notNull(),
    accessExpiresAt: at(),
    rotatedAt: at(),
    /** Set before a refresh is tried, cleared when its answer is kept. */
    refreshTriedAt: at(),
    /** The database was restored or asleep: these tokens may be old ones, and are renewed at once to find out. */
    doubtedAt: at(),
    state: text({ enum: ["active", "needs_reconnect"] })
      .notNull()
      .default("active"),
    stateReason: text(),
    stateSince: at().notNull().defaultNow(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [unique("grants_app_user").on(t.appId, t.xeroUserId)],
);

/** A firm tied to one organisation (Xero's tenant) through a grant. */
export const connections = pgTable(
  "connections",
  {
    id: id(),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    grantId: uuid()
      .notNull()
      .references(() => grants.id),
    /** Xero's id of the link between app and organisation: what DELETE /connections wants. */
    xeroConnectionId: text().notNull(),
    /** Equal to OrganisationID. */
    tenantId: text().notNull(),
    organisationName: text().notNull(),
    legalName: text(),
    registrationNumber: text(),
    shortCode: text().notNull(),
    baseCurrency: text().notNull(),
    countryCode: text().notNull(),
    /** IANA zone, from Xero's Windows-style token. */
    timeZone: text().notNull(),
    /** Xero resets its demo companies within 28 days: then this organisation is gone. */
    isDemo: boolean().notNull().default(false),
    state: text({ enum: ["healthy", "disconnected", "organisation_gone", "missing_scope"] })
      .notNull()
      .default("healthy"),
    stateReason: text(),
    stateSince: at().notNull().defaultNow(),
    lastContactAt: at(),
    /** First of the failures in a row; null while Xero answers. */
    unreachableSince: at(),
    /** When staff were told of that silence; until they are told that it is over. */
    unreachableToldAt: at(),
    /** Something changed since the organisation was last compared with this row: no write before it is again. */
    doubtSince: at(),
    clearingAccountId: text(),
    clearingAccountName: text(),
    clearingCheckedAt: at(),
    connectedBy: uuid()
      .notNull()
      .references(() => users.id),
    connectedAt: at().notNull().defaultNow(),
    /** Set when staff disconnect: the row stays as history. */
    endedAt: at(),
  },
  (t) => [
    uniqueIndex("connections_tenant").on(t.tenantId).where(sql`${t.endedAt} is null`),
    index("connections_of_firm").on(t.firmId),
    index("connections_of_grant").on(t.grantId),
  ],
);

/** One click on Connect. Taken once, within ten minutes, by the browser that made it. */
export const oauthFlows = pgTable("oauth_flows", {
  id: id(),
  stateHash: text().notNull().unique("oauth_flows_state"),
  sealedVerifier: text().notNull(),
  nonceHash: text().notNull(),
  userId: uuid()
    .notNull()
    .references(() => users.id),
  sessionId: uuid().notNull(),
  firmId: uuid()
    .notNull()
    .references(() => firms.id),
  appId: uuid()
    .notNull()
    .references(() => xeroApps.id),
  /** The connection to renew; null to add an organisation. */
  connectionId: uuid().references(() => connections.id),
  createdAt: at().notNull().defaultNow(),
  expiresAt: at().notNull(),
  usedAt: at(),
  /** After the token, while a person picks among several organisations. */
  grantId: uuid().references(() => grants.id),
  candidates: text(),
  finishedAt: at(),
});

/** What Xero's own headers last said of an app's allowance with an organisation. */
export const callBudget = pgTable(
  "call_budget",
  {
    appId: uuid()
      .notNull()
      .references(() => xeroApps.id),
    tenantId: text().notNull(),
    minuteRemaining: integer(),
    dayRemaining: integer(),
    /** 1000 or 5000, by the most that was ever seen left: Xero's headers don't say which tier it is. */
    dayLimit: integer(),
    appMinuteRemaining: integer(),
    observedAt: at().notNull().defaultNow(),
    blockedUntil: at(),
    blockedBy: text({ enum: ["minute", "day", "appminute", "concurrent"] }),
  },
  (t) => [
    primaryKey({ columns: [t.appId, t.tenantId] }),
    check("call_budget_blocked", sql`(${t.blockedUntil} is null) = (${t.blockedBy} is null)`),
  ],
);
