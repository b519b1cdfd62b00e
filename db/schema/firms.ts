import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { at, id, minor } from "./columns.ts";
import { users } from "./people.ts";

export const companies = pgTable(
  "companies",
  { id: id(), slug: text().notNull(), name: text().notNull(), createdAt: at().notNull().defaultNow() },
  (t) => [
    unique("companies_slug").on(t.slug),
    check("companies_slug_shape", sql`${t.slug} ~ '^[a-z0-9][a-z0-9-]{0,62}$'`),
  ],
);

export const firms = pgTable(
  "firms",
  {
    id: id(),
    companyId: uuid()
      .notNull()
      .references(() => companies.id),
    slug: text().notNull(),
    name: text().notNull(),
    /** Who sees a contact's other invoices: anyone with the link, or who proves the contact's e-mail. */
    privacy: text({ enum: ["open", "code"] })
      .notNull()
      .default("code"),
    /** The firm's own accent, #rrggbb; ours when null. */
    accent: text(),
    /** A small PNG, JPEG or WebP as a data: address; drawn on the pay page and in letters. */
    logo: text(),
    /** Whom a payer may ask: shown on pay pages, receipts and letters. */
    supportEmail: text(),
    supportPhone: text(),
    /** The least that a client may pay of an invoice in this currency that owes more; both null: all of it or nothing. */
    partMinimumMinor: minor(),
    partCurrency: text(),
    /** A part is taken only where at least so many invoices are paid together. */
    partFromInvoices: integer().notNull().default(1),
    /** Where money goes that its invoice no longer takes; ask: a person decides. */
    surplusPolicy: text({ enum: ["ask", "overpayment", "next_invoice", "refund"] })
      .notNull()
      .default("ask"),
    /**
     * While Xero can't be asked, payments are taken for so many hours after all its changes were last read; 0: none are.
     */
    trustHours: integer().notNull().default(6),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    unique("firms_slug").on(t.companyId, t.slug),
    check("firms_slug_shape", sql`${t.slug} ~ '^[a-z0-9][a-z0-9-]{0,62}$'`),
    check("firms_accent_shape", sql`${t.accent} ~ '^#[0-9a-f]{6}$'`),
    check("firms_part_whole", sql`(${t.partMinimumMinor} is null) = (${t.partCurrency} is null)`),
    check("firms_part_positive", sql`${t.partMinimumMinor} > 0`),
    check("firms_part_from", sql`${t.partFromInvoices} > 0`),
    check("firms_trust_hours", sql`${t.trustHours} between 0 and 72`),
  ],
);

/** A role on one firm, or on a company and so on all its firms. */
export const memberships = pgTable(
  "memberships",
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    companyId: uuid().references(() => companies.id),
    firmId: uuid().references(() => firms.id),
    role: text({ enum: ["owner", "staff", "viewer"] }).notNull(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    check("memberships_one_place", sql`(${t.companyId} is null) <> (${t.firmId} is null)`),
    uniqueIndex("memberships_company").on(t.userId, t.companyId).where(sql`${t.companyId} is not null`),
    uniqueIndex("memberships_firm").on(t.userId, t.firmId).where(sql`${t.firmId} is not null`),
    index("memberships_of_firm").on(t.firmId),
  ],
);

export const termsVersions = pgTable(
  "terms_versions",
  {
    id: id(),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    version: integer().notNull(),
    body: text().notNull(),
    /** SHA-256 of the body, hex: what the payer accepted can be proved later. */
    sha256: text().notNull(),
    publishedBy: uuid().references(() => users.id),
    publishedAt: at().notNull().defaultNow(),
  },
  (t) => [unique("terms_versions_number").on(t.firmId, t.version)],
);
