import { expect, test } from "vitest";
import { ago, distance, formatDate, formatDay, formatInstant, isOverdue } from "./date-words.ts";

const today = "2026-11-21";

test("a date reads as people there write it", () => {
  expect(formatDate("2026-11-12", "AU")).toBe("12 Nov 2026");
  expect(formatDate("2026-11-12", "GB")).toBe("12 Nov 2026");
  expect(formatDate("2026-11-12", "US")).toBe("Nov 12, 2026");
  expect(formatDate("2026-09-01", "GB")).toBe("1 Sep 2026");
});

test("a day of this year needs no year, one of last year does", () => {
  expect(formatDay("2026-11-03", "AU", today)).toBe("3 Nov");
  expect(formatDay("2026-11-03", "US", today)).toBe("Nov 3");
  expect(formatDay("2025-11-03", "AU", today)).toBe("3 Nov 2025");
});

test("what is not a day is refused, the 31st of November too", () => {
  for (const bad of ["2026-11-31", "2026-13-01", "12/11/2026", "", "2026-11-12T00:00:00Z"]) {
    expect(() => formatDate(bad, "AU")).toThrow(RangeError);
  }
});

test.each([
  ["2026-11-21", "today"],
  ["2026-11-22", "tomorrow"],
  ["2026-11-30", "in 9 days"],
  ["2026-11-20", "1 day overdue"],
  ["2026-11-12", "9 days overdue"],
  ["2026-09-23", "59 days overdue"],
  ["2026-08-15", "3 months overdue"],
  ["2023-11-12", "3 years overdue"],
  ["2027-03-21", "in 3 months"],
])("due on %s is said as %s", (due, words) => {
  expect(distance(due, today)).toBe(words);
});

test("the day it is due is not overdue yet", () => {
  expect(isOverdue("2026-11-21", today)).toBe(false);
  expect(isOverdue("2026-11-20", today)).toBe(true);
});

test("a clock change does not move a day", () => {
  expect(distance("2026-10-05", "2026-10-03")).toBe("in 2 days");
  expect(distance("2026-03-30", "2026-03-28")).toBe("in 2 days");
});

test("an instant is shown in the organisation's own time", () => {
  const at = new Date("2026-11-12T23:04:00Z");
  expect(formatInstant(at, { country: "AU", timeZone: "Australia/Sydney" })).toBe("13 Nov 2026, 10:04");
  expect(formatInstant(at, { country: "US", timeZone: "America/New_York" })).toBe("Nov 12, 2026, 6:04 pm");
  const midnight = new Date("2026-11-12T00:05:00Z");
  expect(formatInstant(midnight, { country: "GB", timeZone: "Europe/London" })).toBe("12 Nov 2026, 00:05");
});

test.each([
  [0, "just now"],
  [50, "1 minute ago"],
  [180, "3 minutes ago"],
  [3599, "1 hour ago"],
  [7200, "2 hours ago"],
  [86_400, "yesterday"],
  [86_400 * 12, "12 days ago"],
  [86_400 * 130, "4 months ago"],
  [-180, "in 3 minutes"],
  [-86_400, "tomorrow"],
])("%s seconds back is %s", (seconds, words) => {
  const now = new Date("2026-11-21T10:00:00Z");
  expect(ago(new Date(now.getTime() - seconds * 1000), now)).toBe(words);
});
