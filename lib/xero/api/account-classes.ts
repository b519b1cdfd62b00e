/** Xero's classes of accounts, by the names in a tax rate's flags: "CanApplyToAssets". */
export const ACCOUNT_CLASSES = ["assets", "equity", "expenses", "liabilities", "revenue"] as const;
export type AccountClass = (typeof ACCOUNT_CLASSES)[number];

/**
 * By Xero's account types (xero-platform 3.6; the last four are of payroll in Australia, and older than the SDK's list: DOC
 * types, account types).
 */
const CLASSES: Partial<Record<string, AccountClass>> = {
  BANK: "assets",
  CURRENT: "assets",
  FIXED: "assets",
  INVENTORY: "assets",
  NONCURRENT: "assets",
  PREPAYMENT: "assets",
  EQUITY: "equity",
  DEPRECIATN: "expenses",
  DIRECTCOSTS: "expenses",
  EXPENSE: "expenses",
  OVERHEADS: "expenses",
  CURRLIAB: "liabilities",
  LIABILITY: "liabilities",
  PAYG: "liabilities",
  TERMLIAB: "liabilities",
  OTHERINCOME: "revenue",
  REVENUE: "revenue",
  SALES: "revenue",
  PAYGLIABILITY: "liabilities",
  SUPERANNUATIONEXPENSE: "expenses",
  SUPERANNUATIONLIABILITY: "liabilities",
  WAGESEXPENSE: "expenses",
};

/** The class of accounts of this type, as tax rates name it; null of a type that we don't know. */
export function classOf(accountType: string): AccountClass | null {
  return CLASSES[accountType] ?? null;
}

export function isAccountClass(name: string): name is AccountClass {
  return ACCOUNT_CLASSES.some((one) => one === name);
}
