import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  date,
  index,
  jsonb,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { at, id, minor } from "./columns.ts";
import { firms } from "./firms.ts";
import { captures } from "./payments.ts";
import { processorAccounts } from "./processor.ts";
import { disputes, refunds } from "./refunds-and-disputes.ts";
import { connections } from "./xero.ts";

/** Where an organisation's payouts are written. */
export const payoutSettings = pgTable("payout_settings", {
  connectionId: uuid()
    .primaryKey()
    .references(() => connections.id),
  firmId: uuid()
    .notNull()
    .references(() => firms.id),
  bankAccountId: text().notNull(),
  bankAccountName: text().notNull(),
  /** Lines of bank transactions name their account by its code. */
  feeAccountCode: text().notNull(),
  feeAccountName: text().notNull(),
  feeTaxType: text().notNull(),
  /** Of fees on which the processor charges tax; null: as the others. */
  taxedFeeTaxType: text(),
  feesPer: text({ enum: ["payout", "payment"] }).notNull(),
  /** What arrives before this day is the bookkeeper's. */
  startsOn: date({ mode: "string" }).notNull(),
  setAt: at().notNull().defaultNow(),
});

/** Money on its way between the processor and the bank. */
export const payouts = pgTable(
  "payouts",
  {
    id: id(),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    processorAccountId: uuid()
      .notNull()
      .references(() => processorAccounts.id),
    /** The processor's object (Stripe: po_…). */
    objectRef: text().notNull(),
    /** Whose books it belongs to; null until that is known. */
    connectionId: uuid().references(() => connections.id),
    /** moving: not at the bank yet · paid: arrived · failed: it came back, perhaps after it was paid. */
    state: text({ enum: ["moving", "paid", "failed"] }).notNull(),
    /** Of any other, the processor can't say what is in it. */
    isAutomatic: boolean().notNull(),
    currency: text().notNull(),
    /** To the bank; negative for money that the processor takes from there. */
    amountMinor: minor().notNull(),
    madeAt: at().notNull(),
    arrivesOn: date({ mode: "string" }).notNull(),
    /** When all that is in it was on file, and added up. */
    listedAt: at(),
    /** written: promised to Xero · fees_only: it failed before, so only its fees were · left: not ours to write, or a person did. */
    told: text({ enum: ["written", "fees_only", "left"] }),
    /** When a payout that came back after it was written was taken back in Xero too. */
    undoneAt: at(),
    /** Why it waits for a person. */
    problem: text(),
    /** Since when it is set aside: the clearing check takes it as right (lib/payouts/clearing/clearing-mark-rules.ts). */
    settledAt: at(),
    lastReadAt: at().notNull().defaultNow(),
  },
  (t) => [
    unique("payouts_object").on(t.processorAccountId, t.objectRef),
    index("payouts_of_firm").on(t.firmId, t.arrivesOn),
    index("payouts_untold").on(t.processorAccountId).where(sql`${t.told} is null`),
  ],
);

type Links = Record<"paymentRef" | "kind" | "captureId" | "refundId" | "disputeId", AnyPgColumn>;

/** Of an entry: the processor names a payment, and nothing here is known to be what it is about. */
export const isLoose = (t: Links) =>
  sql`${t.paymentRef} is not null and (${t.captureId} is null or (${t.kind} = 'refund' and ${t.refundId} is null) or (${t.kind} = 'dispute' and ${t.disputeId} is null))`;

/** What a payout is made of: gross less fee is net, in the payout's currency, out of the balance negative. */
export const payoutEntries = pgTable(
  "payout_entries",
  {
    id: id(),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    processorAccountId: uuid()
      .notNull()
      .references(() => processorAccounts.id),
    payoutId: uuid()
      .notNull()
      .references(() => payouts.id),
    /** The processor's line (Stripe: txn_…): in one payout, once. */
    objectRef: text().notNull(),
    kind: text({
      enum: ["charge", "refund", "dispute", "fee", "tax", "payout_back", "reserve", "adjustment"],
    }).notNull(),
    /** What it is about, in the processor's name. */
    sourceRef: text(),
    /** The payment that it belongs to, in the processor's name (Stripe: pi_…), also one that is not known here. */
    paymentRef: text(),
    captureId: uuid().references(() => captures.id),
    refundId: uuid().references(() => refunds.id),
    disputeId: uuid().references(() => disputes.id),
    grossMinor: minor().notNull(),
    feeMinor: minor().notNull(),
    /** So much of the fee carries tax, that tax included. */
    taxedFeeMinor: minor().notNull().default(sql`0`),
    madeAt: at().notNull(),
  },
  (t) => [
    unique("payout_entries_object").on(t.processorAccountId, t.objectRef),
    index("payout_entries_of_payout").on(t.payoutId),
    index("payout_entries_of_capture").on(t.captureId),
    index("payout_entries_loose").on(t.madeAt).where(isLoose(t)),
    check(
      "payout_entries_known",
      sql`${t.captureId} is not null or (${t.refundId} is null and ${t.disputeId} is null)`,
    ),
  ],
);

/** What the last look into a clearing account came to. */
export const clearingChecks = pgTable("clearing_checks", {
  connectionId: uuid()
    .primaryKey()
    .references(() => connections.id),
  firmId: uuid()
    .notNull()
    .references(() => firms.id),
  checkedAt: at().notNull().defaultNow(),
  /** A ClearingReport (lib/payouts/clearing/clearing-report.ts); money as text. */
  report: jsonb().notNull(),
});

/** From where the next look into a clearing account reads on. */
export const clearingMarks = pgTable("clearing_marks", {
  connectionId: uuid()
    .primaryKey()
    .references(() => connections.id),
  firmId: uuid()
    .notNull()
    .references(() => firms.id),
  /** It is of this account and this first day; of others all is read. */
  accountId: text().notNull(),
  startsOn: date({ mode: "string" }).notNull(),
  /** What is dated before this day is not asked of Xero again. */
  since: date({ mode: "string" }).notNull(),
  /** What of that is dated before the first day, in one sum. */
  beforeMinor: minor().notNull(),
  /** The rest of that, but for what is of payouts that are set aside: the entries of Carried (lib/payouts/clearing/clearing-mark-rules.ts); money as text. */
  carried: jsonb().notNull(),
  /** When the desk's own records were read. */
  readAt: at().notNull(),
  /** When all was last read. */
  wholeAt: at().notNull(),
});
