/** Which payments Xero takes (xero-platform.md 3.7). Texts marked (?) there are of our own making. */
import { type Account, amountDue, type Invoice, type Organisation } from "../../model.ts";
import { refuseLocked } from "../invoices/rules.ts";

export const noAccount = "You must specify and Account code or Account ID for the payment";

/** An account that takes payments: a bank account, or one that says so; and still in use. */
export function refuseAccount(account: Account | undefined, named: string): string | null {
  if (!account) return `Account code '${named}' is not a valid code for this document.`;
  if (account.status !== "ACTIVE") return `Account code '${named}' has been archived, or deleted.`;
  if (account.type === "BANK" || account.enablePayments) return null;
  return `Account code '${named}' is not a valid code for this document.`;
}

/** Paying what is paid, or too much, says both things. */
export function faultsOfAmount(invoice: Invoice, amount: number): string[] {
  if (amount <= 0) return ["Payment amount must be greater than zero"];
  const isOpen = invoice.status === "AUTHORISED";
  const exceeds = amount > amountDue(invoice);
  if (isOpen && !exceeds) return [];
  return [
    ...(!isOpen || exceeds ? ["Payments can only be made against Authorised documents"] : []),
    ...(exceeds ? ["Payment amount exceeds the amount outstanding on this document"] : []),
  ];
}

/** Not into closed books, and not before the document existed (?). */
export function faultsOfDay(organisation: Organisation, invoice: Invoice, day: string): string[] {
  const locked = refuseLocked(organisation, day);
  return [
    ...(locked ? [locked] : []),
    ...(day < invoice.day ? ["The payment date cannot be before the document date"] : []),
  ];
}

/** The account's currency is the invoice's or the base currency; a second foreign one is refused (?). */
export function refuseCurrency(account: Account, invoice: Invoice, baseCurrency: string): string | null {
  const currency = account.currency ?? baseCurrency;
  return currency === invoice.currency || currency === baseCurrency
    ? null
    : `The currency of the payment account (${currency}) must be the document's currency or the base currency`;
}
