import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { QUEUE_SCHEMA } from "#lib/core/queue/queue-schema.ts";
import { QUEUES } from "#lib/jobs/queues.ts";
import { migrateDatabase } from "./migrate.ts";

/** A desk that has taken money under an older schema, and is brought to this one. */
const LAST_OLD = 18;
const NAME = "upgraded";
const WHEN = "2026-11-01T10:00:00Z";
const FIRM = "10000000-0000-4000-8000-000000000000";
const admin = () => inject("adminUrl");
const ACCOUNT = "20000000-0000-4000-8000-000000000000";
let client: pg.Client;

beforeAll(async () => {
  await asAdmin(`create database ${NAME}`);
  client = new pg.Client({ connectionString: admin().replace(/\/postgres$/, `/${NAME}`) });
  await client.connect();
  const folder = mkdtempSync(path.join(tmpdir(), "counterfoil-upgrade-"));
  cpSync(path.resolve("db/migrations"), folder, { recursive: true });
  const journal = path.join(folder, "meta", "_journal.json");
  const said = JSON.parse(readFileSync(journal, "utf8")) as { entries: { idx: number }[] };
  said.entries = said.entries.filter(({ idx }) => idx <= LAST_OLD);
  writeFileSync(journal, JSON.stringify(said));
  await migrate(drizzle({ client }), { migrationsFolder: folder });
  rmSync(folder, { recursive: true });
  // Whose rows these are is not what is upgraded here.
  await client.query("set session_replication_role = replica");
  await insert("firms", { id: FIRM, slug: "old" });
  await insert("processor_accounts", { id: ACCOUNT, firm_id: FIRM });
});
afterAll(async () => {
  await client.end();
  await asAdmin(`drop database ${NAME} with (force)`);
});

async function asAdmin(statement: string): Promise<void> {
  const outside = new pg.Client({ connectionString: admin() });
  await outside.connect();
  await outside.query(statement).finally(() => outside.end());
}

let count = 0;
const ANY: Record<string, () => unknown> = {
  uuid: randomUUID,
  text: () => `x${count++}`,
  bigint: () => "1",
  integer: () => 1,
  boolean: () => false,
  jsonb: () => "{}",
  date: () => "2026-11-01",
  "timestamp with time zone": () => WHEN,
};

/** What a row must have besides is anything of its type. */
async function insert(table: string, row: Record<string, unknown>): Promise<void> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select column_name as name, data_type as type from information_schema.columns
     where table_name = $1 and table_schema = 'public' and is_nullable = 'NO' and column_default is null`,
    [table],
  );
  const whole = { ...Object.fromEntries(rows.map(({ name, type }) => [name, ANY[type]?.()])), ...row };
  const names = Object.keys(whole);
  await client.query(
    `insert into ${table} (${names.map((one) => `"${one}"`).join()}) values (${names.map((_, at) => `$${at + 1}`).join()})`,
    Object.values(whole),
  );
}

const idOf = (at: number, kind: number) => `${kind}0000000-0000-4000-8000-00000000000${at}`;

/** By the minor units of before, and in hundredths. Three decimals were never charged finer than a hundredth. */
const MONEY = [
  ["AUD", "10000", "10000"],
  ["JPY", "5000", "500000"],
  ["ISK", "120", "12000"],
  ["KWD", "4120", "412"],
  ["MGA", "1000", "10000"],
] as const;

test("payments, refunds, postings and lost disputes of an older desk say the same money afterwards", async () => {
  for (const [at, [currency, minor]] of MONEY.entries()) {
    const ours = { firm_id: FIRM, processor_account_id: ACCOUNT, currency };
    const capture = idOf(at, 1);
    await insert("attempts", { ...ours, id: idOf(at, 2), amount_minor: minor, state: "captured" });
    await insert("captures", { ...ours, id: capture, attempt_id: idOf(at, 2), amount_minor: minor });
    await insert("allocations", { firm_id: FIRM, capture_id: capture, invoice_id: "i", amount_minor: minor });
    await insert("refunds", { ...ours, id: idOf(at, 3), capture_id: capture, amount_minor: minor });
    await insert("refund_lines", { firm_id: FIRM, refund_id: idOf(at, 3), amount_minor: minor });
    await insert("postings", {
      ...{ firm_id: FIRM, currency, id: idOf(at, 4), source_id: capture, kind: "payment" },
      ...{ reference: `CF-${at}`, state: "done", xero_id: `p${at}`, done_at: WHEN },
    });
    await insert("posting_lines", { firm_id: FIRM, posting_id: idOf(at, 4), amount_minor: minor });
    await insert("disputes", {
      ...{ ...ours, id: idOf(at, 5), capture_id: capture, amount_minor: minor },
      ...{ state: "lost", closed_at: WHEN, told_at: WHEN },
    });
  }
  await migrateDatabase(admin().replace(/\/postgres$/, `/${NAME}`), QUEUES, QUEUE_SCHEMA);

  const amounts = async (query: string) =>
    (await client.query<{ currency: string; minor: string }>(query)).rows
      .map(({ currency, minor }) => [currency, minor])
      .toSorted();
  const wanted = MONEY.map(([currency, , hundredths]) => [currency, hundredths]).toSorted();
  const of = (table: string, via: string) =>
    amounts(`select p.currency, l.amount_minor as minor from ${table} l join ${via}`);
  expect(await amounts("select currency, amount_minor as minor from attempts")).toEqual(wanted);
  expect(await amounts("select currency, amount_minor as minor from captures")).toEqual(wanted);
  expect(await amounts("select currency, amount_minor as minor from refunds")).toEqual(wanted);
  expect(await of("allocations", "captures p on p.id = l.capture_id")).toEqual(wanted);
  expect(await of("refund_lines", "refunds p on p.id = l.refund_id")).toEqual(wanted);
  expect(await of("posting_lines", "postings p on p.id = l.posting_id")).toEqual(wanted);
  // The books are without what was lost, and will be told of nothing once more.
  expect(await amounts("select currency, told_minor as minor from disputes")).toEqual(wanted);
  expect(await amounts("select currency, withdrawn_minor as minor from disputes")).toEqual(wanted);
  expect(await of("dispute_moves", "captures p on p.id = l.capture_id")).toEqual(wanted);
  expect(
    await of("dispute_lines", "dispute_moves m on m.id = l.move_id join captures p on p.id = m.capture_id"),
  ).toEqual(wanted);
});
