import { expect, test } from "vitest";
import { CurrencyCode } from "xero-node/dist/gen/model/accounting/currencyCode.js";
import { CURRENCIES } from "#lib/core/money/currency-table.ts";

test("the table of currencies knows which ones Xero lists", () => {
  const listed = Object.values(CurrencyCode).filter((code) => /^[A-Z]{3}$/.test(String(code)));
  const ours = Object.keys(CURRENCIES).filter((code) => CURRENCIES[code]?.xero);
  expect(new Set(ours)).toEqual(new Set(listed));
});
