import { expect, test } from "vitest";
import { amountTyped } from "./amount-typed.ts";

test.each([
  ["1400.04", 140_004n],
  ["1,400.04", 140_004n],
  ["A$1,400.04", 140_004n],
  ["AUD 1400", 140_000n],
  [" 1 400.5 ", 140_050n],
  ["0.01", 1n],
])("%s finds payments of that amount", (typed, minor) => {
  expect(amountTyped(typed, "AUD")).toBe(minor);
});

test.each(["EUR 40", "INV-2009", "CF-2345ABCDEF", "1,40.04", "1.2345", "-5", "", "12.345", "US$40", "£40"])(
  "%s is no amount of dollars",
  (typed) => {
    expect(amountTyped(typed, "AUD")).toBeNull();
  },
);

test.each([
  ["1400", "JPY", 140_000n],
  ["1400.5", "JPY", null],
  ["1.230", "KWD", 123n],
  ["1.234", "KWD", null],
  ["50000", "MGA", 5_000_000n],
  ["50000.50", "MGA", null],
  ["99.99", "PKR", 9_999n],
])("%s of %s is %s: only what can be charged is taken", (typed, currency, minor) => {
  expect(amountTyped(typed, currency)).toBe(minor);
});
