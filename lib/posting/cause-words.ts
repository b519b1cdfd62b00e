import type { Cause } from "./causes.ts";

/** What each cause means to a person, and how it is mended. Xero's own text stands beside each payment. */
export const CAUSE_WORDS: Record<Cause, { title: string; fix: string }> = {
  settled: {
    title: "The invoice no longer owes this much",
    fix: "It was paid, credited or voided in Xero after the client paid here. Say where what is too much goes, or remove the other payment in Xero and try again.",
  },
  used: {
    title: "The credit of money that went back has been used in Xero",
    fix: "Its credit note or overpayment was paid out, voided or set against an invoice there. If Xero shows already that the money went back, mark it as resolved; else remove the other entry in Xero, then try again.",
  },
  locked: {
    title: "Xero's books are locked on that day",
    fix: "Move the lock date in Xero under Accounting, Advanced, Financial settings; then try again.",
  },
  clearing: {
    title: "The clearing account takes no payments",
    fix: "It was archived, deleted or changed in Xero. Restore it there, or choose another under Settings, Payment link; then try again: it goes to the account that is chosen then. An overpayment needs a bank account.",
  },
  till_account: {
    title: "The account of a way to pay takes no payments",
    fix: "An order was paid in a way whose account was archived, deleted or changed in Xero. Restore it there, then try again; or enter the payment in Xero on another account and mark it as resolved.",
  },
  bank: {
    title: "The bank account of payouts takes no transfer",
    fix: "It was archived, deleted or changed in Xero. Restore it there, or choose another under Settings, Payouts; then try again.",
  },
  fee_account: {
    title: "The account for fees can't be used",
    fix: "It was archived, deleted or changed in Xero. Restore it there, or choose another under Settings, Payouts; then try again.",
  },
  line_account: {
    title: "An account on the lines can't be used",
    fix: "Xero has archived or changed the account that it names below. Restore it in Xero, then try again; or map what an order sells to another one under Settings, Mapping: it is then written anew. A refund's credit note uses the accounts of the invoice it corrects: there, you may change the account on the invoice's lines in Xero instead.",
  },
  account_currency: {
    title: "The clearing account is kept in another currency",
    fix: "Under Settings, Payment link, choose an account in the organisation's own currency or the invoice's; then try again.",
  },
  line_tax: {
    title: "A tax rate on the lines can't be used",
    fix: "Mend in Xero the tax rate that it names below, then try again. A refund's credit note uses the tax rates of the invoice it corrects: there, you may change the invoice's lines in Xero instead.",
  },
  fee_tax: {
    title: "The tax rate for fees can't be used",
    fix: "Choose another under Settings, Payouts; then try again.",
  },
  contact: {
    title: "The client is archived in Xero",
    fix: "Restore the contact in Xero under Contacts, Archived; then try again.",
  },
  fee_contact: {
    title: "The contact Stripe is archived in Xero",
    fix: "The processor's fees are entered under it. Restore it in Xero under Contacts, Archived; then try again.",
  },
  contact_name: {
    title: "Another contact has this name in Xero",
    fix: "A new client can't have the name of an active contact. If it is the same client, choose that contact for the order; else rename the other one in Xero, then try again.",
  },
  contact_email: {
    title: "Xero doesn't take the client's e-mail address",
    fix: "A new client has an address that Xero refuses, such as one with umlauts. Enter the client in Xero by hand, choose that contact for the order, and mark this as resolved.",
  },
  number_taken: {
    title: "Its number is taken in Xero",
    fix: "Another document has the number that the order's has here. Look in Xero which of them is right: rename the other one there and try again, or mark this as resolved.",
  },
  item: {
    title: "An item on the lines can't be used",
    fix: "Xero doesn't know the item that it names below, or can't sell it as it is. Restore it in Xero under Products and services, then try again.",
  },
  attachment: {
    title: "Xero didn't take a file of an order",
    fix: "The invoice itself is in Xero. Put the file on it there and mark this as resolved, or mend what Xero says and try again.",
  },
  invoice_email: {
    title: "Xero didn't e-mail an invoice",
    fix: "The invoice itself is in Xero. The contact may have no e-mail address there, or the organisation has sent all that it may today (a demo company sends none). Mend that and try again, or send the invoice another way and mark this as resolved.",
  },
  currency: {
    title: "The organisation has not added this currency",
    fix: "Add the currency in Xero under Settings, Currencies, if your plan has it; then try again.",
  },
  batch_currency: {
    title: "Xero takes no batch payment in this currency",
    fix: "Several invoices in a currency that isn't the organisation's own can't be paid in one batch. Enter a payment on each invoice in Xero, to the clearing account and with the reference below; then mark it as resolved.",
  },
  plan: {
    title: "The Xero plan has reached its limit",
    fix: "Wait for the new month or change the plan in Xero; then try again.",
  },
  reconciled: {
    title: "It is reconciled with the bank in Xero",
    fix: "Unreconcile it in Xero under Bank accounts; then try again.",
  },
  in_use: {
    title: "What is to be removed is in use in Xero",
    fix: "It is paid out or set against an invoice there. Remove that in Xero; then try again.",
  },
  gone: {
    title: "Xero no longer has what this is about",
    fix: "The invoice, credit note or payment is not in this organisation any more. Look for it in Xero; then enter there what is missing, and mark it as resolved.",
  },
  desk: {
    title: "The desk could not prepare it",
    fix: "Nothing was sent to Xero. It is tried again by itself. If it stays, enter it in Xero by hand and mark it as resolved, and tell whoever runs the desk.",
  },
  chore: {
    title: "Only a person can do this in Xero",
    fix: "Do what it says, then mark it as resolved.",
  },
  other: {
    title: "Xero refused it",
    fix: "Mend in Xero what it says, then try again.",
  },
};
