import { expect, test } from "vitest";
import {
  CONTACTS_SCOPE,
  covers,
  DEFAULT_SCOPES,
  missingScopes,
  scopeInWords,
  stopsPayments,
  tidyScopes,
} from "./scopes.ts";

test("O8: exactly these scopes are asked for unless somebody changes them", () => {
  expect(DEFAULT_SCOPES).toBe(
    "openid profile email offline_access accounting.settings.read accounting.contacts accounting.invoices accounting.payments accounting.banktransactions",
  );
});

test("a scope that writes also reads, never the other way round", () => {
  expect(covers(["accounting.payments"], "accounting.payments.read")).toBe(true);
  expect(covers(["accounting.payments.read"], "accounting.payments")).toBe(false);
});

test("what is missing is named", () => {
  expect(missingScopes(DEFAULT_SCOPES.split(" "))).toEqual([]);
  expect(
    missingScopes(["openid", "accounting.settings", "accounting.contacts.read", "accounting.invoices"]),
  ).toEqual(["offline_access", "accounting.payments", "accounting.banktransactions"]);
});

test("a connection from before orders lacks nothing that payments need", () => {
  const before = DEFAULT_SCOPES.replace("accounting.contacts", "accounting.contacts.read").split(" ");
  expect(missingScopes(before)).toEqual([]);
  expect(covers(before, CONTACTS_SCOPE)).toBe(false);
  expect([CONTACTS_SCOPE, "accounting.contacts.read"].map(stopsPayments)).toEqual([false, true]);
});

test("scopes are read to people in words", () => {
  expect(scopeInWords("accounting.payments")).toBe("Read and write payments");
  expect(scopeInWords("accounting.contacts.read")).toBe("Read contacts");
  expect(scopeInWords("accounting.novelty")).toBe("accounting.novelty");
});

test("pasted scopes are tidied", () => {
  expect(tidyScopes(" openid,\n email  openid ")).toBe("openid email");
});
