import { bigint, customType, timestamp, uuid } from "drizzle-orm/pg-core";

/** What every table writes the same way. Money is whole hundredths of its currency's unit (lib/core/money/money.ts); an instant has its zone. */
export const id = () => uuid().primaryKey().defaultRandom();
export const at = () => timestamp({ withTimezone: true, mode: "date", precision: 3 });
export const minor = () => bigint({ mode: "bigint" });
export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });
