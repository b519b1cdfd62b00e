import "server-only";
import { readFileSync } from "node:fs";
import about from "../../package.json" with { type: "json" };

/** scripts/build.ts leaves it beside what it built, where a commit is known. */
const COMMIT_FILE = ".next/commit";

/** "0.1.0 (4f9d2c1)": package.json's version and, as far as the build knew it, the commit. */
export const VERSION = [about.version, commit()].filter(Boolean).join(" ");

function commit(): string {
  try {
    const known = readFileSync(COMMIT_FILE, "utf8").trim();
    return known && `(${known})`;
  } catch {
    return "";
  }
}
