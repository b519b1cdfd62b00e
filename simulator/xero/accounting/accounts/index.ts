/** The chart of accounts (xero-platform.md 3.6). */
import type { Folded } from "../../body.ts";
import { type Call, type Endpoint, envelope } from "../../call.ts";
import { invalid, notFound } from "../../errors.ts";
import type { Account } from "../../model.ts";
import { fields, inside, valueInside } from "../../query/fields.ts";
import { accounts, bankTransactions, payments } from "../../store/books.ts";
import type { Stored } from "../../store/rows.ts";
import { list } from "../list.ts";
import { writeAll } from "../write.ts";
import { accountToWire, classes } from "./wire.ts";
import { createAccount, updateAccount } from "./write.ts";

const known = fields("Account", {
  AccountID: ["id", "guid"],
  Code: ["label", "text"],
  Name: ["reference", "text"],
  Type: ["type", "text"],
  Status: ["status", "text"],
  TaxType: [inside("taxType"), "text"],
  SystemAccount: [inside("systemAccount"), "text"],
  BankAccountNumber: [inside("bankAccountNumber"), "text"],
  CurrencyCode: [inside("currency"), "text"],
  Class: [
    `(case type ${Object.entries(classes)
      .map(([type, name]) => `when '${type}' then '${name}'`)
      .join(" ")} end)`,
    "text",
  ],
  EnablePaymentsToAccount: [valueInside("enablePayments"), "flag"],
  UpdatedDateUTC: ["updated_at", "instant"],
});

const scopes = ["accounting.settings"];

export const accountEndpoints: Endpoint[] = [
  {
    method: "GET",
    pattern: "/Accounts",
    scopes,
    handler(call) {
      const { rows } = list(call, accounts, { fields: known, pages: false });
      return envelope(call, { Accounts: rows.map(accountToWire) });
    },
  },
  {
    method: "GET",
    pattern: "/Accounts/:id",
    scopes,
    handler: (call) => envelope(call, { Accounts: [accountToWire(required(call))] }),
  },
  {
    method: "PUT",
    pattern: "/Accounts",
    scopes,
    handler: (call) =>
      writeAll(call, {
        name: "Accounts",
        idName: "AccountID",
        write: (body) => accountToWire(createAccount(call, body)),
      }),
  },
  {
    method: "POST",
    pattern: "/Accounts/:id",
    scopes,
    handler(call) {
      const account = required(call);
      const write = (body: Folded) => accountToWire(updateAccount(call, account, body));
      return writeAll(call, { name: "Accounts", idName: "AccountID", write });
    },
  },
  {
    method: "DELETE",
    pattern: "/Accounts/:id",
    scopes,
    handler(call) {
      const account = required(call);
      const paid = payments.count(call, { text: "data ->> '$.accountId' = ?", values: [account.id] });
      const moved = bankTransactions.count(call, { text: "label = ?", values: [account.id] });
      if (account.systemAccount || paid + moved > 0) {
        throw invalid([
          { ...accountToWire(account), ValidationErrors: [{ Message: "This account cannot be deleted." }] },
        ]);
      }
      return envelope(call, {
        Accounts: [
          { ...accountToWire(accounts.put(call, { ...account, status: "ARCHIVED" })), Status: "DELETED" },
        ],
      });
    },
  },
];

function required(call: Call): Stored<Account> {
  const account = accounts.get(call, call.params.id ?? "");
  if (!account) throw notFound();
  return account;
}
