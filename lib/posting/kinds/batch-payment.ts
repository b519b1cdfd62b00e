import { OWES_LESS } from "../causes.ts";
import type { DocumentKind, TakenBack } from "./kind.ts";

/** Money for several invoices of one client in their organisation's own currency, as one line of the bank account. */
export const batchPayment: DocumentKind = {
  words: "Payment of several invoices",
  refusals: [
    { cause: "batch_currency", says: /currency/i },
    { cause: "settled", says: OWES_LESS },
  ],
  send: (xero, posting, key) => xero.createBatchPayment(posting, key),
  find: (xero, posting) => xero.findBatchPayments(posting.reference, posting.currency),
};

export const batchPaymentTakenBack: TakenBack = {
  takeBack: (xero, xeroId, key) => xero.deletePayment({ xeroId, isBatch: true }, key),
  isThere: (xero, xeroId) => xero.isPaymentThere({ xeroId, isBatch: true }),
};
