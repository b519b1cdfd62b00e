import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CURRENCIES } from "./currency-table.ts";
import { formatFigure, formatMoney, fromDecimal, shares, sumOf, toDecimal } from "./money.ts";

const currency = fc.constantFrom(...Object.keys(CURRENCIES), "XYZ");

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
      expect(fromDecimal(sent, code)).toBe(minor);
    }),
  );
});

test("a page shows every digit of an amount, in every currency", () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 20n), currency, (minor, code) => {
      for (const shown of [formatMoney({ minor, currency: code }), formatFigure({ minor, currency: code })]) {
        const figure = shown.replace(/^[^\d]*/, "").replaceAll(",", "");
        expect(fromDecimal(figure, code)).toBe(minor);
      }
    }),
  );
});

test.each([
  ["AUD", 220_000n, "A$2,200.00"],
  ["PKR", 9_999n, "PKR 99.99"],
  ["HUF", 123_450n, "HUF 1,234.50"],
  ["IDR", 40n, "IDR 0.40"],
  ["JPY", 220_000n, "¥2,200"],
  ["JPY", 220_050n, "¥2,200.50"],
  ["KWD", 412n, "KWD 4.120"],
  ["MGA", 5_000_000n, "MGA 50,000.00"],
  ["XYZ", 123n, "XYZ 1.23"],
])("%s: %s hundredths are shown as %s", (code, minor, shown) => {
  expect(formatMoney({ minor, currency: code }).replaceAll("\u00a0", " ")).toBe(shown);
});

test("Xero's two decimals are read in every currency, half yen too; anything finer is refused, never rounded", () => {
  expect(fromDecimal("2200.00", "JPY")).toBe(220_000n);
  expect(fromDecimal(2200.5, "JPY")).toBe(220_050n);
  expect(fromDecimal("1.2000", "AUD")).toBe(120n);
  for (const code of ["AUD", "JPY", "KWD"])
    expect(() => fromDecimal("1.005", code)).toThrow(`Finer than a hundredth of ${code}`);
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

test("a sum is exact", () => {
  fc.assert(fc.property(fc.array(fc.bigInt()), (all) => sumOf(all) === sumOf(all.toReversed())));
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

  test("whole yen stay whole; where one line holds a half, all are shared to the hundredth", () => {
    expect(shares(100_000n, [30_000n, 30_000n, 60_000n], 100n)).toEqual([25_000n, 25_000n, 50_000n]);
    expect(shares(10_000n, [10_000n, 10_000n, 10_000n], 100n)).toEqual([3_400n, 3_300n, 3_300n]);
    expect(shares(100n, [50n, 50n], 100n)).toEqual([50n, 50n]);
  });

  test("what comes to nothing can't be shared by", () => {
    expect(() => shares(100n, [5n, -5n])).toThrow(RangeError);
    expect(() => shares(100n, [])).toThrow(RangeError);
  });
});
