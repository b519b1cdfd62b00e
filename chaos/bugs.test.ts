import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BUGS } from "./bugs.ts";

test.each(BUGS)("can still be planted, and its test is there: $name", ({ file, find, caughtBy }) => {
  expect(readFileSync(file, "utf8").split(find)).toHaveLength(2);
  expect(existsSync(caughtBy.file)).toBe(true);
});
