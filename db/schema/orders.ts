import { type AnyColumn, sql } from "drizzle-orm";
import {
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { apiKeys } from "./api-keys.ts";
import { at, id, minor } from "./columns.ts";
import { firms } from "./firms.ts";
import { users } from "./people.ts";
import { attachmentFiles } from "./posting.ts";
import { connections } from "./xero.ts";

const owner = () => ({
  firmId: uuid()
    .notNull()
    .references(() => firms.id),
  connectionId: uuid()
    .notNull()
    .references(() => connections.id),
});

/** The words of a buyer's name, as they are searched; the function is made in migration 0045. In SQL, of a row. */
export const buyerWords = (buyer: AnyColumn) => sql`buyer_words(${buyer})`;

/** A sale that another system has sent, by its source and number, once and for ever. */
export const orders = pgTable(
  "orders",
  {
    id: id(),
    ...owner(),
    /** The system that it comes from, as it calls itself. */
    source: text().notNull(),
    number: text().notNull(),
    /** The sender's count of changes, 1 and up; 0 when it sends none. */
    revision: integer().notNull(),
    date: date({ mode: "string" }).notNull(),
    currency: text().notNull(),
    totalMinor: minor().notNull(),
    /** Whom it is for, as staff read it. */
    buyer: text().notNull(),
    /** Why it can't be written yet, all of it; null once its documents are promised. */
    faults:
      jsonb().$type<
        {
          code: string;
          found: string;
          subject: string | null;
          pointer: string;
          detail: string;
          orderId?: string;
        }[]
      >(),
    /** When its documents were promised. */
    promisedAt: at(),
    cancelledAt: at(),
    receivedAt: at().notNull().defaultNow(),
    changedAt: at().notNull().defaultNow(),
  },
  (t) => [
    unique("orders_number").on(t.connectionId, t.source, t.number),
    index("orders_of_firm").on(t.firmId, t.receivedAt.desc().nullsFirst(), t.id),
    index("orders_of_source").on(t.firmId, t.source, t.receivedAt.desc().nullsFirst(), t.id),
    index("orders_of_connection").on(t.connectionId, t.receivedAt.desc().nullsFirst(), t.id),
    index("orders_cancelled")
      .on(t.firmId, t.receivedAt.desc().nullsFirst(), t.id)
      .where(sql`${t.cancelledAt} is not null`),
    index("orders_by_buyer").using("gin", buyerWords(t.buyer)),
    index("orders_held").on(t.connectionId, t.receivedAt).where(sql`${t.faults} is not null`),
    index("orders_by_number").on(t.firmId, t.number.op("text_pattern_ops")),
  ],
);

/** What was sent of an order, each revision as it came. */
export const orderRevisions = pgTable(
  "order_revisions",
  {
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    revision: integer().notNull(),
    /** SHA-256 of what it says, hex: the same in other words of JSON is the same. */
    contentHash: text().notNull(),
    content: jsonb().notNull(),
    /** Null for one that staff typed or uploaded. */
    apiKeyId: uuid().references(() => apiKeys.id),
    receivedAt: at().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.orderId, t.revision] })],
);

/** What an order becomes in Xero: each has one posting, of which it is the source. */
export const orderDocuments = pgTable(
  "order_documents",
  {
    id: id(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    ...owner(),
    kind: text({ enum: ["invoice", "purchase_order", "order_credit"] }).notNull(),
    /** The order's revision that it says. */
    revision: integer().notNull(),
    /** The sender's number of a refund; "" for what is none. */
    refundNumber: text().notNull().default(""),
    /** Of what a refund says, SHA-256, hex: the same sent again is the same. */
    contentHash: text(),
    currency: text().notNull(),
    totalMinor: minor().notNull(),
    /** Of a credit note: what it takes back of each line of the invoice, in hundredths as text, by the line's place. */
    parts: jsonb().$type<string[]>(),
    createdAt: at().notNull().defaultNow(),
    /** When its voiding or deletion was promised to Xero. */
    takenBackAt: at(),
  },
  (t) => [unique("order_documents_one").on(t.orderId, t.kind, t.revision, t.refundNumber)],
);

/** A person who buys and whom no contact was found for: the source of the posting that makes one, unless staff chose one. */
export const orderContacts = pgTable(
  "order_contacts",
  {
    id: id(),
    ...owner(),
    /** The e-mail address, or the name where there is none, in small letters. */
    key: text().notNull(),
    name: text().notNull(),
    email: text(),
    /** The contact that staff chose for this person. */
    contactId: text(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [unique("order_contacts_key").on(t.connectionId, t.key)],
);

/** A file that was sent with an order: it goes on its invoice, on each one that takes the place of another too. */
export const orderAttachments = pgTable(
  "order_attachments",
  {
    id: id(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    fileName: text().notNull(),
    /** SHA-256 of the file, hex. */
    contentHash: text().notNull(),
    bytes: integer().notNull(),
    /** Null once the desk has let its copy go: Xero has the file. */
    fileId: uuid()
      .unique("order_attachments_file")
      .references(() => attachmentFiles.id, { onDelete: "set null" }),
    receivedAt: at().notNull().defaultNow(),
  },
  (t) => [
    // Xero takes names that differ in case alone for one (xero-documents 11).
    uniqueIndex("order_attachments_name").on(t.orderId, sql`lower(${t.fileName})`),
    index("order_attachments_received").on(t.receivedAt).where(sql`${t.fileId} is not null`),
  ],
);

/** A file of orders that staff have brought, kept as it came until they have looked it over and sent it. */
export const orderUploads = pgTable(
  "order_uploads",
  {
    id: id(),
    ...owner(),
    source: text().notNull(),
    content: text().notNull(),
    uploadedAt: at().notNull().defaultNow(),
    uploadedBy: uuid()
      .notNull()
      .references(() => users.id),
  },
  (t) => [index("order_uploads_at").on(t.uploadedAt)],
);
