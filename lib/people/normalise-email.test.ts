import fc from "fast-check";
import { expect, test } from "vitest";
import { normaliseEmail } from "./normalise-email.ts";

test.each([
  ["Ada@Example.com", "ada@example.com"],
  ["  ada.lane+desk@mail.example.co.nz ", "ada.lane+desk@mail.example.co.nz"],
  ["ＡＤＡ@example.com", "ada@example.com"],
  ["Ada@Bücher.example", "ada@xn--bcher-kva.example"],
])("A9: %j is taken as %s", (typed, email) => {
  expect(normaliseEmail(typed)).toBe(email);
});

test.each(["", "ada@victim.com\uFF20evil.com", "ada@ex\u0430mple.com", "ada@example.com>"])(
  "A9: %j is refused",
  (typed) => {
    expect(normaliseEmail(typed)).toBeNull();
  },
);

test("stays what it is when taken again", () => {
  fc.assert(
    fc.property(fc.emailAddress(), (typed) => {
      const email = normaliseEmail(typed);
      expect(normaliseEmail(email ?? "")).toBe(email);
    }),
  );
});
