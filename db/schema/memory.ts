import { sql } from "drizzle-orm";
import { check, integer, pgTable, text } from "drizzle-orm/pg-core";
import { at } from "./columns.ts";

/** One row: by it a worker sees that the database is older than the world, restored from a backup or long asleep. */
export const memory = pgTable(
  "memory",
  {
    id: integer().primaryKey().default(1),
    /** Which database this is: PostgreSQL's own marks, which change when it is restored. */
    mark: text().notNull(),
    /** A worker was here; written every minute. */
    aliveAt: at().notNull().defaultNow(),
    /** Of the last gap: what is older may have gone on without this database knowing. */
    gapAt: at(),
  },
  (t) => [check("memory_one_row", sql`${t.id} = 1`)],
);
