import { sql } from "drizzle-orm";
import { bigint, bigserial, index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at } from "./columns.ts";
import { firms } from "./firms.ts";

/**
 * Who did what, when. A trigger refuses every change but one: that the address or the facts of a line are erased, by their
 * salt and with the hash by which the chain knows them in their place (migration 0024).
 */
export const auditEvents = pgTable(
  "audit_events",
  {
    seq: bigserial({ mode: "bigint" }).primaryKey(),
    firmId: uuid().references(() => firms.id),
    /** "user:<id>", "payer", "worker", "xero", "stripe". */
    actor: text().notNull(),
    action: text().notNull(),
    /** The thing it happened to, e.g. "capture:<id>". */
    subject: text().notNull(),
    detail: jsonb().notNull(),
    ip: text(),
    at: at().notNull().defaultNow(),
    /** Hashed in front of each, so that nobody finds what was erased by trying; null in lines of before there were salts. */
    detailSalt: text().default(sql`gen_random_uuid()::text`),
    ipSalt: text().default(sql`gen_random_uuid()::text`),
    /** SHA-256, hexadecimal, of what was erased and its salt. */
    detailDigest: text(),
    ipDigest: text(),
  },
  (t) => [index("audit_events_subject").on(t.subject, t.seq), index("audit_events_firm").on(t.firmId, t.seq)],
);

/**
 * The order of the lines, one chain a firm and one for what belongs to none (the nil id). Each link's hash covers its line
 * and the link before, so that no line is changed, left out or put in between unseen. A trigger writes it when a
 * transaction commits; like the timeline it only grows.
 */
export const auditLinks = pgTable(
  "audit_links",
  {
    chain: uuid().notNull(),
    position: bigint({ mode: "bigint" }).notNull(),
    seq: bigint({ mode: "bigint" })
      .notNull()
      .unique()
      .references(() => auditEvents.seq),
    /** SHA-256, hexadecimal. */
    hash: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.chain, t.position] })],
);

/** The last link of each chain. */
export const auditHeads = pgTable("audit_heads", {
  chain: uuid().primaryKey(),
  position: bigint({ mode: "bigint" }).notNull(),
  hash: text().notNull(),
});
