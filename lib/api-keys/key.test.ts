import { expect, test } from "vitest";
import { bearerOf, newKey, prefixOf } from "./key.ts";

test("a key tells its prefix and nothing else of what is kept of it", () => {
  const { key, prefix, keyHash, lastFour } = newKey();
  expect(prefixOf(key)).toBe(prefix);
  expect(key.endsWith(lastFour)).toBe(true);
  expect(keyHash).toMatch(/^[0-9a-f]{64}$/);
  expect(newKey().key).not.toBe(key);
});

test.each([
  "",
  "cfk_",
  "cfk_abcdefgh",
  "cfk_abcdefgh_short",
  `cfk_ABCDEFGH_${"x".repeat(43)}`,
  `sk_${"x".repeat(60)}`,
])("%s is no key", (presented) => expect(prefixOf(presented)).toBeNull());

test.each([
  ["Bearer cfk_x", "cfk_x"],
  ["bearer  cfk_x ", "cfk_x"],
  ["Basic cfk_x", null],
  ["Bearer", null],
  ["Bearer a b", null],
  ["cfk_x", null],
  [null, null],
])("of the header %s the key is %s", (header, key) => expect(bearerOf(header)).toBe(key));
