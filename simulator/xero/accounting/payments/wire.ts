import type { Account, BatchPayment, Contact, Invoice, Payment } from "../../model.ts";
import { accounts, batchPayments, contacts, invoices } from "../../store/books.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { amount, day, instant, rate, updated, type Wire } from "../../wire.ts";
import { invoiceAfterPayment, invoiceStub } from "../invoices/wire.ts";

export type Around = { invoice?: Invoice; contact?: Contact; account?: Account; batch?: BatchPayment };

/** Payments as Xero prints them (xero-platform.md 3.7). "whole" also shows what the payment did to its invoice. */
export function paymentToWire(payment: Stored<Payment>, around: Around, detail: "stub" | "whole"): Wire {
  const { invoice, contact, account, batch } = around;
  const shown = detail === "whole" ? invoiceAfterPayment : invoiceStub;
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
    ...(invoice && { Invoice: shown(invoice, contact) }),
    HasValidationErrors: false,
  };
}

function batchStub(batch: BatchPayment): Wire {
  return {
    BatchPaymentID: batch.id,
    Account: { AccountID: batch.accountId },
    Date: day(batch.day),
    Type: batch.type,
    Status: batch.status,
    TotalAmount: amount(batch.total),
    IsReconciled: batch.isReconciled,
  };
}

/** The objects around many payments, read once each. */
export function aroundPayments(scope: Scope, list: Payment[]): (payment: Payment) => Around {
  const paid = invoices.among(
    scope,
    list.map(({ invoiceId }) => invoiceId),
  );
  const parties = contacts.among(
    scope,
    [...paid.values()].map(({ contactId }) => contactId),
  );
  const into = accounts.among(
    scope,
    list.map(({ accountId }) => accountId),
  );
  const batches = batchPayments.among(
    scope,
    list.flatMap(({ batchId }) => batchId ?? []),
  );
  return ({ invoiceId, accountId, batchId }) => {
    const invoice = paid.get(invoiceId);
    const contact = invoice && parties.get(invoice.contactId);
    const account = into.get(accountId);
    const batch = batchId ? batches.get(batchId) : undefined;
    return {
      ...(invoice && { invoice }),
      ...(contact && { contact }),
      ...(account && { account }),
      ...(batch && { batch }),
    };
  };
}

/** A batch with its payments (xero-platform.md 3.8). */
export function batchToWire(batch: Stored<BatchPayment>, members: Stored<Payment>[], scope: Scope): Wire {
  const around = aroundPayments(scope, members);
  return {
    Account: { AccountID: batch.accountId },
    Reference: batch.reference,
    ...(batch.particulars && { Particulars: batch.particulars }),
    ...(batch.code && { Code: batch.code }),
    ...(batch.details && { Details: batch.details }),
    ...(batch.narrative && { Narrative: batch.narrative }),
    BatchPaymentID: batch.id,
    DateString: batch.day,
    Date: day(batch.day),
    Payments: members.map((payment) => {
      const { invoice, contact } = around(payment);
      return {
        Invoice: invoice ? invoiceStub(invoice, contact) : { InvoiceID: payment.invoiceId },
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
