/**
 * npm run restore -- FILE [--replace]: brings a file of "npm run backup" into the database of DATABASE_URL, all of it or
 * nothing, by PostgreSQL's own pg_restore. Refuses while somebody is connected to that database, and one that is not empty
 * unless told to replace what is in it. Says what follows.
 */
import { existsSync } from "node:fs";
import pg from "pg";
import { env } from "#lib/core/env.ts";
import { optionsOf } from "./options.ts";
import { runTool } from "./postgres/postgres-tools.ts";

const USAGE = "npm run restore -- FILE [--replace]";
const OWN_SCHEMAS = "nspname !~ '^pg_' and nspname <> 'information_schema'";
const WHAT_FOLLOWS = `Now, with the VAULT_KEYS of that time among VAULT_KEYS:
  1. npm run migrate            brings an older copy to this version
  2. npm run verify-timeline    tells whether each firm's timeline is whole
  3. Start the worker, then web. The worker looks up in Xero and Stripe what this copy does not know.
  4. Connections: where one asks for it, an owner presses Reconnect. Xero has replaced its token since the copy was made.
  5. npm run reconcile -- --firm company/firm    for each firm, until nothing disagrees
  6. npm run erase-payer        once more for each payer who was erased since the copy was made
More under "Backup and restore" in docs/operating.md.`;

const { values, positionals } = optionsOf(USAGE, {
  allowPositionals: true,
  options: { replace: { type: "boolean", default: false } },
});
try {
  const [file, ...more] = positionals;
  if (!file || more.length > 0) throw new Error(USAGE);
  if (!existsSync(file)) throw new Error(`There is no ${file}.`);
  const { DATABASE_URL: url, POSTGRES_BIN: bin } = env();
  // Before anything is deleted: it can be read.
  runTool("pg_restore", { args: ["--list", file], bin });
  const database = await withClient(url, (client) => makeRoom(client, values.replace));
  const whole = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"];
  runTool("pg_restore", { args: [...whole, `--dbname=${database}`, file], url, bin });
  // A copy comes without what the planner knows of it.
  await withClient(url, (client) => client.query("analyze"));
  console.log(`${file} is in the database ${database}.\n${WHAT_FOLLOWS}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: "counterfoil-restore" });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The database's name, once it is empty. */
async function makeRoom(client: pg.Client, replace: boolean): Promise<string> {
  const { rows } = await client.query<{ name: string; others: number; tables: number }>(`
    select current_database() as name,
      (select count(*)::int from pg_stat_activity where datname = current_database()
        and backend_type = 'client backend' and pid <> pg_backend_pid()) as others,
      (select count(*)::int from pg_class c join pg_namespace n on n.oid = relnamespace
        where relkind in ('r', 'p', 'v', 'm', 'S') and ${OWN_SCHEMAS}) as tables`);
  const [{ name, others, tables } = { name: "", others: 0, tables: 0 }] = rows;
  if (others > 0)
    throw new Error(`Somebody is connected to the database ${name} (${others}): stop web and worker first.`);
  if (tables > 0 && !replace)
    throw new Error(
      `The database ${name} is not empty. Restore into a new one, or say --replace: what is in it is deleted first.`,
    );
  if (tables > 0) await empty(client);
  return name;
}

async function empty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ drop: string }>(
    `select format('drop schema %I cascade', nspname) as drop from pg_namespace where ${OWN_SCHEMAS}`,
  );
  await client.query(
    ["begin", ...rows.map(({ drop }) => drop), "create schema public", "commit"].join(";\n"),
  );
}
