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

/** What browsers read as another host, by how a path can start and what can stand before and after the host. */
const STARTS = [
  "//",
  "///",
  "////",
  "/\\",
  "\\/",
  "\\\\",
  "/\t/",
  "/\n/",
  "/\r/",
  "\t//",
  " //",
  "\u00a0//",
  "\u0000//",
  "/.//",
  "/..//",
  "/././/",
  "/a/..//",
  "/%2e//",
  "/%2e%2e//",
  "http:",
  "https:",
  "http:/",
  "https:/",
  "http://",
  "https://",
  "https:\\",
  "HTTPS://",
  "ht\ntps://",
  "ftp://",
  "javascript:",
  "java\tscript:",
  "data:text/html,",
  "vbscript:",
  "blob:https://",
  "file://",
  "mailto:",
  "//desk.example@",
  "https://desk.example@",
  "https://desk.example.",
  "/\u2215/",
];
const HOSTS = [
  "evil.example",
  "evil.example/firms",
  "evil.example%2ffirms",
  "evil.example\\.desk.example",
  "0x7f.1",
];

test("O7: of two hundred ways to write another site's address as a path, none leads away", () => {
  const corpus = STARTS.flatMap((start) => HOSTS.map((host) => start + host));
  expect(new Set(corpus).size).toBeGreaterThanOrEqual(200);
  const left = corpus.filter((payload) => {
    const next = safeNext(payload);
    return next !== null && new URL(next, "https://desk.example").origin !== "https://desk.example";
  });
  expect(left).toEqual([]);
});

test("O7: never leaves our own site, whatever is asked", () => {
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
