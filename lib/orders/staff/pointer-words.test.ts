import { expect, test } from "vitest";
import { pointerInWords } from "./pointer-words.ts";

test.each([
  ["#", "the order"],
  ["#/number", "number"],
  ["#/lines", "lines"],
  ["#/lines/1/kind", "line 2, kind"],
  ["#/lines/0/tracking/1", "line 1, tracking option 2"],
  ["#/payments/2/tender", "payment 3, tender"],
  ["#/buyer/externalId", "buyer, your own id"],
])("where a fault is, %s, is told as people count", (pointer, words) => {
  expect(pointerInWords(pointer)).toBe(words);
});
