/** Builds the web process when something that goes into it has changed since the last build. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

const STAMP = ".next/counterfoil-sources";
/** For web, which runs in .next/standalone, and for the worker and scripts, which run here. */
const COMMIT_FILES = [".next/commit", ".next/standalone/.next/commit"];
const SOURCES = "{app,components,lib,db}/**/*.{ts,tsx,css,json,sql,ttf}";
const ALSO = [
  "proxy.ts",
  "instrumentation.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];
/** Settings that a build takes in. */
const BUILT_IN = ["HSTS_INCLUDE_SUBDOMAINS", "COMPRESS"];

/** Makes .next/standalone, complete with its static files. Returns false when it was up to date. Throws with the build's words. */
export function build(): boolean {
  const isNew = buildWeb();
  for (const file of COMMIT_FILES) writeFileSync(file, commit());
  return isNew;
}

function buildWeb(): boolean {
  const now = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === now) return false;
  const next = spawnSync(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    encoding: "utf8",
    env: { ...process.env, NODE_ENV: "production" },
  });
  if (next.status !== 0) throw new Error(`next build failed:\n${next.stdout}\n${next.stderr}`);
  complete(".next", ".next/standalone");
  writeFileSync(STAMP, now);
  return true;
}

/** As COMMIT says, or git; empty where neither knows. */
function commit(): string {
  if (process.env.COMMIT) return process.env.COMMIT;
  const { stdout } = spawnSync("git", ["describe", "--always", "--dirty", "--exclude=*"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return stdout?.trim() ?? "";
}

/**
 * Puts beside a built server what Next leaves to whoever runs it: the static files, and the stylesheet's name for the pages
 * that we draw ourselves. Throws unless there is one stylesheet.
 */
export function complete(built: string, standalone: string): void {
  cpSync(path.join(built, "static"), path.join(standalone, ".next/static"), { recursive: true });
  const sheets = globSync("**/*.css", { cwd: path.join(built, "static") });
  const [sheet] = sheets;
  if (!sheet || sheets.length > 1)
    throw new Error(`One stylesheet was expected: ${sheets.join(", ") || "none"}`);
  writeFileSync(path.join(standalone, ".next/stylesheet"), `/_next/static/${sheet}`);
}

function fingerprint(): string {
  const hash = createHash("sha256");
  for (const name of BUILT_IN) hash.update(`${name}=${process.env[name] ?? ""}\0`);
  for (const file of [...globSync(SOURCES), ...ALSO].sort()) {
    // A route's folder may be named like a file: openapi.json.
    if (/\.test\.tsx?$/.test(file) || !statSync(file).isFile()) continue;
    hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

if (import.meta.main) console.log(build() ? "Built: .next/standalone" : "Up to date: .next/standalone");
