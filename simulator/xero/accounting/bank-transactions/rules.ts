/** Which bank transactions Xero takes and lets go (xero-platform.md 3.9, 3.10). Texts marked (?) are ours. */
import type { BankCreditType, BankTransaction, BankTransactionType } from "../../bank-model.ts";
import { type CreditDocument, isUsed, type LineAmountType, type Organisation } from "../../model.ts";
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

type Around = { organisation: Organisation; credit: CreditDocument | undefined };

/** Null when it may be deleted: it is not matched with a bank line, its credit is untouched, its books are open. */
export function refuseDeletion(
  { status, type, isReconciled, day }: BankTransaction,
  { organisation, credit }: Around,
): string | null {
  if (status === "DELETED") return "Bank transaction not of valid status for modification";
  if (isTransfer(type)) return "Transfers can only be deleted by the BankTransfers endpoint";
  if (isReconciled) return reconciled;
  if (credit && isUsed(credit))
    return "This document cannot be edited as it has a payment or credit note allocated to it.";
  return refuseLocked(organisation, day);
}

/** Null when its lines and the rest may be edited. */
export function refuseEdit({ status, type, isReconciled }: BankTransaction): string | null {
  if (status === "DELETED") return "Bank transaction not of valid status for modification";
  if (isReconciled) return reconciled;
  return isPlain(type) ? null : "Only SPEND and RECEIVE transactions can be edited";
}
