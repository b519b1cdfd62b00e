import { index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { at, id } from "./columns.ts";
import { firms } from "./firms.ts";
import { connections } from "./xero.ts";

/** What another system calls a record, and what Xero calls it, in one organisation of the firm. */
export const recordLinks = pgTable(
  "record_links",
  {
    id: id(),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    connectionId: uuid()
      .notNull()
      .references(() => connections.id),
    system: text().notNull(),
    kind: text({
      enum: ["contact", "invoice", "credit_note", "payment", "account", "tax_rate", "item"],
    }).notNull(),
    theirId: text().notNull(),
    xeroId: text().notNull(),
    /** When the mirror was seen to hold it; null where the mirror keeps no records of this kind. */
    checkedAt: at(),
    importedAt: at().notNull().defaultNow(),
  },
  (t) => [
    unique("record_links_their_record").on(t.firmId, t.system, t.kind, t.theirId),
    index("record_links_xero_record").on(t.connectionId, t.kind, t.xeroId),
  ],
);
