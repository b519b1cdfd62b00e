import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { prepared } from "#lib/core/prepared.ts";
import { testDb } from "#lib/testing/database.ts";
import { openLinkInSteps } from "#lib/testing/links/link-in-steps.ts";
import { questionsAbout } from "#lib/testing/links/link-questions.ts";
import { makeWorld } from "#lib/testing/links/link-worlds.ts";
import { type OpenedLink, openLink } from "./open-link.ts";

const SEEDS = [1, 2, 3, 4, 5, 6];
const QUESTIONS = 400;

testDb();
let client: pg.Client;
let db: Db;

beforeAll(async () => {
  client = new pg.Client({ connectionString: env().DATABASE_URL });
  await client.connect();
  db = drizzle({ client, casing: "snake_case" });
});
afterAll(() => client.end());

const left = prepared("left", (db) =>
  db
    .select({
      tries: sql`(select json_agg(json_build_array(firm_id, caller, question, right_at is null) order by firm_id, caller, question)
        from link_tries where now()::timestamptz(3) in (at, right_at))`,
      news: sql`(select json_agg(connection_id order by connection_id) from sync_cursors
        where due_at = now()::timestamptz(3))`,
    })
    .from(sql`(select 1) one`),
);

/** What it answers and what it leaves in the tables, which are then as they were. */
async function undone(answer: () => Promise<OpenedLink>) {
  await client.query("begin");
  const opened = await answer();
  const leaves = await left(db, {});
  await client.query("rollback");
  return { opened, leaves };
}

/** What a link can show, each of which is to be seen. */
const EACH_KIND = [
  ...["cant_open", "not_now", "not_set_up", "paid", "open"],
  ...["line null", "line held", "line debit", "line on_its_way", "line other_currency", "line unpayable"],
  ...["several lines", "contact's name", "addresses for a code", "no address for a code"],
  ...["link said another amount", "test money"],
];

function kindsOf(opened: OpenedLink): string[] {
  if (opened.kind !== "open") return [opened.kind];
  return [
    opened.kind,
    ...opened.lines.map(({ why }) => `line ${why}`),
    ...(opened.lines.length > 1 ? ["several lines"] : []),
    ...(opened.contactName ? ["contact's name"] : []),
    ...(opened.codes?.length ? ["addresses for a code"] : []),
    ...(opened.codes?.length === 0 ? ["no address for a code"] : []),
    ...(opened.linkSaidMinor !== null ? ["link said another amount"] : []),
    ...(opened.isTest ? ["test money"] : []),
  ];
}

test("a link shows the same, read in one statement or query by query, whatever is there and whoever asks", async () => {
  const seen = new Map<string, number>();
  for (const seed of SEEDS) {
    const world = await makeWorld(db, seed);
    for (const [at, question] of questionsAbout(world, seed, QUESTIONS).entries()) {
      const expected = await undone(() => openLinkInSteps(db, question));
      const found = await undone(() => openLink(db, question));
      expect(found, `seed ${seed}, question ${at}: ${JSON.stringify(question)}`).toEqual(expected);
      for (const kind of kindsOf(found.opened)) seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }
  }
  expect(EACH_KIND.filter((kind) => (seen.get(kind) ?? 0) < 10)).toEqual([]);
});
