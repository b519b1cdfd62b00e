import type { Posting } from "./store.ts";

/** What each document is called on a list of things to do, before its reference. */
export const KIND_WORDS: Record<Posting["kind"], string> = {
  payment: "Payment",
  batch_payment: "Payment of several invoices",
  credit_note: "Credit note of a refund",
  credit_refund: "Refund out of the clearing account",
  removal: "Removal of",
  overpayment: "Overpayment",
  chore: "To do in Xero for",
  fee: "Processor fee of a payout",
  transfer: "Payout to the bank",
  transfer_back: "Payout that came back from the bank",
};
