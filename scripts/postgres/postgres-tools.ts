/** PostgreSQL's own pg_dump and pg_restore, run on the database of an address. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import pg from "pg";

/** The address's words that node-postgres and PostgreSQL's programs both know. */
const FOR_LIBPQ = {
  sslmode: "PGSSLMODE",
  sslrootcert: "PGSSLROOTCERT",
  sslcert: "PGSSLCERT",
  sslkey: "PGSSLKEY",
};

type Run = {
  args: string[];
  /** The database; none for what looks at a file alone. */
  url?: string;
  /** The folder of the programs; otherwise those on the PATH. */
  bin: string | null;
};

/** Runs it to its end and returns what it printed. Throws in words when it is not there or fails. */
export function runTool(tool: "pg_dump" | "pg_restore", { args, url, bin }: Run): string {
  const { error, status, signal, stdout, stderr } = spawnSync(bin ? path.join(bin, tool) : tool, args, {
    encoding: "utf8",
    env: { ...process.env, ...(url ? addressFor(url) : {}) },
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  if (error && "code" in error && error.code === "ENOENT") throw new Error(missing(tool, bin));
  if (error) throw error;
  if (signal)
    throw new Error(`${stderr.trim()}\n${tool} was ended by ${signal}: the file may be damaged.`.trim());
  if (status !== 0) throw new Error(`${stderr.trim()}${hint(stderr)}`);
  return stdout;
}

/** In the environment, for a command line is everybody's to read. */
function addressFor(url: string): Record<string, string> {
  const { host, port, user, password, database } = new pg.Client({ connectionString: url });
  const given = new URL(url).searchParams;
  const more = Object.entries(FOR_LIBPQ).flatMap(([word, name]) => {
    const value = given.get(word);
    return value ? [[name, value === "no-verify" ? "require" : value]] : [];
  });
  return {
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user ?? "",
    PGPASSWORD: password ?? "",
    PGDATABASE: database ?? "",
    ...Object.fromEntries(more),
  };
}

function missing(tool: string, bin: string | null): string {
  return bin
    ? `There is no ${tool} in ${bin}: POSTGRES_BIN names the folder of PostgreSQL's programs.`
    : `There is no ${tool} on the PATH. Install PostgreSQL's client programs (Debian: postgresql-client), or name their folder in POSTGRES_BIN.`;
}

function hint(said: string): string {
  if (said.includes("server version mismatch"))
    return "\npg_dump must not be older than the server: name the folder of newer programs in POSTGRES_BIN.";
  return said.includes("unsupported version")
    ? "\npg_restore must not be older than the pg_dump that wrote the file: name the folder of newer programs in POSTGRES_BIN."
    : "";
}
