import { expect, test } from "vitest";
import { isToComeBack, withdrawnOf } from "./withdrawn.ts";

const moved = (amounts: [number, number?][], amount = 10_000) => ({
  amount,
  balance_transactions: amounts.map(([entry, rate], at) => ({
    amount: entry,
    exchange_rate: rate ?? null,
    created: at,
  })),
});

test.each<[string, [number, number?][], number]>([
  ["nothing", [], 0],
  ["all of it", [[-10_000]], 10_000],
  ["all, and all back", [[-10_000], [10_000]], 0],
  ["all, and a part back", [[-10_000], [6_000]], 4_000],
  ["all, and nearly all back", [[-10_000], [9_950]], 50],
  ["in two steps back", [[-10_000], [4_000], [6_000]], 0],
  ["taken again", [[-10_000], [10_000], [-10_000]], 10_000],
  ["abroad", [[-8_837, 0.883721]], 10_000],
  [
    "abroad, and back at another rate",
    [
      [-8_837, 0.883721],
      [8_750, 0.875],
    ],
    0,
  ],
  [
    "abroad, a part back",
    [
      [-8_837, 0.883721],
      [5_302, 0.883721],
    ],
    4_000,
  ],
  ["by a rate of few digits", [[-460, 0.0459]], 10_000],
  ["a part of what was asked, since the rest was refunded", [[-7_000]], 7_000],
])("a dispute of 100.00 that took %s", (_, entries, left) => {
  expect(withdrawnOf(moved(entries), 1)).toBe(left);
});

test("what comes of a rate is an amount that the currency has", () => {
  expect(
    withdrawnOf(
      moved([
        [-8_837, 0.883721],
        [5_305, 0.883721],
      ]),
      10,
    ),
  ).toBe(4_000);
});

test("entries count in the order in which they were made, however they are listed", () => {
  const { amount, balance_transactions: entries } = moved([[-10_000], [10_000], [-10_000]]);
  expect(isToComeBack({ amount, balance_transactions: entries.toReversed() })).toBe(true);
  expect(isToComeBack(moved([[-10_000], [6_000]]))).toBe(false);
  expect(isToComeBack(moved([]))).toBe(false);
});
