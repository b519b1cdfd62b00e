import { sql } from "drizzle-orm";
import { index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
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
    scopes: text({ enum: ["read"] })
      .array()
      .notNull(),
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
