import { expect, test } from "vitest";
import { withCounterparts } from "./clearing-counterpart-rules.ts";
import type { Cause } from "./clearing-words.ts";

const after = (...given: [Cause, number][]) =>
  withCounterparts(
    given.map(([cause, minor]) => ({ cause, minor: BigInt(minor), about: { kind: "account" as const } })),
  ).map(({ cause }) => cause);

test.each<[string, [Cause, number][], Cause[]]>([
  ["nothing", [], []],
  ["a difference alone", [["exchange", 5]], ["exchange"]],
  [
    "a difference and what was posted for it",
    [
      ["exchange", 5],
      ["not_ours", -5],
    ],
    ["posted", "posted"],
  ],
  [
    "a cent less was posted",
    [
      ["exchange", 5],
      ["not_ours", -4],
    ],
    ["exchange", "not_ours"],
  ],
  [
    "one posting for two differences, and a new one since",
    [
      ["exchange", 5],
      ["exchange", -2],
      ["not_ours", -3],
      ["exchange", 7],
    ],
    ["posted", "posted", "posted", "exchange"],
  ],
  [
    "two postings for three differences",
    [
      ["exchange", 5],
      ["exchange", 6],
      ["exchange", 1],
      ["not_ours", -8],
      ["not_ours", -4],
    ],
    ["posted", "posted", "posted", "posted", "posted"],
  ],
  [
    "a correction that was taken back",
    [
      ["adjustment", 300],
      ["adjustment", -300],
    ],
    ["posted", "posted"],
  ],
  [
    "two causes that even out by chance",
    [
      ["exchange", 5],
      ["adjustment", -5],
    ],
    ["exchange", "adjustment"],
  ],
  [
    "a posting is the counterpart of one",
    [
      ["adjustment", 3],
      ["exchange", 3],
      ["not_ours", -3],
    ],
    ["adjustment", "posted", "posted"],
  ],
  [
    "a removed payment, whatever was entered",
    [
      ["removed", -9],
      ["not_ours", 9],
    ],
    ["removed", "not_ours"],
  ],
  [
    "an entry of somebody's that was reversed, beside one that was not",
    [
      ["not_ours", 4],
      ["not_ours", 3],
      ["not_ours", -4],
    ],
    ["posted", "not_ours", "posted"],
  ],
])("%s", (_, given, causes) => {
  expect(after(...given)).toEqual(causes);
});
