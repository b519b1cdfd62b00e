import { expect, test } from "vitest";
import { blockInWords, bytesInWords, dayInWords, reserveInWords } from "./usage-words.ts";

const where = { country: "AU", timeZone: "UTC", now: new Date("2026-11-21T15:00:00Z") };

test("the day's forecast says how many calls are left and how long they last", () => {
  const say = (left: number, forecast: Parameters<typeof dayInWords>[0]["forecast"]) =>
    dayInWords({ left, limit: 1_000, forecast }, where);
  expect(say(340, { kind: "until", at: new Date("2026-11-21T17:40:00Z") })).toBe(
    "340 of 1,000 calls left today; at this hour's pace they last until about 17:40.",
  );
  expect(say(340, { kind: "until", at: new Date("2026-11-22T02:10:00Z") })).toContain("about 02:10 tomorrow");
  expect(say(900, { kind: "enough" })).toBe("900 of 1,000 calls left today: enough for the day.");
  expect(say(0, { kind: "none_left" })).toContain("No calls left today.");
});

test("what is held back is said as soon as it is", () => {
  expect(reserveInWords({ left: 301, limit: 1_000 })).toBeNull();
  expect(reserveInWords({ left: 300, limit: 1_000 })).toContain("for payers and for writing");
  expect(reserveInWords({ left: 100, limit: 1_000 })).toContain("for writing payments");
});

test("a wait that Xero asked for names its end and its reason", () => {
  const until = new Date("2026-11-21T15:01:00Z");
  expect(blockInWords({ problem: "minute", until }, where)).toBe(
    "Xero asked us to wait until 15:01: this minute's calls are used up.",
  );
});

test("bytes are told in units of a thousand", () => {
  expect([999_999, 12_300_000, 1_250_000_000].map(bytesInWords)).toEqual(["1000 kB", "12 MB", "1.3 GB"]);
});
