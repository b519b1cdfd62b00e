import { expect, test } from "vitest";
import { toSeries } from "./by-day.ts";

const row = (currency: string, day: string, minor: bigint) => ({ currency, day, minor });

test("each day stands once, also one without money, and over the end of February", () => {
  const [series] = toSeries([row("AUD", "2028-02-29", 500n), row("AUD", "2028-03-01", 7n)], {
    today: "2028-03-01",
    days: 3,
    own: "AUD",
  });
  expect(series).toEqual({
    currency: "AUD",
    totalMinor: 507n,
    days: [
      { day: "2028-02-28", minor: 0n },
      { day: "2028-02-29", minor: 500n },
      { day: "2028-03-01", minor: 7n },
    ],
  });
});

test("the firm's own currency comes first, the others by their letters, and none is added to another", () => {
  const rows = ["USD", "EUR", "AUD"].map((currency) => row(currency, "2026-11-21", 100n));
  const series = toSeries(rows, { today: "2026-11-21", days: 1, own: "USD" });
  expect(series.map(({ currency, totalMinor }) => [currency, totalMinor])).toEqual([
    ["USD", 100n],
    ["AUD", 100n],
    ["EUR", 100n],
  ]);
});
