import fc from "fast-check";
import { expect, test } from "vitest";
import { lineAmounts, toleranceOf, totalsOf } from "./amount-rules.ts";

const priced = (quantity: string, unitPrice: string, discountPercent: string | null = null) => ({
  quantity,
  unitPrice,
  discountPercent,
});

test.each([
  ["tax on top", priced("3", "40.00"), { amounts: "exclusive", percent: "10" }, [12_000n, 1_200n]],
  ["tax inside", priced("1", "110.00"), { amounts: "inclusive", percent: "10" }, [11_000n, 1_000n]],
  ["no tax at all", priced("2", "9.99"), { amounts: "none", percent: "10" }, [1_998n, 0n]],
  [
    "four decimals count before the line is rounded",
    priced("3", "0.3333"),
    { amounts: "exclusive", percent: "0" },
    [100n, 0n],
  ],
  ["a half goes up", priced("1", "0.125"), { amounts: "exclusive", percent: "0" }, [13n, 0n]],
  ["and of what goes back down", priced("-1", "0.125"), { amounts: "exclusive", percent: "0" }, [-13n, 0n]],
  [
    "a discount is taken off the line",
    priced("1", "99.99", "12.5"),
    { amounts: "exclusive", percent: "20" },
    [8_749n, 1_750n],
  ],
  [
    "a rate with decimals",
    priced("1", "100.00"),
    { amounts: "exclusive", percent: "8.875" },
    [10_000n, 888n],
  ],
] as const)("%s", (_, line, how, [lineMinor, taxMinor]) => {
  expect(lineAmounts(line, how)).toEqual({ lineMinor, taxMinor });
});

test("tax inside and tax on top of what is left are the same to the hundredth", () => {
  const cents = fc.integer({ min: 0, max: 99_999_999 });
  fc.assert(
    fc.property(cents, fc.constantFrom("0", "5", "10", "12.5", "15", "20"), (minor, percent) => {
      const decimal = (all: number | bigint) => (Number(all) / 100).toFixed(2);
      const inside = lineAmounts(priced("1", decimal(minor)), { amounts: "inclusive", percent });
      const onTop = lineAmounts(priced("1", decimal(inside.lineMinor - inside.taxMinor)), {
        amounts: "exclusive",
        percent,
      });
      const differs = onTop.taxMinor - inside.taxMinor;
      expect(differs >= -1n && differs <= 1n).toBe(true);
    }),
  );
});

test("totals are the lines' sums, whichever way the tax is counted", () => {
  const lines = [
    { lineMinor: 11_000n, taxMinor: 1_000n },
    { lineMinor: -1_100n, taxMinor: -100n },
  ];
  expect(totalsOf(lines, "inclusive")).toEqual({ netMinor: 9_000n, taxMinor: 900n, totalMinor: 9_900n });
  expect(totalsOf(lines, "exclusive")).toEqual({ netMinor: 9_900n, taxMinor: 900n, totalMinor: 10_800n });
});

test("rounding explains a hundredth a line, and five at most", () => {
  expect([1, 4, 5, 500].map(toleranceOf)).toEqual([1n, 4n, 5n, 5n]);
});
