import * as currencies from "dinero.js/bigint/currencies";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exponentOf, formatFigure, fromDecimal, isCurrency, shares, sumOf, toDecimal } from "./money.ts";

const codes = Object.values(currencies).map((currency) => currency.code);
const currency = fc.constantFrom(...codes);

test("every currency has its own number of decimals, from none to four", () => {
  expect(["JPY", "AUD", "KWD", "CLF"].map(exponentOf)).toEqual([0, 2, 3, 4]);
  expect(new Set(codes.map(exponentOf))).toEqual(new Set([0, 1, 2, 3, 4]));
  expect(() => exponentOf("XXY")).toThrow("Not a currency");
  expect(isCurrency("aud")).toBe(false);
});

test("an amount of any currency, however large, reads back as it was written", () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), currency, (minor, code) => {
      expect(fromDecimal(toDecimal({ minor, currency: code }), code)).toBe(minor);
    }),
  );
});

test("through the number that Xero's JSON makes of it nothing is lost, up to 15 digits", () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 15n - 1n), 10n ** 15n - 1n), currency, (minor, code) => {
      const sent = JSON.parse(JSON.stringify(Number(toDecimal({ minor, currency: code })))) as number;
      // A number so small that JavaScript writes it with an exponent is no amount of ours.
      if (/e/.test(String(sent))) return;
      expect(fromDecimal(sent, code)).toBe(minor);
    }),
  );
});

test("Xero's two decimals for a currency without any are read; a fraction there is refused, never rounded", () => {
  expect(fromDecimal("2200.00", "JPY")).toBe(2_200n);
  expect(fromDecimal("1.2000", "AUD")).toBe(120n);
  for (const [text, code] of [
    ["0.5", "JPY"],
    ["1.005", "AUD"],
    ["1.0001", "KWD"],
  ] as const)
    expect(() => fromDecimal(text, code)).toThrow("Too many decimals");
});

test.each(["", " 1", "1.", ".5", "1,000.00", "1e3", "0x10", "--1", "+1", "NaN", "Infinity", "١"])(
  "%j is no amount",
  (text) => expect(() => fromDecimal(text, "AUD")).toThrow("Not an amount"),
);

test("no number whatever turns into another amount", () => {
  fc.assert(
    fc.property(fc.oneof(fc.double(), fc.integer()), currency, (value, code) => {
      let read: bigint;
      try {
        read = fromDecimal(value, code);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        return;
      }
      expect(Number(toDecimal({ minor: read, currency: code }))).toBe(value === 0 ? 0 : value);
    }),
  );
});

test("a sum is exact, and a page shows every digit of it", () => {
  fc.assert(fc.property(fc.array(fc.bigInt()), (all) => sumOf(all) === sumOf(all.toReversed())));
  expect(formatFigure({ minor: 123_456_789_012_345_678n, currency: "AUD" })).toBe("1,234,567,890,123,456.78");
});

describe("a total is shared by weights", () => {
  test("to the minor unit, whatever the weights, and no part is off by one or more", () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 12n),
        fc.array(fc.bigInt(-(10n ** 6n), 10n ** 9n), { minLength: 1 }).filter((all) => sumOf(all) > 0n),
        (total, weights) => {
          const sum = sumOf(weights);
          const parts = shares(total, weights);
          expect(sumOf(parts)).toBe(total);
          for (const [at, weight] of weights.entries()) {
            const off = (parts[at] ?? 0n) * sum - total * weight;
            expect(off < sum && off > -sum).toBe(true);
          }
        },
      ),
    );
  });

  test("what comes to nothing can't be shared by", () => {
    expect(() => shares(100n, [5n, -5n])).toThrow(RangeError);
    expect(() => shares(100n, [])).toThrow(RangeError);
  });
});
