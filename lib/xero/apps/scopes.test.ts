import { expect, test } from "vitest";
import {
  covers,
  DEFAULT_SCOPES,
  missingScopes,
  ORDER_SCOPES,
  scopeInWords,
  stopsPayments,
  tidyScopes,
} from "./scopes.ts";

test("O8: exactly these scopes are asked for unless somebody changes them", () => {
  expect(DEFAULT_SCOPES).toBe(
    "openid profile email offline_access accounting.settings.read accounting.contacts accounting.invoices accounting.attachments accounting.payments accounting.banktransactions",
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
  const before = DEFAULT_SCOPES.replace("accounting.contacts", "accounting.contacts.read")
    .replace(" accounting.attachments", "")
    .split(" ");
  expect(missingScopes(before)).toEqual([]);
  expect(ORDER_SCOPES.filter((scope) => covers(before, scope))).toEqual([]);
  expect([...ORDER_SCOPES, "accounting.contacts.read"].map(stopsPayments)).toEqual([false, false, true]);
  expect(["accounting.settings", "accounting.settings.read"].map(stopsPayments)).toEqual([false, true]);
});

test("scopes are read to people in words", () => {
  expect(scopeInWords("accounting.payments")).toBe("Read and write payments");
  expect(scopeInWords("accounting.contacts.read")).toBe("Read contacts");
  expect(scopeInWords("accounting.novelty")).toBe("accounting.novelty");
});

test("pasted scopes are tidied", () => {
  expect(tidyScopes(" openid,\n email  openid ")).toBe("openid email");
});
