import { globSync } from "node:fs";
import { expect, test } from "vitest";

/** As vitest.config.ts has them: a test file in another place would never run, and nobody would be told. */
const PLACES = /\.it\.test\.ts$|^simulator\/|^(app|chaos|components|lib|scripts)\//;
const NOT_OURS = ["node_modules", ".next", ".data"];

test("each test file is in a place where tests run", () => {
  const files = globSync("**/*.test.{ts,tsx}", { exclude: (name) => NOT_OURS.includes(name) });
  expect(files.length).toBeGreaterThan(150);
  expect(files.filter((file) => !PLACES.test(file))).toEqual([]);
});
