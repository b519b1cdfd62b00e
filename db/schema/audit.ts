import { bigserial, index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { at } from "./columns.ts";
import { firms } from "./firms.ts";

/** Who did what, when. Append-only: a trigger in the first migration refuses UPDATE and DELETE. */
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
  },
  (t) => [index("audit_events_subject").on(t.subject, t.seq), index("audit_events_firm").on(t.firmId, t.seq)],
);
