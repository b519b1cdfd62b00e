/**
 * npm run backup [-- FILE]: the database of DATABASE_URL in one file, by PostgreSQL's own pg_dump, while the desk works on.
 * The file is for its owner's eyes alone, and has its name only once it is whole and pg_restore can read it.
 */
import { existsSync, renameSync, rmSync, statSync } from "node:fs";
import { env } from "#lib/core/env.ts";
import { optionsOf } from "./options.ts";
import { requireDesk } from "./postgres/desk-archive.ts";
import { runTool } from "./postgres/postgres-tools.ts";

const USAGE = "npm run backup [-- FILE]";

const { positionals } = optionsOf(USAGE, { allowPositionals: true });
const now = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
const [file = `counterfoil-${now}.dump`, ...more] = positionals;
const half = `${file}.part`;
process.umask(0o077);
try {
  if (file === "" || more.length > 0) throw new Error(USAGE);
  if (existsSync(file)) throw new Error(`${file} is there already: give another name.`);
  const { DATABASE_URL: url, POSTGRES_BIN: bin } = env();
  // What was left of one that was cut short may be open to others.
  rmSync(half, { force: true });
  runTool("pg_dump", { args: ["--format=custom", `--file=${half}`], url, bin });
  requireDesk(half, bin);
  renameSync(half, file);
  console.log(`${file}: ${(statSync(file).size / 1_048_576).toFixed(1)} MB.
VAULT_KEYS and SESSION_SECRET are not in it. Keep them elsewhere: without VAULT_KEYS nobody opens the tokens and keys in it.`);
} catch (error) {
  rmSync(half, { force: true });
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
