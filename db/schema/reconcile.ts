import { sql } from "drizzle-orm";
import { index, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { at, id } from "./columns.ts";
import { firms } from "./firms.ts";
import { captures } from "./payments.ts";
import { processorAccounts } from "./processor.ts";
import { connections } from "./xero.ts";

/** Two records that disagree about one thing, for as long as they do. */
export const breaks = pgTable(
  "breaks",
  {
    id: id(),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    /** Of what the processor says it is not known before a payment is placed. */
    connectionId: uuid().references(() => connections.id),
    processorAccountId: uuid().references(() => processorAccounts.id),
    captureId: uuid().references(() => captures.id),
    kind: text({
      enum: [
        ...(["stripe_missing", "stripe_differs", "stripe_stray"] as const),
        ...(["xero_removed", "xero_differs", "xero_stray", "xero_twice"] as const),
      ],
    }).notNull(),
    /** The other side's id of the thing: Stripe's payment, or Xero's document. */
    subject: text().notNull(),
    /** Ours, by which Xero's document is found. */
    reference: text(),
    /** What is on record here, and what the other side says, each in a few words. */
    here: text().notNull(),
    there: text().notNull(),
    openedAt: at().notNull().defaultNow(),
    lastSeenAt: at().notNull().defaultNow(),
    /** When a person said that they have seen to it: it is asked of nobody any more, also while it lasts. */
    settledAt: at(),
    closedAt: at(),
  },
  (t) => [
    uniqueIndex("breaks_one_open").on(t.firmId, t.kind, t.subject).where(sql`${t.closedAt} is null`),
    index("breaks_of_capture").on(t.captureId),
  ],
);

/** Up to when the mirror of an organisation has been held against what was written to it. */
export const comparisons = pgTable("comparisons", {
  connectionId: uuid()
    .primaryKey()
    .references(() => connections.id),
  firmId: uuid()
    .notNull()
    .references(() => firms.id),
  reachedAt: at().notNull(),
});

export const SWEPT = ["payments", "refunds", "disputes"] as const;

/** How far each list of a processor account has been gone through. */
export const sweeps = pgTable(
  "sweeps",
  {
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    processorAccountId: uuid()
      .notNull()
      .references(() => processorAccounts.id),
    kind: text({ enum: SWEPT }).notNull(),
    span: text({ enum: ["recent", "all"] }).notNull(),
    /** When the turn that goes on now began, and since when it lists; null between turns. */
    beganAt: at(),
    since: at(),
    /** The last thing of the page before the next one. */
    after: text(),
    /** When the last turn that came to its end began. */
    reachedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.processorAccountId, t.kind, t.span] })],
);
