import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normaliseEmail, refusePassword } from "./rules.ts";

describe("an e-mail address", () => {
  test.each([
    ["Ada@Example.com", "ada@example.com"],
    ["  ada.lane+desk@mail.example.co.nz ", "ada.lane+desk@mail.example.co.nz"],
    ["ada\uFF20example.com", "ada@example.com"],
    ["ＡＤＡ@example.com", "ada@example.com"],
  ])("%j is taken as %s", (typed, email) => {
    expect(normaliseEmail(typed)).toBe(email);
  });

  test.each([
    "",
    "ada",
    "ada@",
    "@example.com",
    "ada@example",
    "a@b@example.com",
    "ada@victim.com\uFF20evil.com",
    "ada @example.com",
    "ada@exam ple.com",
    "ada@-example.com",
    "ada@example..com",
    "ada@ex\u0430mple.com",
    "ada@example.com\0",
    "ada,bob@example.com",
    `${"a".repeat(65)}@example.com`,
    `a@${"b".repeat(250)}.com`,
    "ada@example.com>",
    '"ada"@example.com',
    "ada\n@example.com",
  ])("%j is refused", (typed) => {
    expect(normaliseEmail(typed)).toBeNull();
  });

  test("stays what it is when taken again", () => {
    fc.assert(
      fc.property(fc.emailAddress(), (typed) => {
        const email = normaliseEmail(typed);
        return email === null || normaliseEmail(email) === email;
      }),
    );
  });
});

describe("a password", () => {
  const ada = { email: "ada.lane@example.com", name: "Ada Lane" };

  test.each([
    "harbour kettle nine maple",
    "tussock-plinth-avocet",
    "  spaces  count  as  well ",
    "пятнадцать букв и ещё",
    "🦊🐙🌵🎻🧭 and words",
    "x7!Qp2#Lm9$Rt4%Z",
    "wrong horse battery stable",
  ])("%j is good", (password) => {
    expect(refusePassword(password, ada)).toBeNull();
  });

  test.each([
    ["fourteen chars", "14 characters here".slice(0, 14)],
    ["more than 256", `${"harbour kettle ".repeat(18)}`],
    ["one letter", "aaaaaaaaaaaaaaaaaaaa"],
    ["a short piece over and over", "abc12abc12abc12abc12"],
    ["a common word with digits", "Password1234567890"],
    ["a common word twice", "passwordpassword"],
    ["the keyboard's rows", "qwertyuiopasdfgh"],
    ["the famous comic", "correct horse battery staple"],
    ["counting", "123456789012345"],
    ["counting down", "987654321098765"],
    ["their own e-mail", "ada.lane@example.com"],
    ["their own name", "Ada Lane Ada Lane 1"],
  ])("of %s is refused", (_, password) => {
    expect(refusePassword(password, ada)).not.toBeNull();
  });
});
