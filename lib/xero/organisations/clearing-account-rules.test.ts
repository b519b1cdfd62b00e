import { expect, test } from "vitest";
import type { XeroAccount } from "../api/types.ts";
import { clearingRefusalInWords, refuseClearing } from "./clearing-account-rules.ts";

const account = (over: Partial<XeroAccount> = {}): XeroAccount => ({
  accountId: "a",
  code: "090",
  name: "Card clearing",
  type: "BANK",
  status: "ACTIVE",
  enablePayments: false,
  systemAccount: null,
  bankAccountType: "BANK",
  taxType: "BASEXCLUDED",
  currency: "AUD",
  updatedAt: new Date(0),
  ...over,
});

test.each<[string, Partial<XeroAccount>, string | null]>([
  ["a bank account in the base currency", {}, null],
  ["a current asset that takes payments", { type: "CURRENT", enablePayments: true, currency: null }, null],
  ["a current asset that takes none", { type: "CURRENT", currency: null }, "takes_no_payments"],
  [
    "a current liability that takes payments",
    { type: "CURRLIAB", enablePayments: true, currency: null },
    null,
  ],
  ["an equity account that takes payments", { type: "EQUITY", enablePayments: true }, "wrong_type"],
  ["a revenue account that takes payments", { type: "REVENUE", enablePayments: true }, "wrong_type"],
  ["a loan that takes payments", { type: "TERMLIAB", enablePayments: true }, "wrong_type"],
  ["a credit card", { bankAccountType: "CREDITCARD" }, "wrong_type"],
  ["an archived account", { status: "ARCHIVED" }, "archived"],
  ["accounts receivable", { type: "CURRENT", systemAccount: "DEBTORS", enablePayments: true }, "system"],
  ["a bank account in another currency", { currency: "USD" }, "other_currency"],
])("%s as clearing account: %o → %s", (_, over, expected) => {
  expect(refuseClearing(account(over), "AUD")).toBe(expected);
});

test("a refusal names the account and says what to do", () => {
  expect(clearingRefusalInWords("archived", account(), "AUD")).toBe(
    "Card clearing is archived in Xero. Choose an active account.",
  );
});
