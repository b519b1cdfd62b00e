import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { at, id, minor } from "./columns.ts";
import { firms } from "./firms.ts";
import { connections } from "./xero.ts";

/** What one payer is about to pay: a selection, then details and terms, then a commit. */
export const checkouts = pgTable(
  "checkouts",
  {
    id: id(),
    /** SHA-256 of the random token in the checkout's address. */
    tokenHash: text().notNull().unique("checkouts_token"),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    connectionId: uuid()
      .notNull()
      .references(() => connections.id),
    contactId: text().notNull(),
    currency: text().notNull(),
    /** Where the payer came from, to go back to: a path on our own pages. */
    backPath: text().notNull(),
    /** As typed last, for the form to show again. Who paid stands in the attempt. */
    payerName: text(),
    payerEmail: text(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [index("checkouts_of_firm").on(t.firmId)],
);

export const checkoutLines = pgTable(
  "checkout_lines",
  {
    checkoutId: uuid()
      .notNull()
      .references(() => checkouts.id, { onDelete: "cascade" }),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    invoiceId: text().notNull(),
    number: text().notNull(),
    /** What the payer was shown, and agrees to. */
    amountMinor: minor().notNull(),
    /** What was owed when the payer chose to pay a part of it; null when it is all. */
    partOfMinor: minor(),
  },
  (t) => [
    primaryKey({ columns: [t.checkoutId, t.invoiceId] }),
    check("checkout_lines_positive", sql`${t.amountMinor} > 0`),
    check("checkout_lines_part", sql`${t.partOfMinor} > ${t.amountMinor}`),
  ],
);

/** A one-time code sent to the e-mail that Xero holds for a contact. */
export const emailCodes = pgTable(
  "email_codes",
  {
    id: id(),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    connectionId: uuid()
      .notNull()
      .references(() => connections.id),
    contactId: text().notNull(),
    /** Sealed, so that the worker can write the letter; wiped once it is sent. */
    sealedCode: text(),
    codeHash: text().notNull(),
    wrongTries: integer().notNull().default(0),
    createdAt: at().notNull().defaultNow(),
    expiresAt: at().notNull(),
    usedAt: at(),
  },
  (t) => [index("email_codes_contact").on(t.connectionId, t.contactId, t.createdAt)],
);

/** Wrong guesses at one invoice number of a firm; past the limit even the right amount needs the code. */
export const linkMisses = pgTable(
  "link_misses",
  {
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    /** SHA-256 of the number as asked: guesses at unknown numbers are kept alike. */
    numberHash: text().notNull(),
    misses: integer().notNull(),
    since: at().notNull().defaultNow(),
  },
  (t) => [unique("link_misses_number").on(t.firmId, t.numberHash)],
);
