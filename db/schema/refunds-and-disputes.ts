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
import { at, id, minor } from "./columns.ts";
import { firms } from "./firms.ts";
import { captures } from "./payments.ts";
import { users } from "./people.ts";
import { processorAccounts } from "./processor.ts";

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
