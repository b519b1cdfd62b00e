import { expect, test } from "vitest";
import type { BooksChart } from "#lib/mirror/chart.ts";
import { proposedSettings } from "./proposal-rules.ts";
import { settingsFaults } from "./target-rules.ts";

type Account = BooksChart["accounts"][number];

function account(code: string, type: string, more: Partial<Account> = {}): Account {
  return {
    accountId: code,
    code,
    name: `Account ${code}`,
    type,
    class: type === "DIRECTCOSTS" ? "expenses" : type === "INVENTORY" ? "assets" : "revenue",
    status: "ACTIVE",
    taxType: "NONE",
    enablePayments: false,
    systemAccount: null,
    currency: null,
    ...more,
  };
}

function chartOf(...accounts: Account[]): BooksChart {
  return {
    accounts,
    taxRates: [],
    items: [],
    tracking: [],
    currencies: [],
    lockedUntil: null,
    asOf: new Date(),
  };
}

const USUAL = chartOf(
  account("100", "SALES"),
  account("200", "REVENUE"),
  account("300", "DIRECTCOSTS"),
  account("310", "DIRECTCOSTS"),
  account("620", "INVENTORY"),
  account("630", "INVENTORY"),
  account("861", "CURRLIAB", { class: "liabilities", systemAccount: "ROUNDING" }),
);

test("of a usual chart the accounts of Xero's own default chart are proposed, and all of it may be saved", () => {
  const { salesAccountCode, ...proposed } = proposedSettings(USUAL);
  expect({ salesAccountCode, ...proposed }).toMatchObject({
    salesAccountCode: "200",
    salesTaxType: null,
    costAccountCode: "310",
    inventoryAccountCode: "630",
    roundingAccountCode: "861",
    process: "untracked",
    numbering: "order",
    dueDays: 14,
  });
  expect(settingsFaults(USUAL, { ...proposed, salesAccountCode: salesAccountCode ?? "" })).toEqual([]);
});

test("where 200 is no revenue, sales go to the first account of the type Sales, else Revenue", () => {
  const asset = account("200", "CURRENT", { class: "assets" });
  expect(
    proposedSettings(
      chartOf(asset, account("250", "REVENUE"), account("460", "SALES"), account("410", "SALES")),
    ).salesAccountCode,
  ).toBe("410");
  expect(proposedSettings(chartOf(asset, account("250", "REVENUE"))).salesAccountCode).toBe("250");
});

test("an archived account is never proposed, and what the chart has not is left open", () => {
  const archived = { status: "ARCHIVED" };
  const chart = chartOf(
    account("200", "REVENUE", archived),
    account("310", "DIRECTCOSTS", archived),
    account("500", "DIRECTCOSTS"),
    account("860", "CURRLIAB", { class: "liabilities" }),
  );
  expect(proposedSettings(chart)).toMatchObject({
    salesAccountCode: null,
    costAccountCode: "500",
    inventoryAccountCode: null,
    roundingAccountCode: null,
  });
});
