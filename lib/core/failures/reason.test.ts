import { DrizzleQueryError } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "../errors.ts";
import { isDatabaseFailure, reasonOf } from "./reason.ts";

const query = (code?: string) =>
  new DrizzleQueryError(
    "insert into people values ($1)",
    ["Pat Payer"],
    Object.assign(new Error("it says no"), code ? { code } : {}),
  );

describe("why something failed, for a person", () => {
  test.each([
    [
      new AppError("conflict", "This payment is not waiting any more."),
      "This payment is not waiting any more.",
    ],
    [Object.assign(new Error("x"), { inWords: "Stripe says: no." }), "Stripe says: no."],
    [new RangeError("Nothing to share by"), "The desk can't work it out: Nothing to share by"],
    [
      z.object({ lines: z.array(z.string()) }).safeParse({ lines: [1] }).error,
      "What is kept of it can't be read (lines.0).",
    ],
    [query("40P01"), "The database did not do it (40P01)."],
    [query(), "The database did not do it (no answer)."],
  ])("%s", (error, words) => expect(reasonOf(error)).toBe(words));

  test("nothing of an error that we don't know, which may hold a key or a name", () => {
    for (const error of [new TypeError("sk_live_secret is not a function"), query("23505"), "sk_live_secret"])
      expect(reasonOf(error)).not.toMatch(/sk_live|Pat/);
    expect(reasonOf(new TypeError("x"))).toContain("(TypeError)");
  });
});

test("values that the database won't have are the thing's own fault, all else of the database is not", () => {
  expect(
    ["22003", "23505", "40001", "57014", undefined].map((code) => isDatabaseFailure(query(code))),
  ).toEqual([false, false, true, true, true]);
  expect(isDatabaseFailure(new RangeError("x"))).toBe(false);
});
