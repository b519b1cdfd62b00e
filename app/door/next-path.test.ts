import fc from "fast-check";
import { expect, test } from "vitest";
import { safeNext } from "./next-path.ts";

test.each(["/", "/firms", "/firms/quickfee/demo/payments?state=open&page=2", "/a%20b", "/%09/evil"])(
  "goes on to %s",
  (path) => {
    expect(safeNext(path)).toBe(path);
  },
);

test.each([
  "",
  "firms",
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "https://evil.example",
  "javascript:alert(1)",

  "/\t/evil.example",
  "/\n/evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "/a\\..\\evil",
  " /firms",
  "/sign-in?next=/x",
  `/${"x".repeat(600)}`,
  null,
  undefined,
  ["/firms"],
])("goes nowhere for %j", (value) => {
  expect(safeNext(value)).toBeNull();
});

test("never leaves our own site, whatever is asked", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.webUrl(),
        fc.webPath(),
        fc.string().map((rest) => `/${rest}`),
      ),
      (value) => {
        const next = safeNext(value);
        return next === null || new URL(next, "https://desk.example").origin === "https://desk.example";
      },
    ),
    { numRuns: 2000 },
  );
});
