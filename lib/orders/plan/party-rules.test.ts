import { expect, test } from "vitest";
import { matchPerson, personKey } from "./party-rules.ts";

const contact = (contactId: string, name: string, email: string | null) => ({
  ...{ contactId, name, email },
  isActive: true,
  mergedTo: null,
});
const PAT = contact("1", "Pat Reed", "pat@example.com");
const OTHER = contact("2", "Pat  reed", null);

test.each([
  [
    "by e-mail, whatever the name",
    { name: "P. Reed", email: "PAT@example.com" },
    [PAT, OTHER],
    { kind: "found", contact: PAT },
  ],
  [
    "by name, whatever its letters' case, where no e-mail is told",
    { name: " pat reed " },
    [PAT],
    { kind: "found", contact: PAT },
  ],
  [
    "by name, where the contact has no e-mail to contradict",
    { name: "Pat Reed", email: "new@example.com" },
    [OTHER],
    { kind: "found", contact: OTHER },
  ],
  ["nobody", { name: "Sam", email: "sam@example.com" }, [PAT, OTHER], { kind: "none" }],
] as const)("a person is found %s", (_, person, contacts, match) => {
  expect(matchPerson(person, [...contacts])).toEqual(match);
});

test.each([
  [
    "two have the e-mail",
    { name: "Pat", email: "pat@example.com" },
    [PAT, contact("3", "Sam", "pat@example.com")],
  ],
  ["two have the name", { name: "Pat Reed" }, [PAT, OTHER]],
  ["the one of the name has another e-mail", { name: "Pat Reed", email: "other@example.com" }, [PAT]],
] as const)("a person must tell when %s", (_, person, contacts) => {
  expect(matchPerson(person, [...contacts])).toMatchObject({ kind: "unclear", candidates: contacts });
});

test("two orders of one person know each other by the e-mail, or else by the name", () => {
  expect(personKey({ name: "Pat", email: "Pat@Example.com" })).toBe(
    personKey({ name: "P", email: "pat@example.com" }),
  );
  expect(personKey({ name: " Pat  Reed" })).toBe(personKey({ name: "pat reed" }));
});
