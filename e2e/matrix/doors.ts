/** Every way in that the source has, read from its files: pages, route handlers by method, server actions. */
import { globSync, readFileSync } from "node:fs";

/** "GET /firms/[company]/[firm]/payments"; "ANY" of a way in that takes all methods. */
export type RouteKey = string;
/** "app/sign-in/actions.ts sendSignIn" */
export type ActionKey = string;

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

export function routesInSource(): RouteKey[] {
  return globSync("app/**/{page,route}.{ts,tsx}")
    .flatMap((file) => {
      const path = pathOf(file);
      if (/\/page\.tsx?$/.test(file)) return [`GET ${path}`];
      // A call of the API answers every method by one way in.
      if (/^export const \{.*\} = serve\(/m.test(readFileSync(file, "utf8"))) return [`ANY ${path}`];
      const methods = exportsOf(file).filter((name) => METHODS.includes(name));
      return methods.length > 0 ? methods.map((method) => `${method} ${path}`) : [`no method found: ${file}`];
    })
    .sort();
}

export function actionsInSource(): ActionKey[] {
  return globSync("{app,components,lib}/**/*.{ts,tsx}")
    .filter((file) => /^\s*["']use server["']/m.test(readFileSync(file, "utf8")))
    .flatMap((file) => {
      const names = exportsOf(file);
      const isWhole = /^["']use server["']/.test(readFileSync(file, "utf8"));
      return isWhole && names.length > 0
        ? names.map((name) => `${file} ${name}`)
        : [`an action inside a function, which nothing can list: ${file}`];
    })
    .sort();
}

export type BuiltAction = { id: string; pages: string[] };

/** What the build serves: by action, its id and the pages that take its posts. */
export function actionsInBuild(): Map<ActionKey, BuiltAction> {
  type Manifest = {
    node: Record<string, { workers: Record<string, unknown>; filename: string; exportedName: string }>;
  };
  const { node }: Manifest = JSON.parse(readFileSync(".next/server/server-reference-manifest.json", "utf8"));
  return new Map(
    Object.entries(node).map(([id, { workers, filename, exportedName }]) => [
      `${filename} ${exportedName}`,
      { id, pages: Object.keys(workers).map((worker) => pathOf(worker)) },
    ]),
  );
}

/** "app/(desk)/firms/page.tsx" is /firms. */
function pathOf(file: string): string {
  const folders = file.split("/").slice(1, -1);
  return `/${folders.filter((folder) => !/^\(.*\)$/.test(folder)).join("/")}`;
}

function exportsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const direct = [
    ...text.matchAll(/^export (?:async )?(?:function|const|let|class) (\w+)|^export (default)\b/gm),
  ].map(([, name, whole]) => name ?? whole ?? "");
  const listed = [...text.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, names = ""]) =>
    names.split(",").map(
      (name) =>
        name
          .trim()
          .split(/\s+as\s+/)
          .at(-1) ?? "",
    ),
  );
  return [...direct, ...listed].filter(Boolean);
}
