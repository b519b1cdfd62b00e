/**
 * Test only: what tests start as processes of their own, each bundled into one file before the tests begin: loading a
 * thousand modules takes longer than most of these processes live.
 */
import { mkdirSync, mkdtempSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const PROGRAMS = [
  "lib/testing/crashes/crash-child.ts",
  "lib/testing/crashes/crash-points.ts",
  "lib/testing/crashes/custody.child.ts",
  "lib/xero/budget/flood.child.ts",
  "lib/xero/tokens/refresh.child.ts",
  "simulator/main.ts",
] as const;
export type Program = (typeof PROGRAMS)[number];

/** Bundles all of them into a new folder inside `parent`, and answers it. Inside the project, or they find no package. */
export async function bundlePrograms(parent: string): Promise<string> {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(path.join(path.resolve(parent), "programs-"));
  await build({
    entryPoints: [...PROGRAMS],
    ...{ outdir: folder, outbase: ".", outExtension: { ".js": ".mjs" } },
    ...{ bundle: true, splitting: true, format: "esm", platform: "node", conditions: ["react-server"] },
    // One copy, which crash-points.ts watches.
    external: ["pg"],
    // Bundled CommonJS asks for Node's own modules by require.
    banner: {
      js: `import{createRequire}from"node:module";const require=createRequire(import.meta.filename);`,
    },
  });
  return folder;
}
