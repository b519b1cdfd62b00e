import { expect, test } from "vitest";
import { leftInWords, progressOf } from "./progress-rules.ts";

const startedAt = new Date("2026-11-21T10:00:00Z");
const after = (seconds: number) => new Date(startedAt.getTime() + seconds * 1_000);

test("a kind that is read, or is not read for the first time, has no progress to show", () => {
  expect(progressOf({ page: null, pages: 3, rows: 2_500, startedAt }, after(60))).toBeNull();
  expect(progressOf({ page: 1, pages: null, rows: 0, startedAt }, after(5))).toEqual({
    ...{ done: 0, total: null, secondsLeft: null },
  });
});

test("what remains is told from the pages already read", () => {
  expect(progressOf({ page: 5, pages: 12, rows: 4_000, startedAt }, after(120))).toEqual({
    ...{ done: 4_000, total: 12_000, secondsLeft: 240 },
  });
});

test("a clock that runs behind the database's takes nothing off", () => {
  expect(progressOf({ page: 3, pages: 4, rows: 2_000, startedAt }, after(-9))?.secondsLeft).toBe(0);
});

test.each([
  [0, "less than a minute left"],
  [59, "less than a minute left"],
  [60, "about 1 minute left"],
  [185, "about 3 minutes left"],
  [7_400, "about 2 hours left"],
])("%i seconds are %s", (seconds, words) => {
  expect(leftInWords(seconds)).toBe(words);
});
