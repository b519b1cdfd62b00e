import { describe, expect, test } from "vitest";
import { refusePassword } from "./rules.ts";

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
