import { sql } from "drizzle-orm";
import { index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { at, id } from "./columns.ts";
import { firms } from "./firms.ts";
import { users } from "./people.ts";
import { connections } from "./xero.ts";

/** What another system signs in with: for one firm and one organisation. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: id(),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    connectionId: uuid()
      .notNull()
      .references(() => connections.id),
    /** The system that uses it; a second live key of the same name is for changing over. */
    name: text().notNull(),
    /** The part of the key that is no secret, by which it is looked up. */
    prefix: text().notNull(),
    /** SHA-256 of the whole key, hex. */
    keyHash: text().notNull(),
    lastFour: text().notNull(),
    scopes: text({ enum: ["read", "orders:write"] })
      .array()
      .notNull(),
    /** What its orders become where they don't say; null: as the organisation is set. */
    process: text({ enum: ["untracked", "tracked"] }),
    madeAt: at().notNull().defaultNow(),
    madeBy: uuid()
      .notNull()
      .references(() => users.id),
    /** To the minute. */
    lastUsedAt: at(),
    revokedAt: at(),
    revokedBy: uuid().references(() => users.id),
  },
  (t) => [
    unique("api_keys_prefix").on(t.prefix),
    index("api_keys_live").on(t.connectionId).where(sql`${t.revokedAt} is null`),
  ],
);

/** What was asked with a key, and what came of it: for staff and whoever writes the other system. Kept for thirty days. */
export const apiRequests = pgTable(
  "api_requests",
  {
    id: id(),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    apiKeyId: uuid()
      .notNull()
      .references(() => apiKeys.id),
    /** As the answer and the desk's log name it: "req_…". */
    requestId: text().notNull(),
    method: text().notNull(),
    /** With its query, cut off where it is very long. */
    path: text().notNull(),
    status: integer().notNull(),
    /** Of an answer that is a problem. */
    problem: text(),
    milliseconds: integer().notNull(),
    /** What was sent and answered as JSON, personal fields blotted out, cut off where it is very long; null for none. */
    sent: text(),
    answered: text(),
    at: at().notNull().defaultNow(),
  },
  (t) => [
    index("api_requests_of_firm").on(t.firmId, t.at.desc().nullsFirst()),
    index("api_requests_at").on(t.at),
  ],
);

/** What was answered to a request that carried an Idempotency-Key: the same again is answered alike. Kept for thirty days. */
export const apiReplays = pgTable(
  "api_replays",
  {
    apiKeyId: uuid()
      .notNull()
      .references(() => apiKeys.id),
    key: text().notNull(),
    /** SHA-256 of method, path and body, hex. */
    requestHash: text().notNull(),
    /** Null while the first one is under way. */
    status: integer(),
    body: text(),
    at: at().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.apiKeyId, t.key] }), index("api_replays_at").on(t.at)],
);
