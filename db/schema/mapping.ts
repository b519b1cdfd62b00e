import { boolean, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { at, id } from "./columns.ts";
import { firms } from "./firms.ts";
import { users } from "./people.ts";
import { connections } from "./xero.ts";

const owner = () => ({
  firmId: uuid()
    .notNull()
    .references(() => firms.id),
  connectionId: uuid()
    .notNull()
    .references(() => connections.id),
});

/** How an organisation's orders become documents; there is a row once a person has saved it, and no order is written before. */
export const orderSettings = pgTable("order_settings", {
  connectionId: uuid()
    .primaryKey()
    .references(() => connections.id),
  firmId: uuid()
    .notNull()
    .references(() => firms.id),
  /** tracked: a purchase order beside the invoice. */
  process: text({ enum: ["untracked", "tracked"] }).notNull(),
  invoiceStatus: text({ enum: ["AUTHORISED", "DRAFT"] }).notNull(),
  /** order: the prefix and the order's number, so that Xero itself refuses a second one; xero: its next number. */
  numbering: text({ enum: ["order", "xero"] }).notNull(),
  numberPrefix: text().notNull(),
  /** Days from an order's date to its invoice's due date, where the order names none. */
  dueDays: integer().notNull(),
  /** Whether Xero e-mails each approved invoice to its contact. */
  emailInvoices: boolean().notNull().default(false),
  /** What becomes of an order dated in a locked period. */
  onLocked: text({ enum: ["hold", "next_open_day"] }).notNull(),
  onCancel: text({ enum: ["void", "credit"] }).notNull(),
  /** What lines of a kind go to that has no account of its own. */
  onUnmapped: text({ enum: ["fallback", "hold"] }).notNull(),
  salesAccountCode: text().notNull(),
  /** Null: the account's own. */
  salesTaxType: text(),
  /** Of purchase orders. */
  costAccountCode: text(),
  inventoryAccountCode: text(),
  /** Where cents go by which an order's total differs from its lines. */
  roundingAccountCode: text(),
  /** ContactID of who buys when nobody is named. */
  cashContactId: text(),
  /** ContactID of whom a tracked order's goods are bought from when it names nobody. */
  supplierContactId: text(),
  savedAt: at().notNull().defaultNow(),
  savedBy: uuid()
    .notNull()
    .references(() => users.id),
});

/** What other systems call the things on their orders, and where each goes; made when the first order names it. */
export const itemKinds = pgTable(
  "item_kinds",
  {
    id: id(),
    ...owner(),
    name: text().notNull(),
    /** Null: as the organisation's settings say. */
    accountCode: text(),
    /** Null: as the settings say, or the account's own where the kind has one. */
    taxType: text(),
    /** Of purchase orders; null as the settings say. */
    costAccountCode: text(),
    itemCode: text(),
    /** One or two options, of one category each, by Xero's ids. */
    tracking: jsonb().$type<{ categoryId: string; optionId: string }[]>().notNull().default([]),
    firstSeenAt: at().notNull().defaultNow(),
    mappedAt: at(),
  },
  (t) => [unique("item_kinds_name").on(t.connectionId, t.name)],
);

/** What a till calls the ways to pay, and the account that each is paid into. */
export const tenders = pgTable(
  "tenders",
  {
    id: id(),
    ...owner(),
    name: text().notNull(),
    accountId: text(),
    firstSeenAt: at().notNull().defaultNow(),
    mappedAt: at(),
  },
  (t) => [unique("tenders_name").on(t.connectionId, t.name)],
);
