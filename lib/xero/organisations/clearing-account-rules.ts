import type { XeroAccount } from "../api/types.ts";

export type ClearingRefusal = "archived" | "system" | "wrong_type" | "takes_no_payments" | "other_currency";

/**
 * Where money may wait between a payment and its payout: what the firm has or owes for a short time. Xero would write
 * payments to any account with "Enable payments" (Accounts, AccountType), also to equity or revenue, which it is not.
 */
const TYPES = ["BANK", "CURRENT", "CURRLIAB"];

/** Why payments can't be written to this account, or null when they can. */
export function refuseClearing(account: XeroAccount, baseCurrency: string): ClearingRefusal | null {
  if (account.status !== "ACTIVE") return "archived";
  if (account.systemAccount) return "system";
  // What stands on a card is owed to its bank, and a payout can't leave it.
  if (!TYPES.includes(account.type) || account.bankAccountType === "CREDITCARD") return "wrong_type";
  if (account.type !== "BANK" && !account.enablePayments) return "takes_no_payments";
  if (account.currency && account.currency !== baseCurrency) return "other_currency";
  return null;
}

export function clearingRefusalInWords(
  refusal: ClearingRefusal,
  { name }: { name: string },
  baseCurrency: string,
): string {
  switch (refusal) {
    case "archived":
      return `${name} is archived in Xero. Choose an active account.`;
    case "system":
      return `${name} is one of Xero's system accounts, which take no payments from outside.`;
    case "wrong_type":
      return `${name} is not an account where money can wait. Choose a bank account, or a current asset or current liability that takes payments.`;
    case "takes_no_payments":
      return `${name} takes no payments. In Xero, tick “Enable payments to this account”, or choose a bank account.`;
    case "other_currency":
      return `${name} is kept in another currency. Choose an account in ${baseCurrency}.`;
  }
}
