import { expect, test } from "vitest";
import { MIRRORED, nextPage, reachedBy } from "./kinds.ts";

const DAY = 86_400;

test("an organisation where nothing changes costs under 400 of the Starter tier's 1,000 calls a day", () => {
  const calls = Object.values(MIRRORED).reduce((sum, { everySeconds }) => sum + DAY / everySeconds, 0);
  expect(calls).toBeLessThan(400);
});

const at = (seconds: number) => new Date(seconds * 1_000);

test.each([
  ["after the last page nothing is left", { pages: 1, newest: at(9) }, { page: 1 }, null],
  ["of an empty answer nothing is left", { pages: 0, newest: undefined }, { page: 1 }, null],
  [
    "reading goes on from a hair before the newest change",
    { pages: 3, newest: at(9) },
    { page: 1, since: at(5) },
    { page: 1, since: new Date(8_999) },
  ],
  [
    "a page that is full of one instant is followed by the next",
    { pages: 3, newest: at(9) },
    { page: 1, since: new Date(8_999) },
    { page: 2, since: new Date(8_999) },
  ],
])("%s", (_, read, position, next) => {
  expect(nextPage(read, position)).toEqual(next);
});

test.each([
  ["a change of today is where the next reading goes on", at(10 * DAY - 60), at(10 * DAY - 60)],
  ["also one that Xero's clock has ahead of ours", at(10 * DAY + 60), at(10 * DAY + 60)],
  ["what changed long ago in one moment is not read again for ever", at(2 * DAY), at(9 * DAY)],
  ["where nothing has changed yet, a day back", undefined, at(9 * DAY)],
])("%s", (_, newest, reached) => {
  expect(reachedBy(at(10 * DAY), newest)).toEqual(reached);
});
