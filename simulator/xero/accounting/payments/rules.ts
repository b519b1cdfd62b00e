/** Which payments Xero takes (xero-platform.md 3.7). Texts marked (?) there are of our own making. */
import type { Account, Organisation, Payment, Settled } from "../../model.ts";
import { refuseLocked } from "../invoices/rules.ts";
import { outstanding } from "./settled.ts";

export const noAccount = "You must specify and Account code or Account ID for the payment";

/** An account that takes payments: a bank account, or one that says so; and still in use. */
export function refuseAccount(account: Account | undefined, named: string): string | null {
  if (!account) return `Account code '${named}' is not a valid code for this document.`;
  if (account.status !== "ACTIVE") return `Account code '${named}' has been archived, or deleted.`;
  if (account.type === "BANK" || account.enablePayments) return null;
  return `Account code '${named}' is not a valid code for this document.`;
}

/** Paying what is paid, or too much, says both things. */
export function faultsOfAmount(settled: Settled, amount: number): string[] {
  if (amount <= 0) return ["Payment amount must be greater than zero"];
  const isOpen = settled.document.status === "AUTHORISED";
  const exceeds = amount > outstanding(settled);
  if (isOpen && !exceeds) return [];
  return [
    "Payments can only be made against Authorised documents",
    ...(exceeds ? ["Payment amount exceeds the amount outstanding on this document"] : []),
  ];
}

/** Not into closed books, and not before the document existed (?). */
export function faultsOfDay(organisation: Organisation, { document }: Settled, day: string): string[] {
  const locked = refuseLocked(organisation, day);
  return [
    ...(locked ? [locked] : []),
    ...(day < document.day ? ["The payment date cannot be before the document date"] : []),
  ];
}

/** The account's currency is the document's or the base currency; a second foreign one is refused (?). */
export function refuseCurrency(account: Account, { document }: Settled, baseCurrency: string): string | null {
  const currency = account.currency ?? baseCurrency;
  return currency === document.currency || currency === baseCurrency
    ? null
    : `The currency of the payment account (${currency}) must be the document's currency or the base currency`;
}

/** Null when the payment may go. The reconciled text is not verified (?), nor is that closed books keep it (?). */
export function refuseRemoval(
  organisation: Organisation,
  { status, batchId, isReconciled, day }: Payment,
  asked: string | undefined,
): string | null {
  if (asked?.toUpperCase() !== "DELETED") return "Payments can only be updated to a status of DELETED";
  if (status === "DELETED") return "This payment has already been deleted";
  if (batchId) return "Payments within a batch cannot be deleted.";
  if (isReconciled)
    return "This payment cannot be deleted as it has been reconciled with a bank statement line";
  return refuseLocked(organisation, day);
}
