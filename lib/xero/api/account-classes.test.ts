import { expect, test } from "vitest";
import { AccountType } from "xero-node/dist/gen/model/accounting/accountType.js";
import { classOf } from "./account-classes.ts";

test("each type of account that Xero's library knows has a class", () => {
  const types = Object.keys(AccountType).filter((name) => Number.isNaN(Number(name)));
  expect(types).toContain("REVENUE");
  expect(types.filter((type) => classOf(type) === null)).toEqual([]);
});

test.each([
  ["SALES", "revenue"],
  ["DIRECTCOSTS", "expenses"],
  ["BANK", "assets"],
  ["TERMLIAB", "liabilities"],
  ["EQUITY", "equity"],
  ["SUPERANNUATIONLIABILITY", "liabilities"],
  ["CRYPTO", null],
])("an account of the type %s is among: %s", (type, name) => {
  expect(classOf(type)).toBe(name);
});
