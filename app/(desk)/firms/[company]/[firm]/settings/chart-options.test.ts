import { expect, test } from "vitest";
import type { BooksChart } from "#lib/mirror/chart.ts";
import {
  accountInWords,
  lineAccounts,
  payAccounts,
  taxInWords,
  taxRates,
  trackingSlots,
} from "./chart-options.ts";

const ofAccount = { class: null, taxType: null, systemAccount: null, currency: null };
const CHART: BooksChart = {
  accounts: [
    account("090", "Bank", { type: "BANK" }),
    account("200", "Sales", {}),
    account("210", "Old Sales", { status: "ARCHIVED" }),
    account("610", "Accounts Receivable", { systemAccount: "DEBTORS" }),
    account("612", "Clearing", { enablePayments: true }),
  ],
  taxRates: [
    {
      taxType: "OUTPUT",
      name: "GST on Income",
      percent: "10.0000",
      status: "ACTIVE",
      appliesTo: ["revenue"],
    },
    { taxType: "INPUT", name: "10% on Expenses", percent: "10", status: "ACTIVE", appliesTo: ["expenses"] },
    { taxType: "OLD", name: "Old", percent: "5", status: "DELETED", appliesTo: ["revenue"] },
  ],
  items: [],
  tracking: [category("gone", "ARCHIVED"), category("region", "ACTIVE"), category("service", "ACTIVE")],
  currencies: [],
  lockedUntil: null,
  asOf: new Date(),
};

function account(code: string, name: string, more: Partial<BooksChart["accounts"][number]>) {
  return {
    ...{ accountId: code, code, name, type: "REVENUE", status: "ACTIVE", enablePayments: false },
    ...{ ...ofAccount, ...more },
  };
}

function category(categoryId: string, status: string) {
  const options = [
    { optionId: "north", name: "North", status: "ACTIVE" },
    { optionId: "old", name: "Old", status: "ARCHIVED" },
  ];
  return { categoryId, name: categoryId, status, options };
}

const values = (options: { value: string }[]) => options.map(({ value }) => value);

test("lines are offered accounts that take them, and what is kept is shown whatever has become of it", () => {
  expect(values(lineAccounts(CHART, "200"))).toEqual(["200", "612"]);
  expect(lineAccounts(CHART, "210", null, "999").slice(2)).toEqual([
    { value: "210", label: "210 · Old Sales (archived)" },
    { value: "999", label: "999 · not in Xero" },
  ]);
  expect(accountInWords(CHART, "200")).toBe("200 · Sales");
});

test("tenders are offered bank accounts and those that take payments", () => {
  expect(values(payAccounts(CHART, null))).toEqual(["090", "612"]);
  expect(payAccounts(CHART, "gone").at(-1)?.label).toBe("an account that is no longer in Xero");
});

test("a tax rate says its per cent once, and sales are offered those that go with revenue", () => {
  expect(taxInWords(CHART, "OUTPUT")).toBe("GST on Income (10%)");
  expect(taxInWords(CHART, "INPUT")).toBe("10% on Expenses");
  expect(values(taxRates(CHART, null, "revenue"))).toEqual(["OUTPUT"]);
  expect(values(taxRates(CHART, "OLD"))).toEqual(["OUTPUT", "INPUT", "OLD"]);
});

test("each active tracking category is a choice of its active options, and of the one that is kept", () => {
  const slots = trackingSlots(CHART, [{ categoryId: "service", optionId: "old" }]);
  expect(slots.map(({ name, category, kept }) => [name, category, kept])).toEqual([
    ["firstTracking", "region", undefined],
    ["secondTracking", "service", "service/old"],
  ]);
  expect(slots.map(({ options }) => values(options))).toEqual([
    ["region/north"],
    ["service/north", "service/old"],
  ]);
});
