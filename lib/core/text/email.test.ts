import fc from "fast-check";
import { expect, test } from "vitest";
import { emailAddress, emailField, NOT_AN_EMAIL } from "./email.ts";

test.each([
  ["pat@client.example", "pat@client.example"],
  ["R&D@client.example", "R&D@client.example"],
  ["accounts/payable@client.example", "accounts/payable@client.example"],
  ["hello!@client.example", "hello!@client.example"],
  ["pat+invoices@client.example", "pat+invoices@client.example"],
  ["o'neil@client.example", "o'neil@client.example"],
  ["{pat}=a|b~c^d`e?f#g$h%i*j_k-l@client.example", "{pat}=a|b~c^d`e?f#g$h%i*j_k-l@client.example"],
  ["a..b.@docomo.example", "a..b.@docomo.example"],
  ["pat@client.photography", "pat@client.photography"],
  ["pat@A.Very.Long.Sub.Domain.CLIENT.Example", "pat@a.very.long.sub.domain.client.example"],
  ["pat@1and1.example", "pat@1and1.example"],
  ["jörg@example.com", null],
  ["jo@Bücher.example", "jo@xn--bcher-kva.example"],
  ["jo@xn--bcher-kva.example", "jo@xn--bcher-kva.example"],
  ["jo@straße.example", "jo@xn--strae-oqa.example"],
  ["jo@例え.テスト", "jo@xn--r8jz45g.xn--zckzah"],
  ["jo@почта.example", "jo@xn--80a1acny.example"],
  ["  pat@client.example\t", "pat@client.example"],
  ["pat\uFF20client.example", "pat@client.example"],
  ["pat@client。example", "pat@client.example"],
])("%j is taken as %j", (typed, email) => expect(emailAddress(typed)).toBe(email));

test.each([
  "",
  "pat",
  "@client.example",
  "pat@",
  "pat@client",
  "pat@client.example.",
  "pat@.example",
  "pat@client..example",
  "pat@-client.example",
  "pat@client-.example",
  "pat@cli_ent.example",
  "pat@cli%65nt.example",
  "pat@192.0.2.1",
  "pat@[192.0.2.1]",
  "pat@0x7f.1",
  "pat@client.123",
  "pat@pat@client.example",
  '"pat payer"@client.example',
  "pat payer@client.example",
  "Pat <pat@client.example>",
  "pat@client.example, kim@client.example",
  "pat@client.example\0",
  "pat\r\nBcc: all@client.example",
  "pat@cli\u0435nt.example",
  "pat@cli\u200dent.example",
  `${"a".repeat(65)}@client.example`,
  `a@${"b.".repeat(125)}example`,
])("%j is not taken", (typed) => {
  expect(emailAddress(typed)).toBeNull();
  expect(emailField.safeParse(typed).error?.issues[0]?.message).toBe(NOT_AN_EMAIL);
});

test("every address of the grammar is taken, and stays what it is when taken again", () => {
  fc.assert(
    fc.property(fc.emailAddress(), (typed) => {
      const email = emailAddress(typed);
      expect(email?.toLowerCase()).toBe(typed.toLowerCase());
      expect(emailAddress(email ?? "")).toBe(email);
    }),
  );
});

test("no text makes it throw", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      emailAddress(text);
      emailAddress(`a@${text}.example`);
    }),
  );
});
