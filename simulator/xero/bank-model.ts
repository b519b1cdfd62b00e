/** What moves money at a bank account, and what apps note of documents; as model.ts holds the rest. */
import type { Line, LineAmountType } from "./model.ts";

export const bankTransactionTypes = [
  ...(["SPEND", "RECEIVE"] as const),
  ...(["SPEND-OVERPAYMENT", "RECEIVE-OVERPAYMENT", "SPEND-PREPAYMENT", "RECEIVE-PREPAYMENT"] as const),
  ...(["SPEND-TRANSFER", "RECEIVE-TRANSFER"] as const),
] as const;
export type BankTransactionType = (typeof bankTransactionTypes)[number];

/** Money spent or received at a bank account: by itself, as a credit of a contact, or as one side of a transfer. */
export type BankTransaction = {
  id: string;
  type: BankTransactionType;
  status: "AUTHORISED" | "DELETED" | "VOIDED";
  bankAccountId: string;
  /** A transfer has none. */
  contactId?: string;
  day: string;
  reference: string;
  lineAmountType: LineAmountType;
  lines: Line[];
  subTotal: number;
  totalTax: number;
  total: number;
  /** The bank account's, but for an overpayment, which may have one of its own. */
  currency: string;
  /** In the bank account's currency, where that is another. */
  bankAmount?: number;
  rate: number;
  isReconciled: boolean;
  url?: string;
  /** The overpayment or prepayment that it is. */
  creditId?: string;
  transferId?: string;
  createdBy?: string;
};

/** Money from one bank account to another; a bank transaction at each says whether that side is reconciled. */
export type BankTransfer = {
  id: string;
  status: "AUTHORISED" | "DELETED";
  fromAccountId: string;
  toAccountId: string;
  fromTransactionId: string;
  toTransactionId: string;
  day: string;
  amount: number;
  reference: string;
  createdAt: number;
  createdBy?: string;
};

/** A note that an app has put to the history of a document. */
export type HistoryNote = { id: string; documentId: string; at: number; details: string; createdBy?: string };
