import type { Account, BatchPayment, Contact, Payment } from "../../model.ts";
import { fromUnits } from "../../money.ts";
import { requireOrganisation } from "../../organisations.ts";
import { accounts, batchPayments, contacts } from "../../store/books.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { amount, day, dayPair, instant, rate, updated, type Wire } from "../../wire.ts";
import { invoiceInBatch } from "../invoices/wire.ts";
import { type SettledNow, settledByEach } from "./settled.ts";
import { type Detail, settledToWire, type Whole } from "./settled-wire.ts";

export type Around = {
  settled?: SettledNow;
  /** Of an invoice that is shown whole. */
  whole?: Whole;
  contact?: Contact;
  account?: Account;
  batch?: Stored<BatchPayment>;
};

/** Payments as Xero prints them (xero-platform.md 3.7). All but "stub" also show what the payment did to its invoice. */
export function paymentToWire(payment: Stored<Payment>, around: Around, detail: Detail): Wire {
  const { settled, whole, contact, account, batch } = around;
  return {
    PaymentID: payment.id,
    ...(batch && { BatchPaymentID: batch.id, BatchPayment: batchStub(batch) }),
    Date: day(payment.day),
    BankAmount: amount(payment.bankAmount),
    Amount: amount(payment.amount),
    Reference: payment.reference,
    ...(payment.particulars && { Particulars: payment.particulars }),
    ...(payment.details && { Details: payment.details }),
    CurrencyRate: rate(payment.rate),
    PaymentType: payment.type,
    Status: payment.status,
    ...updated(payment.updatedAt),
    HasAccount: account !== undefined,
    IsReconciled: payment.isReconciled,
    ...(account && {
      Account: { AccountID: account.id, ...(account.code && { Code: account.code }), Name: account.name },
    }),
    ...(settled && settledToWire(settled, { contact, whole }, detail)),
    HasValidationErrors: false,
  };
}

function batchStub(batch: Stored<BatchPayment>): Wire {
  return {
    BatchPaymentID: batch.id,
    Account: { AccountID: batch.accountId },
    Date: day(batch.day),
    Type: batch.type,
    Status: batch.status,
    // Texts, both of them (DOC payments; OAS, example of GET /Payments/{PaymentID}); their schema says number and boolean.
    TotalAmount: fromUnits(batch.total, 2),
    UpdatedDateUTC: instant(batch.updatedAt),
    IsReconciled: String(batch.isReconciled),
  };
}

/** The objects around many payments, read once each. */
export function aroundPayments(scope: Scope, list: Payment[]): (payment: Payment) => Around {
  const settledOf = settledByEach(scope, list);
  const parties = contacts.among(
    scope,
    list.flatMap((payment) => settledOf(payment)?.document.contactId ?? []),
  );
  const into = accounts.among(
    scope,
    list.map(({ accountId }) => accountId),
  );
  const batches = batchPayments.among(
    scope,
    list.flatMap(({ batchId }) => batchId ?? []),
  );
  return (payment) => {
    const { accountId, batchId } = payment;
    const settled = settledOf(payment);
    const contact = settled && parties.get(settled.document.contactId);
    const account = into.get(accountId);
    const batch = batchId ? batches.get(batchId) : undefined;
    return {
      ...(settled && { settled }),
      ...(contact && { contact }),
      ...(account && { account }),
      ...(batch && { batch }),
    };
  };
}

/** A batch with its payments (xero-platform.md 3.8), as DOC batchpayments and the example of OAS show them. */
export function batchToWire(batch: Stored<BatchPayment>, members: Stored<Payment>[], scope: Scope): Wire {
  const around = aroundPayments(scope, members);
  const { baseCurrency } = requireOrganisation(scope);
  const CurrencyCode = accounts.get(scope, batch.accountId)?.currency ?? baseCurrency;
  return {
    Account: { AccountID: batch.accountId, CurrencyCode },
    Reference: batch.reference,
    ...(batch.particulars && { Particulars: batch.particulars }),
    ...(batch.code && { Code: batch.code }),
    ...(batch.details && { Details: batch.details }),
    ...(batch.narrative && { Narrative: batch.narrative }),
    BatchPaymentID: batch.id,
    ...dayPair("Date", batch.day),
    Payments: members.map((payment) => {
      const { settled } = around(payment);
      return {
        ...(settled && { Invoice: invoiceInBatch(settled.document) }),
        PaymentID: payment.id,
        BankAmount: amount(payment.bankAmount),
        Amount: amount(payment.amount),
        Reference: payment.reference,
        CurrencyRate: rate(payment.rate),
        HasValidationErrors: false,
      };
    }),
    Type: batch.type,
    Status: batch.status,
    TotalAmount: amount(batch.total),
    UpdatedDateUTC: instant(batch.updatedAt),
    IsReconciled: batch.isReconciled,
  };
}
