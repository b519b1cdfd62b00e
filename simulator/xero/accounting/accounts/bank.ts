import type { Account } from "../../model.ts";
import type { Named } from "./find.ts";

/** What is wrong with the account as a place where money moves: it is no bank account, or no longer in use. */
export function faultsOfBankAccount({ account, named }: Named, property: string): string[] {
  if (!named) return [`${property} must be specified`];
  if (account?.type !== "BANK") return [`Account code '${named}' is not a valid code for this document.`];
  return account.status === "ACTIVE" ? [] : [`Account code '${named}' has been archived, or deleted.`];
}

export const currencyOf = ({ currency }: Account, baseCurrency: string) => currency ?? baseCurrency;
