import type { Account, AccountClass } from "../../model.ts";
import type { Stored } from "../../store/rows.ts";
import { instant, type Wire } from "../../wire.ts";

/** The class of each type of account (xero-platform.md 3.6). */
export const classes: Record<string, AccountClass> = {
  BANK: "ASSET",
  CURRENT: "ASSET",
  FIXED: "ASSET",
  INVENTORY: "ASSET",
  NONCURRENT: "ASSET",
  PREPAYMENT: "ASSET",
  CURRLIAB: "LIABILITY",
  LIABILITY: "LIABILITY",
  TERMLIAB: "LIABILITY",
  PAYG: "LIABILITY",
  EQUITY: "EQUITY",
  DEPRECIATN: "EXPENSE",
  DIRECTCOSTS: "EXPENSE",
  EXPENSE: "EXPENSE",
  OVERHEADS: "EXPENSE",
  OTHERINCOME: "REVENUE",
  REVENUE: "REVENUE",
  SALES: "REVENUE",
};

export function accountToWire(account: Stored<Account>): Wire {
  return {
    AccountID: account.id,
    ...(account.code !== undefined && { Code: account.code }),
    Name: account.name,
    Status: account.status,
    Type: account.type,
    TaxType: account.taxType,
    ...(account.description && { Description: account.description }),
    Class: classes[account.type],
    ...(account.systemAccount && { SystemAccount: account.systemAccount }),
    EnablePaymentsToAccount: account.enablePayments,
    ShowInExpenseClaims: account.showInExpenseClaims,
    BankAccountType: account.bankAccountType ?? "",
    ...(account.bankAccountNumber !== undefined && { BankAccountNumber: account.bankAccountNumber }),
    ...(account.currency && { CurrencyCode: account.currency }),
    ReportingCode: "ASS",
    HasAttachments: false,
    UpdatedDateUTC: instant(account.updatedAt),
    AddToWatchlist: false,
  };
}
