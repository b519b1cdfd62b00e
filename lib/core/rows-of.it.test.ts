import { asc, sql } from "drizzle-orm";
import { bigint, boolean, date, integer, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import { rowsOf } from "./rows-of.ts";

const db = testDb();

const things = pgTable("things", {
  nth: integer().notNull(),
  minor: bigint({ mode: "bigint" }),
  minors: bigint({ mode: "bigint" }).array(),
  at: timestamp({ withTimezone: true, mode: "date", precision: 3 }),
  day: date({ mode: "string" }),
  note: text(),
  isSo: boolean(),
  body: jsonb(),
});

test("rows come as they do from a query of their own, to the last digit and in its order; several queries in one", async () => {
  await db().execute(sql`create table things (nth int not null, minor bigint, minors bigint[], at timestamptz(3), day date,
    note text, is_so boolean, body jsonb)`);
  const filled = { note: '"é\\\n', isSo: false, body: { list: ["1", null] }, day: "2026-11-30" };
  await db()
    .insert(things)
    .values([
      {
        nth: 2,
        minor: 9_007_199_254_740_993n,
        minors: [-9_007_199_254_740_993n, 0n],
        at: new Date(1),
        ...filled,
      },
      { nth: 3 },
      { nth: 1, minor: -1n, minors: [], at: new Date("2026-11-30T00:00:00.123Z"), isSo: true, body: [] },
    ]);
  const query = () => db().select().from(things).orderBy(asc(things.nth));
  const all = db().$with("all_of_them").as(query());
  const none = db()
    .$with("none")
    .as(
      db()
        .select({ double: sql<number>`nth * 2`.as("double") })
        .from(things)
        .where(sql`false`),
    );
  const [row] = await db()
    .with(all, none)
    .select({ all: rowsOf(all), none: rowsOf(none) })
    .from(sql`(select 1) one`);
  expect(row).toEqual({ all: await query(), none: [] });
});
