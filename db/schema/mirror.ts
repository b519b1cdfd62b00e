import { sql } from "drizzle-orm";
import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { at, id, minor } from "./columns.ts";
import { firms } from "./firms.ts";
import { connections, xeroApps } from "./xero.ts";

const owner = () => ({
  firmId: uuid()
    .notNull()
    .references(() => firms.id),
  connectionId: uuid()
    .notNull()
    .references(() => connections.id),
});

export const contacts = pgTable(
  "contacts",
  {
    ...owner(),
    contactId: text().notNull(),
    name: text().notNull(),
    email: text(),
    status: text().notNull(),
    updatedAt: at().notNull(),
    seenAt: at().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.contactId] })],
);

export const invoices = pgTable(
  "invoices",
  {
    ...owner(),
    invoiceId: text().notNull(),
    type: text().notNull(),
    /** As Xero has it, any characters. */
    number: text(),
    contactId: text().notNull(),
    status: text().notNull(),
    currency: text().notNull(),
    totalMinor: minor().notNull(),
    dueMinor: minor().notNull(),
    /** Every AmountDue that we ever saw here, newest last: an old link's amount is one of them. */
    duesSeen: minor().array().notNull(),
    date: date({ mode: "string" }),
    dueDate: date({ mode: "string" }),
    fullyPaidOn: date({ mode: "string" }),
    reference: text(),
    /** PaymentIDs that Xero lists on it (a batch's payments included). */
    paymentIds: text().array().notNull().default(sql`'{}'`),
    /** Xero's UpdatedDateUTC: an older reading never replaces a newer one. */
    updatedAt: at().notNull(),
    seenAt: at().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.connectionId, t.invoiceId] }),
    index("invoices_by_number").on(t.connectionId, t.number.op("text_pattern_ops")),
    index("invoices_outstanding")
      .on(t.connectionId, t.contactId)
      .where(sql`${t.type} = 'ACCREC' and ${t.status} = 'AUTHORISED'`),
  ],
);

export const accounts = pgTable(
  "accounts",
  {
    ...owner(),
    accountId: text().notNull(),
    /** Bank accounts may have none. */
    code: text(),
    name: text().notNull(),
    type: text().notNull(),
    status: text().notNull(),
    enablePayments: boolean().notNull(),
    systemAccount: text(),
    currency: text(),
    updatedAt: at().notNull(),
    seenAt: at().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.accountId] })],
);

/** How far each kind has been read. While `page` is set, the backfill is under way and resumes there. */
export const syncCursors = pgTable(
  "sync_cursors",
  {
    ...owner(),
    kind: text({ enum: ["invoices", "contacts", "accounts"] }).notNull(),
    page: integer(),
    pages: integer(),
    rows: integer().notNull().default(0),
    startedAt: at().notNull().defaultNow(),
    backfilledAt: at(),
    /** UpdatedDateUTC up to which all is read. */
    modifiedSince: at(),
    syncedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.kind] })],
);

/** Xero's deliveries, stored before they are answered. A doorbell: facts are re-read by id. */
export const webhookInbox = pgTable(
  "webhook_inbox",
  {
    id: id(),
    appId: uuid()
      .notNull()
      .references(() => xeroApps.id),
    /** SHA-256 of the raw body: the same delivery twice is one row. */
    bodyHash: text().notNull(),
    events: jsonb().notNull(),
    firstSequence: integer().notNull(),
    lastSequence: integer().notNull(),
    receivedAt: at().notNull().defaultNow(),
    processedAt: at(),
  },
  (t) => [
    unique("webhook_inbox_body").on(t.appId, t.bodyHash),
    index("webhook_inbox_waiting").on(t.receivedAt).where(sql`${t.processedAt} is null`),
  ],
);
