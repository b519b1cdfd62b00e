/** Which bank transactions Xero takes and lets go (xero-platform.md 3.9, 3.10). Texts marked (?) are ours. */
import type { BankTransaction, BankTransactionType } from "../../bank-model.ts";
import type { BankCreditType, LineAmountType, Organisation } from "../../model.ts";
import { refuseLocked } from "../invoices/rules.ts";

/** Recorded from Xero, for edits and for deletions alike. */
export const reconciled =
  "This Bank Transaction cannot be edited as it has been reconciled with a Bank Statement.";

/** Money that is a credit of its contact at once. */
export const isCredit = (type: BankTransactionType): type is BankCreditType =>
  /-(OVER|PRE)PAYMENT$/.test(type);

export const creditKindOf = (type: BankCreditType) =>
  type.endsWith("OVERPAYMENT") ? "overpayment" : "prepayment";

export const isOverpayment = (type: BankTransactionType) => type.endsWith("OVERPAYMENT");

export const isPlain = (type: BankTransactionType) => type === "SPEND" || type === "RECEIVE";
const isTransfer = (type: BankTransactionType) => type.endsWith("TRANSFER");

/** Into the account, or out of it. */
export const isReceived = ({ type }: Pick<BankTransaction, "type">) => type.startsWith("RECEIVE");

export function faultsOfType(type: BankTransactionType | undefined): string[] {
  if (!type) return ["Bank transaction type must be specified"];
  return isTransfer(type) ? ["Transfers can only be created by the BankTransfers endpoint"] : [];
}

export function faultsOfTax(type: BankTransactionType, lineAmountType: LineAmountType): string[] {
  return isOverpayment(type) && lineAmountType !== "NoTax"
    ? ["The LineAmountTypes of an overpayment must be NoTax"]
    : [];
}

/** DOC banktransactions, "Deleting spend and receive money transactions"; the words of a refusal are unknown (?). */
const noDeletes =
  "Deletes are not supported for spend prepayment, receive prepayment, spend overpayment or receive overpayment transactions.";

/** DELETED what was spent or received, VOIDED an overpayment or prepayment (OAS BankTransaction.Status, PR 93). */
export const isGone = ({ status }: Pick<BankTransaction, "status">) =>
  status === "DELETED" || status === "VOIDED";

const wrongStatus = "Bank transaction not of valid status for modification";

/** Null when the API may delete it: plain money, not matched with a bank line, in open books. */
export function refuseDeletion(transaction: BankTransaction, organisation: Organisation): string | null {
  const { type, isReconciled, day } = transaction;
  if (isGone(transaction)) return wrongStatus;
  if (isTransfer(type)) return "Transfers can only be deleted by the BankTransfers endpoint";
  if (isCredit(type)) return noDeletes;
  if (isReconciled) return reconciled;
  return refuseLocked(organisation, day);
}

/** Null when its lines and the rest may be edited. */
export function refuseEdit(transaction: BankTransaction): string | null {
  const { type, isReconciled } = transaction;
  if (isGone(transaction)) return wrongStatus;
  if (isReconciled) return reconciled;
  return isPlain(type) ? null : "Only SPEND and RECEIVE transactions can be edited";
}
