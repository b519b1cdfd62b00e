import type { XeroAccount } from "./types.ts";

export type ClearingRefusal = "archived" | "system" | "takes_no_payments" | "other_currency";

/** Why payments can't be written to this account, or null when they can. */
export function refuseClearing(account: XeroAccount, baseCurrency: string): ClearingRefusal | null {
  if (account.status !== "ACTIVE") return "archived";
  if (account.systemAccount) return "system";
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
    case "takes_no_payments":
      return `${name} takes no payments. In Xero, tick “Enable payments to this account”, or choose a bank account.`;
    case "other_currency":
      return `${name} is kept in another currency. Choose an account in ${baseCurrency}.`;
  }
}
