import { index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { at, id } from "./columns.ts";

export const users = pgTable(
  "users",
  {
    id: id(),
    /** NFKC, trimmed, lower case. */
    email: text().notNull(),
    name: text().notNull(),
    /** PHC string, argon2id. */
    passwordHash: text().notNull(),
    createdAt: at().notNull().defaultNow(),
    disabledAt: at(),
  },
  (t) => [unique("users_email").on(t.email)],
);

export const sessions = pgTable(
  "sessions",
  {
    id: id(),
    /** SHA-256 of the opaque id that the browser's cookie carries. */
    tokenHash: text().notNull(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: at().notNull().defaultNow(),
    lastSeenAt: at().notNull().defaultNow(),
    expiresAt: at().notNull(),
    revokedAt: at(),
    ip: text(),
    userAgent: text(),
  },
  (t) => [unique("sessions_token_hash").on(t.tokenHash), index("sessions_user").on(t.userId)],
);

/** A one-time link with which a new person sets a password. */
export const passwordLinks = pgTable(
  "password_links",
  {
    id: id(),
    /** SHA-256 of the token in the link. */
    tokenHash: text().notNull(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: at().notNull().defaultNow(),
    expiresAt: at().notNull(),
    usedAt: at(),
  },
  (t) => [unique("password_links_token_hash").on(t.tokenHash), index("password_links_user").on(t.userId)],
);
