import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
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

/** Money that goes back. Never more of a capture than arrived: whoever makes one holds the capture's row. */
export const refunds = pgTable(
  "refunds",
  {
    id: id(),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    captureId: uuid()
      .notNull()
      .references(() => captures.id),
    processorAccountId: uuid()
      .notNull()
      .references(() => processorAccounts.id),
    /** asked: by staff here, the processor's answer is not kept yet · pending: on its way · succeeded · failed: it came back. */
    state: text({ enum: ["asked", "pending", "succeeded", "failed"] })
      .notNull()
      .default("asked"),
    /** The processor's refund object (Stripe: re_…). */
    objectRef: text(),
    currency: text().notNull(),
    amountMinor: minor().notNull(),
    /** Why, in the words of whoever asked for it; null for one that was made at the processor. */
    note: text(),
    requestedBy: uuid().references(() => users.id),
    /** It gives back what was more than owed when it arrived. */
    ofSurplus: boolean().notNull().default(false),
    createdAt: at().notNull().defaultNow(),
    lastPolledAt: at(),
    settledAt: at(),
    /** When it was decided what Xero must be told of it. */
    toldAt: at(),
    /** Of one that failed after that: when Xero had forgotten it. */
    undoneAt: at(),
  },
  (t) => [
    index("refunds_to_undo")
      .on(t.settledAt)
      .where(sql`${t.state} = 'failed' and ${t.toldAt} is not null and ${t.undoneAt} is null`),
    index("refunds_untold").on(t.settledAt).where(sql`${t.state} = 'succeeded' and ${t.toldAt} is null`),
    uniqueIndex("refunds_object")
      .on(t.processorAccountId, t.objectRef)
      .where(sql`${t.objectRef} is not null`),
    index("refunds_of_capture").on(t.captureId),
    index("refunds_unsettled").on(t.createdAt).where(sql`${t.state} in ('asked', 'pending')`),
    check("refunds_amount_positive", sql`${t.amountMinor} > 0`),
    check("refunds_object_known", sql`${t.state} in ('asked', 'failed') or ${t.objectRef} is not null`),
  ],
);

/** A refund's share of each invoice. */
export const refundLines = pgTable(
  "refund_lines",
  {
    id: id(),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    refundId: uuid()
      .notNull()
      .references(() => refunds.id),
    invoiceId: text().notNull(),
    amountMinor: minor().notNull(),
  },
  (t) => [
    unique("refund_lines_invoice").on(t.refundId, t.invoiceId),
    check("refund_lines_amount_positive", sql`${t.amountMinor} > 0`),
  ],
);

/** A payer's bank takes a payment back, for a while or for good. */
export const disputes = pgTable(
  "disputes",
  {
    id: id(),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    captureId: uuid()
      .notNull()
      .references(() => captures.id),
    processorAccountId: uuid()
      .notNull()
      .references(() => processorAccounts.id),
    /** The processor's object (Stripe: dp_…). */
    objectRef: text().notNull(),
    /** See `DisputeStage` of the processor's types; what each means is in lib/payments/dispute-rules.ts. */
    state: text({
      enum: [
        "inquiry",
        "inquiry_answered",
        "inquiry_closed",
        "open",
        "answered",
        "appeal",
        "appeal_answered",
        "won_unpaid",
        "won",
        "lost",
        "prevented",
      ],
    }).notNull(),
    currency: text().notNull(),
    amountMinor: minor().notNull(),
    /** What the processor has taken by it and not given back. */
    withdrawnMinor: minor().notNull(),
    /** How much of that the books have: what is off in Xero by it, or promised to be. */
    toldMinor: minor().notNull().default(sql`0`),
    /** How often its state or its money has changed. */
    changes: integer().notNull().default(0),
    /** When the processor was asked for the newest answer that is kept: an older one is no news. */
    askedAt: at().notNull(),
    /** The bank's, in the processor's word: "fraudulent". */
    reason: text().notNull(),
    /** Until when evidence is taken. */
    dueBy: at(),
    openedAt: at().notNull(),
    /** Of one that is decided. */
    closedAt: at(),
  },
  (t) => [
    index("disputes_untold").on(t.closedAt).where(sql`${t.toldMinor} <> ${t.withdrawnMinor}`),
    unique("disputes_object").on(t.processorAccountId, t.objectRef),
    index("disputes_of_capture").on(t.captureId),
    index("disputes_undecided").on(t.firmId, t.dueBy).where(sql`${t.closedAt} is null`),
    check("disputes_amount_positive", sql`${t.amountMinor} > 0`),
    check("disputes_money", sql`${t.withdrawnMinor} >= 0 and ${t.toldMinor} >= 0`),
  ],
);

/** One step by which Xero follows a dispute's money. The postings that take it have this row as their source. */
export const disputeMoves = pgTable(
  "dispute_moves",
  {
    id: id(),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    disputeId: uuid()
      .notNull()
      .references(() => disputes.id),
    captureId: uuid()
      .notNull()
      .references(() => captures.id),
    /** Taken off; less than nothing for what is written again. */
    amountMinor: minor().notNull(),
    /** Of that, what is an overpayment's; the rest is in the lines, but for what was never in the books. */
    overMinor: minor().notNull().default(sql`0`),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    index("dispute_moves_of_dispute").on(t.disputeId),
    index("dispute_moves_of_capture").on(t.captureId),
    check("dispute_moves_amount", sql`${t.amountMinor} <> 0`),
  ],
);

/** What a step takes of each invoice, with its sign. */
export const disputeLines = pgTable(
  "dispute_lines",
  {
    moveId: uuid()
      .notNull()
      .references(() => disputeMoves.id, { onDelete: "cascade" }),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    invoiceId: text().notNull(),
    amountMinor: minor().notNull(),
  },
  (t) => [
    unique("dispute_lines_invoice").on(t.moveId, t.invoiceId),
    check("dispute_lines_amount", sql`${t.amountMinor} <> 0`),
  ],
);
