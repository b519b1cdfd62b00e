import { sql } from "drizzle-orm";
import { boolean, index, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { at, id } from "./columns.ts";
import { firms } from "./firms.ts";
import { users } from "./people.ts";

/**
 * A firm's account with a card processor: one row for its live mode and one for its test mode, for each has objects of its
 * own. Keys sealed; a row stays when another account takes over, for the payments that it took, and may come back.
 */
export const processorAccounts = pgTable(
  "processor_accounts",
  {
    id: id(),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    kind: text({ enum: ["stripe"] }).notNull(),
    /** The processor's own id and name of the account, from the test call. */
    accountRef: text().notNull(),
    displayName: text().notNull(),
    livemode: boolean().notNull(),
    sealedSecretKey: text().notNull(),
    keyHint: text().notNull(),
    sealedWebhookSecret: text(),
    webhookEndpointRef: text(),
    webhookSeenAt: at(),
    /** Since when the processor does not take the key, and its words; both null while it does. */
    keyRefusedSince: at(),
    keyRefusal: text(),
    /** Whether the processor lets it take payments now; true in test mode, where no account need be activated. */
    chargesEnabled: boolean().notNull().default(true),
    /** Bank debits are offered beside cards, where the invoice's currency has one. */
    takesDebits: boolean().notNull().default(false),
    /** Of test mode: when an owner decided to take test payments in books that are real. */
    testAllowedAt: at(),
    setBy: uuid().references(() => users.id),
    setAt: at().notNull().defaultNow(),
    verifiedAt: at().notNull(),
    /** When another account took over; null for the one that takes new payments. */
    endedAt: at(),
  },
  (t) => [
    uniqueIndex("processor_accounts_current").on(t.firmId).where(sql`${t.endedAt} is null`),
    unique("processor_accounts_ref").on(t.firmId, t.accountRef, t.livemode),
  ],
);

/** The processor's events, stored before they are answered; the object is fetched again, the payload never trusted. */
export const processorEvents = pgTable(
  "processor_events",
  {
    id: id(),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    accountId: uuid()
      .notNull()
      .references(() => processorAccounts.id),
    eventRef: text().notNull(),
    type: text().notNull(),
    objectRef: text().notNull(),
    receivedAt: at().notNull().defaultNow(),
    processedAt: at(),
  },
  (t) => [
    unique("processor_events_ref").on(t.accountId, t.eventRef),
    index("processor_events_waiting").on(t.receivedAt).where(sql`${t.processedAt} is null`),
  ],
);
