import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromStripe, stepOf, toStripe, unchargeable } from "./currencies.ts";
import { CURRENCIES } from "./currency-table.ts";

const codes = Object.keys(CURRENCIES);
const charged = codes.filter((code) => CURRENCIES[code]?.stripe);
const withDigits = (digits: number) => codes.filter((code) => CURRENCIES[code]?.digits === digits).join(" ");
const withDecimals = (decimals: number) =>
  codes.filter((code) => CURRENCIES[code]?.stripe?.decimals === decimals).join(" ");

describe("the table", () => {
  test("has ISO 4217's decimals, of which most currencies have two", () => {
    expect(withDigits(0)).toBe("BIF BYR CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF");
    expect(withDigits(3)).toBe("BHD IQD JOD KWD LYD OMR TND");
    expect(withDigits(4)).toBe("CLF");
    expect(CURRENCIES.MGA?.digits).toBe(2);
    expect(CURRENCIES.MRU?.digits).toBe(2);
  });

  test("has Stripe's own: ariary are whole there, krónur and Ugandan shillings are counted in hundredths", () => {
    expect(withDecimals(0)).toBe("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF");
    expect(withDecimals(3)).toBe("BHD JOD KWD OMR TND");
    expect(charged).toHaveLength(139);
  });
});

test("what Stripe is told and what it tells is the same amount, in every currency that it charges", () => {
  fc.assert(
    fc.property(fc.constantFrom(...charged), fc.bigInt(0n, 10n ** 12n), (currency, steps) => {
      const minor = steps * stepOf(currency);
      expect(fromStripe(toStripe({ minor, currency }), currency)).toBe(minor);
    }),
  );
});

test.each([
  ["MGA", 5_000_000n, 50_000],
  ["JPY", 220_000n, 2_200],
  ["ISK", 500n, 500],
  ["UGX", 500n, 500],
  ["KWD", 412n, 4_120],
  ["HUF", 123_450n, 123_450],
  ["AUD", 1n, 1],
])("%s %s hundredths are %s at Stripe", (currency, minor, units) => {
  expect(toStripe({ minor, currency })).toBe(units);
});

test("an amount between two that Stripe has is not rounded to one of them", () => {
  for (const currency of ["JPY", "ISK", "MGA"])
    expect(() => toStripe({ minor: 10_050n, currency })).toThrow("Stripe has no amount");
  expect(() => fromStripe(4_123, "KWD")).toThrow("thousandths of KWD");
});

test.each<[string, bigint, string | null]>([
  ["GBP", 29n, "least"],
  ["GBP", 30n, null],
  ["JPY", 4_900n, "least"],
  ["JPY", 5_000n, null],
  ["JPY", 10_050n, "step"],
  ["KWD", 1n, null],
  ["AUD", 99_999_999n, null],
  ["AUD", 100_000_000n, "most"],
  ["JPY", 9_999_999_900n, null],
  ["JPY", 10_000_000_000n, "most"],
  ["KWD", 9_999_999n, null],
  ["KWD", 10_000_000n, "most"],
  ["ISK", 99_999_900n, null],
  ["ISK", 100_000_000n, "most"],
  ["IDR", 999_999_999_999n, null],
  ["IQD", 100_000n, "currency"],
  ["XYZ", 100_000n, "currency"],
])("%s: %s hundredths can't be charged because of the %s", (currency, minor, why) => {
  expect(unchargeable({ minor, currency })?.why ?? null).toBe(why);
});
