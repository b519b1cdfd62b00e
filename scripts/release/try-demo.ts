/**
 * For a build server: the demo from nothing, as a newcomer would start it, in a copy of this checkout that lies in a private
 * folder with a blank in its name. Started, killed outright, started again, ended by Ctrl-C; a pay page must answer each
 * time and nothing may be left. Ends with 1 and the demo's words otherwise.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { throwAway } from "../stack/leftovers.ts";

/** From nothing, with the packages to fetch and the pages to build; and when all is there. */
const FIRST_MS = 15 * 60_000;
const NEXT_MS = 3 * 60_000;
const END_MS = 60_000;
const MADE = new Set([".git", ".data", ".next", "node_modules", "test-results", "playwright-report"]);

const above = mkdtempSync(path.join(tmpdir(), "counterfoil-demo-"));
const copy = path.join(above, "pay desk");
cpSync(".", copy, { recursive: true, filter: (from) => !MADE.has(path.normalize(from)) });
try {
  const killed = await startDemo(FIRST_MS);
  signal(killed.npm, "SIGKILL");
  await once(killed.npm, "exit");

  const { npm, webUrl } = await startDemo(NEXT_MS);
  signal(npm, "SIGINT");
  await within(END_MS, "Ctrl-C did not end the demo", once(npm, "exit"));
  if (await fetch(webUrl).catch(() => null)) throw new Error(`After Ctrl-C ${webUrl} still answers`);
  console.log("The demo starts in a private folder with a blank in its name, twice");
} finally {
  await throwAway(path.join(copy, ".data", "demo"));
  await throwAway(above);
}

/** Resolves once the pay page that the demo names shows its invoice. */
async function startDemo(limit: number): Promise<{ npm: ChildProcess; webUrl: string }> {
  const npm = spawn("npm", ["run", "demo"], {
    cwd: copy,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const told = new Promise<string>((ready, failed) => {
    for (const stream of [npm.stdout, npm.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        said += chunk;
        const link = /Ctrl-C stops it/.test(said) && /Pay, firm harbour\s+(\S+)/.exec(said)?.[1];
        if (link) ready(link);
      });
    }
    npm.once("exit", () => failed(new Error(`The demo ended by itself:\n${said}`)));
  });
  try {
    const link = await within(limit, "The demo did not start in time", told);
    const page = await fetch(link);
    if (page.status !== 200 || !(await page.text()).includes("INV-3001"))
      throw new Error(`${link} answered ${page.status} without its invoice`);
    return { npm, webUrl: new URL(link).origin };
  } catch (error) {
    signal(npm, "SIGKILL");
    throw new Error(`${error instanceof Error ? error.message : error}\n${said}`);
  }
}

/** To npm and what it runs, as a terminal would; the demo's own processes are in groups of their own. */
function signal({ pid }: ChildProcess, name: "SIGINT" | "SIGKILL"): void {
  if (pid !== undefined) process.kill(-pid, name);
}

async function within<T>(milliseconds: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, failed) => {
    timer = setTimeout(() => failed(new Error(`${what} (${milliseconds / 1_000} s)`)), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
