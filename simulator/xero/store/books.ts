/** One typed door to each kind of object: what is stored, under which columns, by which word it is found. */
import type { BankTransaction, BankTransfer, HistoryNote } from "../bank-model.ts";
import {
  type Account,
  amountDue,
  type BatchPayment,
  type BrandingTheme,
  type Contact,
  type CreditDocument,
  type CreditKind,
  type Currency,
  type Invoice,
  type Organisation,
  type Payment,
  type PaymentService,
  remainingCredit,
  type TaxRate,
} from "../model.ts";
import type { Attachment, Item, PurchaseOrder, TrackingCategory } from "./order-model.ts";
import {
  type Columns,
  type Condition,
  countRows,
  getRow,
  type Kind,
  oneOf,
  putRow,
  removeRow,
  type Scope,
  type Stored,
  selectRows,
} from "./rows.ts";

type Page = { where?: Condition | undefined; order?: string; limit?: number; offset?: number };

export type Book<T> = {
  kind: Kind;
  columns(object: T): Columns;
  get(scope: Scope, id: string): Stored<T> | undefined;
  /** By number, name or code, in any letter case; the newest first. */
  named(scope: Scope, label: string): Stored<T>[];
  list(scope: Scope, page?: Page): Stored<T>[];
  among(scope: Scope, ids: string[]): Map<string, Stored<T>>;
  count(scope: Scope, where?: Condition): number;
  put(scope: Scope, object: T, updatedAt?: number): Stored<T>;
  remove(scope: Scope, id: string): void;
};

function book<T extends { id: string }>(kind: Kind, columns: (object: T) => Columns): Book<T> {
  return {
    kind,
    columns,
    get: (scope, id) => getRow<T>(scope, kind, id),
    named: (scope, label) =>
      selectRows<T>(scope, kind, { where: { text: "label = ?", values: [label] }, order: "seq desc" }),
    list: (scope, page) => selectRows<T>(scope, kind, page),
    among: (scope, ids) =>
      new Map(
        selectRows<T>(scope, kind, { where: oneOf("id", [...new Set(ids)]) }).map((row) => [row.id, row]),
      ),
    count: (scope, where) => countRows(scope, kind, where),
    put: (scope, object, updatedAt) => putRow(scope, kind, withoutTime(object), columns(object), updatedAt),
    remove: (scope, id) => removeRow(scope, kind, id),
  };
}

/** The time of change is a column; an object read and changed must not carry its old one along. */
function withoutTime<T extends { id: string }>(object: T): T {
  const { updatedAt: _, ...rest } = object as T & { updatedAt?: number };
  return rest as T;
}

export const organisations = book<Organisation>("organisation", ({ name, state, shortCode }) => ({
  label: name,
  status: state,
  reference: shortCode,
}));

export const contacts = book<Contact>("contact", ({ name, status, email, contactNumber }) => ({
  label: name,
  status,
  reference: contactNumber ?? null,
  party: email?.toLowerCase() ?? null,
}));

export const accounts = book<Account>("account", ({ code, name, status, type }) => ({
  label: code ?? null,
  reference: name,
  status,
  type,
}));

export const invoices = book<Invoice>("invoice", (invoice) => ({
  label: invoice.number,
  status: invoice.status,
  type: invoice.type,
  party: invoice.contactId,
  reference: invoice.reference,
  day: invoice.day,
  due: invoice.dueDay ?? null,
  amount: amountDue(invoice),
  createdBy: invoice.createdBy ?? null,
}));

const creditBook = (kind: CreditKind) =>
  book<CreditDocument>(kind, (credit) => ({
    label: credit.number,
    status: credit.status,
    type: credit.type,
    party: credit.contactId,
    reference: credit.reference,
    day: credit.day,
    amount: remainingCredit(credit),
  }));

export const creditBooks = {
  "credit-note": creditBook("credit-note"),
  overpayment: creditBook("overpayment"),
  prepayment: creditBook("prepayment"),
};

export const payments = book<Payment>("payment", (payment) => ({
  label: payment.batchId ?? null,
  status: payment.status,
  type: payment.type,
  party: payment.invoiceId,
  reference: payment.reference,
  day: payment.day,
  amount: payment.amount,
  createdBy: payment.createdBy ?? null,
}));

export const batchPayments = book<BatchPayment>("batch-payment", (batch) => ({
  status: batch.status,
  type: batch.type,
  party: batch.accountId,
  reference: batch.reference,
  day: batch.day,
  amount: batch.total,
  createdBy: batch.createdBy ?? null,
}));

export const bankTransactions = book<BankTransaction>("bank-transaction", (transaction) => ({
  label: transaction.bankAccountId,
  status: transaction.status,
  type: transaction.type,
  party: transaction.contactId ?? null,
  reference: transaction.reference,
  day: transaction.day,
  amount: transaction.total,
  createdBy: transaction.createdBy ?? null,
}));

export const bankTransfers = book<BankTransfer>("bank-transfer", (transfer) => ({
  status: transfer.status,
  reference: transfer.reference,
  day: transfer.day,
  amount: transfer.amount,
  createdBy: transfer.createdBy ?? null,
}));

export const historyNotes = book<HistoryNote>("history-note", ({ documentId, createdBy }) => ({
  party: documentId,
  createdBy: createdBy ?? null,
}));

export const brandingThemes = book<BrandingTheme>("branding-theme", ({ name, sortOrder }) => ({
  label: name,
  amount: sortOrder,
}));

export const paymentServices = book<PaymentService>("payment-service", ({ name }) => ({ label: name }));

export const taxRates = book<TaxRate>("tax-rate", ({ taxType, name, status = "ACTIVE" }) => ({
  label: taxType,
  reference: name,
  status,
}));

export const trackingCategories = book<TrackingCategory>("tracking-category", ({ name, status }) => ({
  label: name,
  status,
}));

export const items = book<Item>("item", ({ code, name }) => ({ label: code, reference: name ?? null }));

export const purchaseOrders = book<PurchaseOrder>("purchase-order", (order) => ({
  label: order.number,
  status: order.status,
  party: order.contactId,
  reference: order.reference,
  day: order.day,
  due: order.deliveryDay ?? null,
  amount: order.total,
  createdBy: order.createdBy ?? null,
}));

export const attachments = book<Attachment>("attachment", ({ documentId, fileName, createdBy }) => ({
  label: fileName,
  party: documentId,
  createdBy: createdBy ?? null,
}));

export const currencies = book<Currency>("currency", ({ code }) => ({ label: code }));
