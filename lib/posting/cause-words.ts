import type { Cause } from "./causes.ts";

/** What each cause means to a person, and how it is mended. Xero's own text stands beside each payment. */
export const CAUSE_WORDS: Record<Cause, { title: string; fix: string }> = {
  settled: {
    title: "The invoice no longer owes this much",
    fix: "It was paid, credited or voided in Xero after the client paid here. Say where what is too much goes, or remove the other payment in Xero and try again.",
  },
  locked: {
    title: "Xero's books are locked on that day",
    fix: "Move the lock date in Xero under Accounting, Advanced, Financial settings; then try again.",
  },
  account: {
    title: "The clearing account takes no payments",
    fix: "It was archived, deleted or changed in Xero. Restore it there, or choose another under Settings, Payment link; then try again. An overpayment needs a bank account.",
  },
  contact: {
    title: "The client is archived in Xero",
    fix: "Restore the contact in Xero; then try again.",
  },
  currency: {
    title: "Xero does not take this currency",
    fix: "Add the currency in Xero under Settings, Currencies, if your plan has it; then try again.",
  },
  plan: {
    title: "The Xero plan has reached its limit",
    fix: "Wait for the new month or change the plan in Xero; then try again.",
  },
  reconciled: {
    title: "It is reconciled with the bank in Xero",
    fix: "Unreconcile it in Xero under Bank accounts; then try again.",
  },
  chore: {
    title: "Only a person can do this in Xero",
    fix: "Do what it says, then mark it as done by hand.",
  },
  other: {
    title: "Xero refused it",
    fix: "Mend in Xero what it says, then try again.",
  },
};
