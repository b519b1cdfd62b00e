import { randomUUID } from "node:crypto";
import { type Folded, flag, text } from "../../body.ts";
import type { Call } from "../../call.ts";
import type { Account } from "../../model.ts";
import { accounts } from "../../store/books.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { demand } from "../write.ts";
import { classes } from "./wire.ts";

export function createAccount(call: Call, body: Folded): Stored<Account> {
  const [code, name, type] = [
    text(body, "Code"),
    text(body, "Name") ?? "",
    text(body, "Type")?.toUpperCase() ?? "",
  ];
  const bankAccountNumber = text(body, "BankAccountNumber");
  demand([
    ...faultsOfCode(code),
    ...(name ? faultsOfNaming(call, { code, name }) : ["Please enter a unique Name."]),
    ...(type in classes ? [] : ["Account type must be specified"]),
    ...(type === "BANK" && !bankAccountNumber ? ["Bank account number must be specified"] : []),
    ...(type !== "BANK" && !code ? ["Please enter a unique Code."] : []),
  ]);
  const description = text(body, "Description");
  const account: Account = {
    id: randomUUID(),
    ...(code && { code }),
    name,
    type,
    status: "ACTIVE",
    taxType: text(body, "TaxType") ?? "NONE",
    enablePayments: flag(body, "EnablePaymentsToAccount") ?? false,
    showInExpenseClaims: flag(body, "ShowInExpenseClaims") ?? false,
    ...(description && { description }),
    ...(type === "BANK" && {
      bankAccountNumber: bankAccountNumber ?? "",
      bankAccountType: text(body, "BankAccountType") ?? "BANK",
      currency: text(body, "CurrencyCode") ?? call.organisation.baseCurrency,
    }),
  };
  return saveAccount(call, account, "created");
}

export function updateAccount(call: Call, account: Stored<Account>, body: Folded): Stored<Account> {
  const status = text(body, "Status")?.toUpperCase();
  const name = text(body, "Name") ?? account.name;
  const code = text(body, "Code") ?? account.code;
  const taxType = text(body, "TaxType") ?? account.taxType;
  const enablePayments = flag(body, "EnablePaymentsToAccount") ?? account.enablePayments;
  const isChanged =
    name !== account.name ||
    code !== account.code ||
    taxType !== account.taxType ||
    enablePayments !== account.enablePayments;
  demand([
    ...faultsOfCode(code),
    ...(status === "ARCHIVED" && isChanged
      ? ["An account cannot be archived and changed in the same request"]
      : []),
    ...faultsOfNaming(call, { code, name }, account.id),
    ...(account.systemAccount && status === "ARCHIVED" ? ["System accounts cannot be archived."] : []),
  ]);
  const after: Account = {
    ...account,
    name,
    ...(code && { code }),
    taxType,
    status: status === "ARCHIVED" || status === "ACTIVE" ? status : account.status,
    enablePayments,
  };
  return saveAccount(call, after, "updated");
}

/** DOC accounts: Code "(max length = 10)"; archiving "cannot be" with other changes. The words are ours (?). */
const faultsOfCode = (code: string | undefined) =>
  code !== undefined && code.length > 10 ? ["The account code must not be more than 10 characters"] : [];

function faultsOfNaming(
  scope: Scope,
  { code, name }: { code: string | undefined; name: string },
  ownId?: string,
): string[] {
  const others = accounts.list(scope).filter(({ id }) => id !== ownId);
  const same = (one: string | undefined, other: string) => one?.toLowerCase() === other.toLowerCase();
  return [
    ...(code && others.some((other) => same(other.code, code)) ? ["Please enter a unique Code."] : []),
    ...(others.some((other) => same(other.name, name)) ? ["Please enter a unique Name."] : []),
  ];
}

/** Also the control API's way to archive one "in Xero". */
export function saveAccount(scope: Scope, account: Account, what: "created" | "updated"): Stored<Account> {
  const { world, tenantId } = scope;
  world.journal.write(`xero.account.${what}`, { tenantId, accountId: account.id, status: account.status });
  return accounts.put(scope, account);
}
