import { expect, test } from "vitest";
import { forecast, lastHourOf } from "./usage-rules.ts";

const now = new Date("2026-11-21T15:40:00Z");

test("what is left is enough when the last hour's pace would not use it up in a day", () => {
  expect(forecast({ left: 340, lastHour: 14, now })).toEqual({ kind: "enough" });
  expect(forecast({ left: 1, lastHour: 0, now })).toEqual({ kind: "enough" });
});

test("else the time is said at which it will be gone", () => {
  expect(forecast({ left: 340, lastHour: 170, now })).toEqual({
    kind: "until",
    at: new Date("2026-11-21T17:40:00Z"),
  });
  expect(forecast({ left: 0, lastHour: 0, now })).toEqual({ kind: "none_left" });
});

test("the last hour is this one and the part of the one before that still counts", () => {
  const hours = [
    { hour: new Date("2026-11-21T15:00:00Z"), calls: 40 },
    { hour: new Date("2026-11-21T14:00:00Z"), calls: 60 },
    { hour: new Date("2026-11-21T13:00:00Z"), calls: 1_000 },
  ];
  expect(lastHourOf(hours, now)).toBe(60);
});
