import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
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
    /** The contact's address that was chosen; wiped once the code is sent. */
    sentTo: text(),
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

/**
 * What callers asked of a firm's pay links, each question of a caller once: counted before it is answered, as wrong until
 * it proves right. The firm need not exist.
 */
export const linkTries = pgTable(
  "link_tries",
  {
    firmId: uuid().notNull(),
    /** The bucket of an address; "" for all who have none. */
    caller: text().notNull(),
    /** SHA-256 of all that was asked. */
    question: text().notNull(),
    /** The invoice that was meant, one key for all ways to write its number. */
    invoiceKey: text().notNull(),
    /** The number as asked, for staff to read. */
    number: text().notNull(),
    at: at().notNull().defaultNow(),
    rightAt: at(),
  },
  (t) => [
    primaryKey({ columns: [t.firmId, t.caller, t.question] }),
    index("link_tries_wrong").on(t.firmId, t.at).where(sql`${t.rightAt} is null`),
    index("link_tries_invoice").on(t.firmId, t.invoiceKey, t.at).where(sql`${t.rightAt} is null`),
  ],
);
