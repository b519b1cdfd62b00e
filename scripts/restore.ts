/**
 * npm run restore -- FILE [--replace]: brings a file of "npm run backup" into the database of DATABASE_URL, all of it or
 * nothing, by PostgreSQL's own pg_restore. Refuses while somebody is connected to that database, and one that is not empty
 * unless told to replace what is in it; what was there is deleted only once the copy is in its place. Says what follows.
 */
import { existsSync } from "node:fs";
import pg from "pg";
import { env } from "#lib/core/env.ts";
import { optionsOf } from "./options.ts";
import { readToItsEnd, requireDesk } from "./postgres/desk-archive.ts";
import { runTool } from "./postgres/postgres-tools.ts";

const USAGE = "npm run restore -- FILE [--replace]";
const OWN_SCHEMAS = "nspname !~ '^pg_' and nspname <> 'information_schema'";
/** What a schema that is being replaced is called until its copy is there. */
const ASIDE = "_before_restore";
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
  requireDesk(file, bin);
  readToItsEnd(file, bin);
  const database = await withClient(url, (client) => makeRoom(client, values.replace));
  const whole = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"];
  try {
    runTool("pg_restore", { args: [...whole, `--dbname=${database}`, file], url, bin });
  } catch (error) {
    await withClient(url, putBack);
    const why = error instanceof Error ? error.message : error;
    throw new Error(
      `${why}\nThe copy was not brought in. What was in the database ${database} is there as before.`,
    );
  }
  await withClient(url, async (client) => {
    await each(
      client,
      `format('drop schema %I cascade', nspname)`,
      `${OWN_SCHEMAS} and nspname like '%${ASIDE}'`,
    );
    // A copy comes without what the planner knows of it.
    await client.query("analyze");
  });
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

/** The database's name, once there is room in it. What an earlier restore that was cut short has put aside comes back first. */
async function makeRoom(client: pg.Client, replace: boolean): Promise<string> {
  const { rows } = await client.query<{ name: string; others: number }>(`
    select current_database() as name,
      (select count(*)::int from pg_stat_activity where datname = current_database()
        and backend_type = 'client backend' and pid <> pg_backend_pid()) as others`);
  const [{ name, others } = { name: "", others: 0 }] = rows;
  if (others > 0)
    throw new Error(`Somebody is connected to the database ${name} (${others}): stop web and worker first.`);
  await putBack(client);
  const found = await client.query(`select 1 from pg_class c join pg_namespace n on n.oid = relnamespace
    where relkind in ('r', 'p', 'v', 'm', 'S') and ${OWN_SCHEMAS} limit 1`);
  if (found.rowCount === 0) return name;
  if (!replace)
    throw new Error(
      `The database ${name} is not empty. Restore into a new one, or say --replace: what is in it is deleted.`,
    );
  await each(client, `format('alter schema %I rename to %I', nspname, nspname || '${ASIDE}')`, OWN_SCHEMAS, [
    "create schema public",
  ]);
  return name;
}

/** Gives the schemas that were put aside their names again, in the place of what has those now. */
async function putBack(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(`select 1 from pg_namespace where nspname like '%${ASIDE}'`);
  if (!rowCount) return;
  await each(
    client,
    `format('drop schema %I cascade', nspname)`,
    `${OWN_SCHEMAS} and nspname not like '%${ASIDE}'`,
  );
  await each(
    client,
    `format('alter schema %I rename to %I', nspname, left(nspname, -${ASIDE.length}))`,
    `nspname like '%${ASIDE}'`,
  );
}

/** Runs a statement for each schema of these, and then more of them, all or none. */
async function each(client: pg.Client, statement: string, which: string, more: string[] = []): Promise<void> {
  const { rows } = await client.query<{ text: string }>(
    `select ${statement} as text from pg_namespace where ${which}`,
  );
  await client.query(["begin", ...rows.map(({ text }) => text), ...more, "commit"].join(";\n"));
}
