import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
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
    /** Its contact persons with an address; at most five in Xero. */
    persons: jsonb().$type<{ email: string; isIncluded: boolean }[]>().notNull().default([]),
    status: text().notNull(),
    /** Whom a person merged it into: its documents are that contact's now. */
    mergedTo: text(),
    updatedAt: at().notNull(),
    seenAt: at().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.connectionId, t.contactId] }),
    index("contacts_by_email").on(t.connectionId, sql`lower(${t.email})`),
    index("contacts_by_name").on(t.connectionId, sql`lower(${t.name})`),
  ],
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

/** What credit notes, overpayments and prepayments have in common. */
const credit = () => ({
  ...owner(),
  creditId: text().notNull(),
  type: text().notNull(),
  /** Credit notes alone have one. */
  number: text(),
  reference: text(),
  contactId: text().notNull(),
  status: text().notNull(),
  currency: text().notNull(),
  totalMinor: minor().notNull(),
  remainingMinor: minor().notNull(),
  date: date({ mode: "string" }),
  /** What it was set against: [{ invoiceId, amountMinor }], the amount as text. */
  allocations: jsonb().$type<{ invoiceId: string; amountMinor: string }[]>().notNull(),
  updatedAt: at().notNull(),
  seenAt: at().notNull().defaultNow(),
});

export const creditNotes = pgTable("credit_notes", credit(), (t) => [
  primaryKey({ columns: [t.connectionId, t.creditId] }),
]);

export const overpayments = pgTable("overpayments", credit(), (t) => [
  primaryKey({ columns: [t.connectionId, t.creditId] }),
]);

export const prepayments = pgTable("prepayments", credit(), (t) => [
  primaryKey({ columns: [t.connectionId, t.creditId] }),
]);

/** Payments as Xero has them, ours and others', also those that were deleted there. */
export const xeroPayments = pgTable(
  "xero_payments",
  {
    ...owner(),
    paymentId: text().notNull(),
    type: text().notNull(),
    status: text().notNull(),
    /** Null for a payment that is not on an invoice: the refund of a credit. */
    invoiceId: text(),
    accountId: text(),
    batchPaymentId: text(),
    date: date({ mode: "string" }),
    currency: text().notNull(),
    amountMinor: minor().notNull(),
    reference: text(),
    isReconciled: boolean().notNull(),
    updatedAt: at().notNull(),
    seenAt: at().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.connectionId, t.paymentId] }),
    index("xero_payments_seen").on(t.connectionId, t.seenAt),
    index("xero_payments_of_reference")
      .on(t.connectionId, t.reference)
      .where(sql`${t.reference} is not null`),
    index("xero_payments_of_batch")
      .on(t.connectionId, t.batchPaymentId)
      .where(sql`${t.batchPaymentId} is not null`),
  ],
);

export const taxRates = pgTable(
  "tax_rates",
  {
    ...owner(),
    taxType: text().notNull(),
    name: text().notNull(),
    status: text().notNull(),
    /** Percent, as a decimal text. */
    percent: text().notNull(),
    /** Classes of accounts that Xero takes it with: "expenses", "revenue", …; none until it is read again. */
    appliesTo: text().array().notNull().default(sql`'{}'`),
    seenAt: at().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.taxType] })],
);

/** What the organisation buys and sells, as Xero's items; the codes are its own. */
export const items = pgTable(
  "items",
  {
    ...owner(),
    itemId: text().notNull(),
    code: text().notNull(),
    name: text(),
    isSold: boolean().notNull(),
    isPurchased: boolean().notNull(),
    /** With an inventory account: Xero counts what is in stock. */
    isTracked: boolean().notNull(),
    salesAccountCode: text(),
    salesTaxType: text(),
    seenAt: at().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.itemId] })],
);

/** What an organisation says of itself that may change from day to day. */
export const organisations = pgTable(
  "organisations",
  {
    ...owner(),
    /** The later of its lock dates: nothing dated up to that day can be written. */
    lockedUntil: date({ mode: "string" }),
    seenAt: at().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.connectionId] })],
);

/** At most four, of which two are active. */
export const trackingCategories = pgTable(
  "tracking_categories",
  {
    ...owner(),
    categoryId: text().notNull(),
    name: text().notNull(),
    status: text().notNull(),
    options: jsonb().$type<{ optionId: string; name: string; status: string }[]>().notNull(),
    seenAt: at().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.categoryId] })],
);

/** Currencies that the organisation is subscribed to. */
export const currencies = pgTable(
  "currencies",
  {
    ...owner(),
    code: text().notNull(),
    description: text(),
    seenAt: at().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.code] })],
);

export const brandingThemes = pgTable(
  "branding_themes",
  {
    ...owner(),
    themeId: text().notNull(),
    name: text().notNull(),
    sortOrder: integer(),
    seenAt: at().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.themeId] })],
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
    /** What its lines are taxed by when they name no tax; null until it is read again. */
    taxType: text(),
    systemAccount: text(),
    currency: text(),
    updatedAt: at().notNull(),
    seenAt: at().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.accountId] })],
);

export const SYNC_KINDS = [
  "accounts",
  "contacts",
  "invoices",
  "credit_notes",
  "overpayments",
  "prepayments",
  "payments",
  "tax_rates",
  "currencies",
  "branding_themes",
  "items",
  "tracking_categories",
  "organisation",
  "part_paid",
] as const;

/** How far each kind has been read. While `page` is set, the backfill is under way and resumes there. */
export const syncCursors = pgTable(
  "sync_cursors",
  {
    ...owner(),
    kind: text({ enum: SYNC_KINDS }).notNull(),
    page: integer(),
    pages: integer(),
    rows: integer().notNull().default(0),
    startedAt: at().notNull().defaultNow(),
    backfilledAt: at(),
    /** UpdatedDateUTC up to which all is read; null for kinds that are always read whole. */
    modifiedSince: at(),
    /** When the last reading that reached the end began. */
    syncedAt: at(),
    /** When somebody should read on: the kind's next turn, or, in a backfill, when it must have stopped. */
    dueAt: at().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.kind] }), index("sync_cursors_due").on(t.dueAt)],
);

/**
 * Things of Xero's that we know to be other than the mirror has them, or can't tell: until each has been read by its id, the
 * mirror says nothing of it.
 */
export const unreadRows = pgTable(
  "unread_rows",
  {
    ...owner(),
    kind: text({ enum: SYNC_KINDS }).notNull(),
    xeroId: text().notNull(),
    /** Xero rang and could not be asked; it left it out of an answer that asked for it; it sent what makes no sense. */
    why: text({ enum: ["rung", "left_out", "unreadable"] }).notNull(),
    /** Of what is unreadable: what is wrong with it. */
    reason: text(),
    since: at().notNull().defaultNow(),
    tries: integer().notNull().default(0),
    /** When it is asked for again by its id. */
    dueAt: at().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.kind, t.xeroId] }), index("unread_rows_due").on(t.dueAt)],
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
    events: jsonb(),
    /** The body of a delivery that was signed rightly and that we can't read, instead of its events. */
    unreadable: text(),
    firstSequence: bigint({ mode: "number" }),
    lastSequence: bigint({ mode: "number" }),
    receivedAt: at().notNull().defaultNow(),
    processedAt: at(),
  },
  (t) => [
    unique("webhook_inbox_body").on(t.appId, t.bodyHash),
    index("webhook_inbox_waiting").on(t.receivedAt).where(sql`${t.processedAt} is null`),
    check("webhook_inbox_readable", sql`(${t.events} is null) = (${t.unreadable} is not null)`),
  ],
);

/** Up to which of Xero's numbers deliveries came, for each app: a jump means that some were lost. */
export const webhookSequences = pgTable("webhook_sequences", {
  appId: uuid()
    .primaryKey()
    .references(() => xeroApps.id),
  /** Null after an intent to receive: numbering may begin anew. */
  reached: bigint({ mode: "number" }),
  gapAt: at(),
});
