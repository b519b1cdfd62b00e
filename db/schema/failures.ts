import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { at } from "./columns.ts";

/** Work on one thing that failed the last time: how often in a row, why, and when it is tried next. Gone once it succeeds. */
export const failures = pgTable(
  "failures",
  {
    /** What was done to it, in the word of the room that does it. */
    kind: text().notNull(),
    /** Its id. */
    item: text().notNull(),
    tries: integer().notNull().default(1),
    /** In plain words, for a person. */
    reason: text().notNull(),
    firstAt: at().notNull().defaultNow(),
    lastAt: at().notNull().defaultNow(),
    nextAt: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.item] })],
);
