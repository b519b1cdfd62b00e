/** What "npm test -- --changed" looks at: all that differs from main, committed or not. */
import { execFileSync } from "node:child_process";

/** What no flow meets. */
const APART = /\.md$|\.test\.tsx?$|^(bench|chaos|deploy|docs|findings)\//;

/** `base`: the commit of main from which this branch departs. */
export type Changed = { base: string; flows: "all" | "those of changed files" | "none" };

/** Throws git's words where there is no main to compare with. */
export function changedSinceMain(): Changed {
  const base = git("merge-base", "main", "HEAD").trim();
  const files = [
    git("diff", "--name-only", "--no-renames", base),
    git("ls-files", "--others", "--exclude-standard"),
  ]
    .join("")
    .trim()
    .split("\n");
  return { base, flows: flowsFor(files) };
}

/** The flows that changed files, by their paths in the project, can touch. */
export function flowsFor(files: string[]): Changed["flows"] {
  const met = files.filter((file) => file !== "" && !APART.test(file));
  if (met.length === 0) return "none";
  return met.every((file) => file.startsWith("e2e/")) ? "those of changed files" : "all";
}

function git(...args: string[]): string {
  return execFileSync("git", args, { encoding: "utf8" });
}
