import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("no client part binds an action while it renders: one post without JavaScript would spin the server for ever", () => {
  const parts = globSync("app/**/*.tsx").map((file) => ({ file, text: readFileSync(file, "utf8") }));
  expect(parts.length).toBeGreaterThan(10);
  const binding = parts.filter(({ text }) => text.includes('"use client"') && text.includes(".bind(null"));
  expect(binding.map(({ file }) => file)).toEqual([]);
});
