import { bigint, integer, pgTable, varchar } from "drizzle-orm/pg-core";

/** How often each limiter's key was used in its window: the shape that rate-limiter-flexible writes. */
export const rateLimits = pgTable("rate_limits", {
  key: varchar({ length: 255 }).primaryKey(),
  points: integer().notNull().default(0),
  /** Milliseconds since 1970 when the count starts anew. */
  expire: bigint({ mode: "bigint" }),
});
