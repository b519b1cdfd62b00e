/** A copy of the product's sources with a few pages more, and one production build that holds them all. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { complete } from "../scripts/build.ts";

const FOLDERS = ["app", "components", "db", "lib", "scripts", "simulator"];
const FILES = [
  "instrumentation.ts",
  "next.config.ts",
  "package.json",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
  "web.ts",
  "worker.ts",
];
/** Pages to compare with, /bench/<name>; they must reach the product by `#` imports alone. */
const PAGES = ["before", "empty", "fixed", "live"];
/** The same for routes, /api/bench/<name>: beside the product's own, where no page policy is made. */
const ROUTES = ["empty"];

/**
 * Makes the tree anew below `project` and builds it; packages are the project's own, found by looking upwards. A
 * process started in the tree finds `.next/standalone/server.js`, as in the project. Throws with the build's words.
 */
export function buildTree(project: string, tree: string): void {
  // What Turbopack remembers of the last build stays; nothing else does.
  for (const name of [...FOLDERS, ...FILES, ".next/standalone"])
    rmSync(path.join(tree, name), { recursive: true, force: true });
  mkdirSync(tree, { recursive: true });
  const isSource = (file: string) => !/\.test\.tsx?$/.test(file);
  for (const name of [...FOLDERS, ...FILES]) {
    cpSync(path.join(project, name), path.join(tree, name), { recursive: true, filter: isSource });
  }
  for (const page of PAGES) {
    cpSync(path.join(project, `bench/pages/${page}.tsx`), path.join(tree, `app/bench/${page}/page.tsx`));
  }
  for (const route of ROUTES) {
    const file = path.join(tree, `app/api/bench/${route}/route.ts`);
    cpSync(path.join(project, `bench/pages/${route}-route.ts`), file);
  }

  const next = spawnSync(process.execPath, [path.join(project, "node_modules/next/dist/bin/next"), "build"], {
    cwd: tree,
    encoding: "utf8",
    env: { ...process.env, NODE_ENV: "production" },
  });
  if (next.status !== 0) throw new Error(`next build failed:\n${next.stdout}\n${next.stderr}`);

  const standalone = path.join(tree, ".next/standalone");
  const inside = path.join(standalone, path.relative(project, tree));
  complete(path.join(tree, ".next"), inside);
  symlinkSync(path.join(inside, "server.js"), path.join(standalone, "server.js"));
  writeFileSync(path.join(tree, "next-build.log"), next.stdout);
}
