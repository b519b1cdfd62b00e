import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
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
    /**
     * oauth2: people consent to it. custom: a firm's own, for one organisation, without anybody's consent. oauth1 (a token)
     * and x509 (a private app) are retired: kept on file and shown, never used.
     */
    kind: text({ enum: ["oauth2", "custom", "oauth1", "x509"] }).notNull(),
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
    /** Since when Xero no longer takes this id and secret; null when it does. */
    refusedSince: at(),
    /** When a correctly signed webhook last arrived. */
    webhookSeenAt: at(),
    /** What Xero bills the app by, as its owner told us: Xero has no call that says it (xero-platform 1.9). */
    tier: text({ enum: ["starter", "core", "plus", "advanced"] })
      .notNull()
      .default("starter"),
    /** Of a retired kind: the day its token or certificate ended. */
    expiredOn: date({ mode: "string" }),
    /** Of an x509: whose certificate it was, and its fingerprint, as the file said. */
    certificateSubject: text(),
    certificateFingerprint: text(),
  },
  (t) => [
    uniqueIndex("xero_apps_company").on(t.companyId).where(sql`${t.kind} = 'oauth2' and ${t.firmId} is null`),
    uniqueIndex("xero_apps_firm").on(t.firmId).where(sql`${t.kind} = 'oauth2' and ${t.firmId} is not null`),
    uniqueIndex("xero_apps_custom").on(t.firmId, t.clientId).where(sql`${t.kind} = 'custom'`),
    uniqueIndex("xero_apps_retired")
      .on(t.firmId, t.kind, t.clientId)
      .where(sql`${t.kind} in ('oauth1', 'x509')`),
    check("xero_apps_custom_of_firm", sql`${t.kind} <> 'custom' or ${t.firmId} is not null`),
    check(
      "xero_apps_retired_holds_no_secret",
      sql`${t.kind} not in ('oauth1', 'x509') or (${t.sealedClientSecret} is null and ${t.sealedWebhookKey} is null)`,
    ),
  ],
);

/**
 * One Xero user's consent to one app: the owner of the one rotating token family. Or what a custom connection may by
 * itself: no user, no refresh token, and a new access token whenever it asks.
 */
export const grants = pgTable(
  "grants",
  {
    id: id(),
    appId: uuid()
      .notNull()
      .references(() => xeroApps.id),
    kind: text({ enum: ["authorization_code", "client_credentials"] })
      .notNull()
      .default("authorization_code"),
    xeroUserId: text(),
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
  (t) => [
    unique("grants_app_user").on(t.appId, t.xeroUserId).nullsNotDistinct(),
    check("grants_user", sql`(${t.kind} = 'client_credentials') = (${t.xeroUserId} is null)`),
  ],
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
    /** Off: the mirror is read only when a payer commits. */
    autoSync: boolean().notNull().default(true),
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

/**
 * What an app may still ask of an organisation: Xero's headers when last heard, less our calls that they may not have
 * counted. A call begins only on the version of this row that it was decided by.
 */
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
    /** When Xero's headers were last heard; null before. */
    observedAt: at(),
    blockedUntil: at(),
    blockedBy: text({ enum: ["minute", "day", "appminute", "concurrent"] }),
    /** While these are ahead, somebody more urgent waits for one of the five places, in whichever process. */
    payerWaitsUntil: at(),
    writeWaitsUntil: at(),
    /** Goes up with each call that begins and each word of Xero's: who decided by an older one decides again. */
    version: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.appId, t.tenantId] }),
    check("call_budget_blocked", sql`(${t.blockedUntil} is null) = (${t.blockedBy} is null)`),
    index("call_budget_app_blocked").on(t.appId).where(sql`${t.blockedBy} = 'appminute'`),
  ],
);

/** Calls of the last minutes, under way or over. A process that dies leaves its calls to end by themselves. */
export const xeroCalls = pgTable(
  "xero_calls",
  {
    id: id(),
    appId: uuid()
      .notNull()
      .references(() => xeroApps.id),
    tenantId: text().notNull(),
    purpose: text({ enum: ["payer", "write", "sync"] }).notNull(),
    begunAt: at().notNull(),
    /** Its end; as long as nobody knows it, the moment when it must be over. Ahead of now: under way. */
    overAt: at().notNull(),
  },
  (t) => [
    index("xero_calls_of_organisation").on(t.appId, t.tenantId, t.overAt),
    index("xero_calls_of_app").on(t.appId, t.overAt),
  ],
);

/** What was asked of an organisation in an hour, for people to see; kept for a year and a month. */
export const callUsage = pgTable(
  "call_usage",
  {
    appId: uuid()
      .notNull()
      .references(() => xeroApps.id),
    tenantId: text().notNull(),
    /** When the hour began. */
    hour: at().notNull(),
    purpose: text({ enum: ["payer", "write", "sync"] }).notNull(),
    calls: integer().notNull(),
    /** Of them answered with 429. */
    limited: integer().notNull(),
    /** Bytes that Xero bills: answers to GETs, Organisation left out. */
    egressBytes: bigint({ mode: "bigint" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.appId, t.tenantId, t.hour, t.purpose] })],
);
