import { rmSync } from "node:fs";
import path from "node:path";
import { build } from "../../scripts/build.ts";
import { LOOKED } from "./arrive.ts";

/** The tests run against the production build; made anew only when something in it has changed. */
export default function globalSetup(): void {
  if (!process.env.E2E_BASE_URL) build();
  rmSync(LOOKED, { recursive: true, force: true });
  // Workers are started after this: what a process of one's stack has compiled, those of the next stacks have.
  process.env.NODE_COMPILE_CACHE = path.resolve(".data/compiled");
}
