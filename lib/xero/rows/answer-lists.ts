import type { Account } from "xero-node/dist/gen/model/accounting/account.js";
import type { Action } from "xero-node/dist/gen/model/accounting/action.js";
import type { Allocation } from "xero-node/dist/gen/model/accounting/allocation.js";
import type { Attachment } from "xero-node/dist/gen/model/accounting/attachment.js";
import type { BankTransaction } from "xero-node/dist/gen/model/accounting/bankTransaction.js";
import type { BankTransfer } from "xero-node/dist/gen/model/accounting/bankTransfer.js";
import type { BatchPayment } from "xero-node/dist/gen/model/accounting/batchPayment.js";
import type { BrandingTheme } from "xero-node/dist/gen/model/accounting/brandingTheme.js";
import type { Contact } from "xero-node/dist/gen/model/accounting/contact.js";
import type { CreditNote } from "xero-node/dist/gen/model/accounting/creditNote.js";
import type { Currency } from "xero-node/dist/gen/model/accounting/currency.js";
import type { HistoryRecord } from "xero-node/dist/gen/model/accounting/historyRecord.js";
import type { Invoice } from "xero-node/dist/gen/model/accounting/invoice.js";
import type { Item } from "xero-node/dist/gen/model/accounting/item.js";
import type { Organisation } from "xero-node/dist/gen/model/accounting/organisation.js";
import type { Overpayment } from "xero-node/dist/gen/model/accounting/overpayment.js";
import type { Payment } from "xero-node/dist/gen/model/accounting/payment.js";
import type { Prepayment } from "xero-node/dist/gen/model/accounting/prepayment.js";
import type { PurchaseOrder } from "xero-node/dist/gen/model/accounting/purchaseOrder.js";
import type { TaxRate } from "xero-node/dist/gen/model/accounting/taxRate.js";
import type { TrackingCategory } from "xero-node/dist/gen/model/accounting/trackingCategory.js";

/** The lists of Xero's answers, by their names on the wire, and the SDK's model of what is in each. */
export type Lists = {
  Accounts: Account;
  Actions: Action;
  Allocations: Allocation;
  Attachments: Attachment;
  BankTransactions: BankTransaction;
  BankTransfers: BankTransfer;
  BatchPayments: BatchPayment;
  BrandingThemes: BrandingTheme;
  Contacts: Contact;
  CreditNotes: CreditNote;
  Currencies: Currency;
  HistoryRecords: HistoryRecord;
  Invoices: Invoice;
  Items: Item;
  Organisations: Organisation;
  Overpayments: Overpayment;
  Payments: Payment;
  Prepayments: Prepayment;
  PurchaseOrders: PurchaseOrder;
  TaxRates: TaxRate;
  TrackingCategories: TrackingCategory;
  /** Of a call that Xero answers with 204 and nothing. */
  Nothing: never;
};

export type ListName = keyof Lists;

/** The model's name in the SDK, and which of a row's fields say what it is; an overpayment is known by two ids (xero-platform 3.9). */
export const LISTS: Record<ListName, { model: string; ids: string[] }> = {
  Accounts: { model: "Account", ids: ["AccountID"] },
  Actions: { model: "Action", ids: ["Name"] },
  Allocations: { model: "Allocation", ids: ["AllocationID"] },
  Attachments: { model: "Attachment", ids: ["AttachmentID"] },
  BankTransactions: { model: "BankTransaction", ids: ["BankTransactionID", "OverpaymentID"] },
  BankTransfers: { model: "BankTransfer", ids: ["BankTransferID"] },
  BatchPayments: { model: "BatchPayment", ids: ["BatchPaymentID"] },
  BrandingThemes: { model: "BrandingTheme", ids: ["BrandingThemeID"] },
  Contacts: { model: "Contact", ids: ["ContactID"] },
  CreditNotes: { model: "CreditNote", ids: ["CreditNoteID"] },
  Currencies: { model: "Currency", ids: ["Code"] },
  HistoryRecords: { model: "HistoryRecord", ids: [] },
  Invoices: { model: "Invoice", ids: ["InvoiceID"] },
  Items: { model: "Item", ids: ["ItemID"] },
  Organisations: { model: "Organisation", ids: ["OrganisationID"] },
  Overpayments: { model: "Overpayment", ids: ["OverpaymentID"] },
  Payments: { model: "Payment", ids: ["PaymentID"] },
  Prepayments: { model: "Prepayment", ids: ["PrepaymentID"] },
  PurchaseOrders: { model: "PurchaseOrder", ids: ["PurchaseOrderID"] },
  TaxRates: { model: "TaxRate", ids: ["TaxType"] },
  TrackingCategories: { model: "TrackingCategory", ids: ["TrackingCategoryID"] },
  Nothing: { model: "", ids: [] },
};
