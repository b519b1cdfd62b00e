import { expect, test } from "vitest";
import { detailsErrors, detailsForm } from "./details.ts";

const typed = { name: "Pat Payer", email: "pat@client.example", terms: "accepted" };
const version = "00000000-0000-4000-8000-000000000000";

test("addresses that mail servers take can pay, each in the form that they are told", () => {
  for (const [email, kept] of [
    ["R&D@client.example", "R&D@client.example"],
    ["accounts/payable!@client.example", "accounts/payable!@client.example"],
    ["jo@bücher.example", "jo@xn--bcher-kva.example"],
  ] as const)
    expect(detailsForm.parse({ ...typed, email, version }).email).toBe(kept);
});

test.each([
  ["name", { name: "  " }, "Type your name."],
  ["name", { name: "x".repeat(121) }, "Use at most 120 characters."],
  ["name", { name: "Pat\0Payer" }, "This holds characters that can't be shown."],
  ["email", { email: "pat@client" }, "Type an e-mail address, like name@example.com."],
  ["terms", { terms: "" }, "Read the terms, then tick the box to accept them."],
])("at the field %s stands what is wrong with %j", (field, wrong, message) =>
  expect(detailsErrors({ ...typed, ...wrong })).toEqual([{ field, message }]),
);
