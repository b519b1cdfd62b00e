/** Builds the web process when something that goes into it has changed since the last build. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, globSync, readFileSync, writeFileSync } from "node:fs";

const STAMP = ".next/counterfoil-sources";
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

/** Makes .next/standalone, complete with its static files. Returns false when it was up to date. Throws with the build's words. */
export function build(): boolean {
  const now = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === now) return false;
  const next = spawnSync(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    encoding: "utf8",
    env: { ...process.env, NODE_ENV: "production" },
  });
  if (next.status !== 0) throw new Error(`next build failed:\n${next.stdout}\n${next.stderr}`);
  cpSync(".next/static", ".next/standalone/.next/static", { recursive: true });
  writeFileSync(STAMP, now);
  return true;
}

function fingerprint(): string {
  const hash = createHash("sha256").update(process.env.HSTS_INCLUDE_SUBDOMAINS ?? "");
  for (const file of [...globSync(SOURCES), ...ALSO].sort()) {
    if (/\.test\.tsx?$/.test(file)) continue;
    hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

if (import.meta.main) console.log(build() ? "Built: .next/standalone" : "Up to date: .next/standalone");
