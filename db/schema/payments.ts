import { sql } from "drizzle-orm";
import { check, index, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { checkouts } from "./checkout.ts";
import { at, id, minor } from "./columns.ts";
import { firms, termsVersions } from "./firms.ts";
import { users } from "./people.ts";
import { processorAccounts } from "./processor.ts";
import { connections } from "./xero.ts";

/** One try at paying a checkout: one session at the processor. Its id is the processor's idempotency key. */
export const attempts = pgTable(
  "attempts",
  {
    id: id(),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    connectionId: uuid()
      .notNull()
      .references(() => connections.id),
    checkoutId: uuid()
      .notNull()
      .references(() => checkouts.id),
    processorAccountId: uuid()
      .notNull()
      .references(() => processorAccounts.id),
    /**
     * creating: asked, no answer kept yet · open: the payer can pay · submitted: a bank debit that days will confirm or
     * fail · captured · closed: can never be paid.
     */
    state: text({ enum: ["creating", "open", "submitted", "captured", "closed"] })
      .notNull()
      .default("creating"),
    sessionRef: text(),
    sessionUrl: text(),
    currency: text().notNull(),
    amountMinor: minor().notNull(),
    createdAt: at().notNull().defaultNow(),
    /** When its session ends, as the processor was told; whoever gives it up asks there first. */
    expiresAt: at().notNull(),
    lastPolledAt: at(),
    /** When a bank debit was submitted. */
    submittedAt: at(),
    closedReason: text(),
    /** Who pays and what they accepted, as they said it for this attempt: never changed. What a rebuilt one lacks is null. */
    payerName: text(),
    payerEmail: text(),
    termsVersionId: uuid().references(() => termsVersions.id),
    termsAcceptedAt: at(),
    ip: text(),
    userAgent: text(),
  },
  (t) => [
    uniqueIndex("attempts_session")
      .on(t.processorAccountId, t.sessionRef)
      .where(sql`${t.sessionRef} is not null`),
    uniqueIndex("attempts_live").on(t.checkoutId).where(sql`${t.state} in ('creating', 'open', 'submitted')`),
    index("attempts_of_checkout").on(t.checkoutId),
    index("attempts_unfinished").on(t.expiresAt).where(sql`${t.state} in ('creating', 'open', 'submitted')`),
    check("attempts_terms", sql`(${t.termsVersionId} is null) = (${t.termsAcceptedAt} is null)`),
    check("attempts_amount_positive", sql`${t.amountMinor} > 0`),
  ],
);

/** A promise that nobody else pays this invoice while an attempt at it is in flight. */
export const holds = pgTable(
  "holds",
  {
    id: id(),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    connectionId: uuid()
      .notNull()
      .references(() => connections.id),
    invoiceId: text().notNull(),
    /** As the payer saw it: the receipt says it again. */
    invoiceNumber: text().notNull(),
    attemptId: uuid()
      .notNull()
      .references(() => attempts.id),
    amountMinor: minor().notNull(),
    state: text({ enum: ["open", "captured", "released"] })
      .notNull()
      .default("open"),
    createdAt: at().notNull().defaultNow(),
    endedAt: at(),
  },
  (t) => [
    uniqueIndex("holds_one_open").on(t.connectionId, t.invoiceId).where(sql`${t.state} = 'open'`),
    index("holds_of_attempt").on(t.attemptId),
    check("holds_amount_positive", sql`${t.amountMinor} > 0`),
  ],
);

/** Money that arrived. Once for each object at the processor, whoever reports it and how often. */
export const captures = pgTable(
  "captures",
  {
    id: id(),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    connectionId: uuid()
      .notNull()
      .references(() => connections.id),
    attemptId: uuid()
      .notNull()
      .references(() => attempts.id),
    processorAccountId: uuid()
      .notNull()
      .references(() => processorAccounts.id),
    /** The processor's payment object (Stripe: pi_…). */
    objectRef: text().notNull(),
    currency: text().notNull(),
    amountMinor: minor().notNull(),
    /** "Visa ending 4242": never more of a card than this. */
    method: text(),
    capturedAt: at().notNull(),
    recordedAt: at().notNull().defaultNow(),
    /** Set when the money differs from what was held: kept, posted nowhere, shown to staff. */
    problem: text(),
    receiptSentAt: at(),
  },
  (t) => [
    unique("captures_object").on(t.processorAccountId, t.objectRef),
    unique("captures_attempt").on(t.attemptId),
    index("captures_of_firm").on(t.firmId, t.capturedAt),
    check("captures_amount_positive", sql`${t.amountMinor} > 0`),
  ],
);

export const allocations = pgTable(
  "allocations",
  {
    id: id(),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    captureId: uuid()
      .notNull()
      .references(() => captures.id),
    invoiceId: text().notNull(),
    invoiceNumber: text().notNull(),
    amountMinor: minor().notNull(),
  },
  (t) => [
    unique("allocations_invoice").on(t.captureId, t.invoiceId),
    check("allocations_amount_positive", sql`${t.amountMinor} > 0`),
  ],
);

/**
 * A part of a capture that its invoice no longer took: since then another invoice's, as its allocation says, or no
 * invoice's: an overpayment, if it has a posting, else in no books. Whoever makes one holds the capture's row.
 */
export const surpluses = pgTable(
  "surpluses",
  {
    id: id(),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    captureId: uuid()
      .notNull()
      .references(() => captures.id),
    fromInvoiceId: text().notNull(),
    fromNumber: text().notNull(),
    /** Both null: no invoice. */
    toInvoiceId: text(),
    toNumber: text(),
    amountMinor: minor().notNull(),
    /** Null: by the firm's policy. */
    decidedBy: uuid().references(() => users.id),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    index("surpluses_of_capture").on(t.captureId),
    check("surpluses_amount_positive", sql`${t.amountMinor} > 0`),
    check("surpluses_to", sql`(${t.toInvoiceId} is null) = (${t.toNumber} is null)`),
  ],
);
