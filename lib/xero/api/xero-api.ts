import type {
  Asked,
  InvoiceInLines,
  Listed,
  NewAllocation,
  NewAttachment,
  NewContact,
  NewCreditNote,
  NewCreditRefund,
  NewFee,
  NewInvoice,
  NewOrderCredit,
  NewOverpayment,
  NewPayment,
  NewPurchaseOrder,
  NewTransfer,
  OrderDocumentKind,
  Page,
  PageQuery,
  PostedPayment,
  WrittenDocument,
  XeroAccount,
  XeroAction,
  XeroBankEntry,
  XeroBrandingTheme,
  XeroContact,
  XeroCredit,
  XeroCurrency,
  XeroInvoice,
  XeroItem,
  XeroOrganisation,
  XeroPayment,
  XeroTaxRate,
  XeroTrackingCategory,
  XeroTransfer,
} from "./types.ts";
import type { XeroFault } from "./xero-fault.ts";

/** Which entries of a bank account: from one day on and before another; null: no such bound. */
type EntriesOf = {
  accountId: string;
  currency: string;
  since: string | null;
  until: string | null;
  page: number;
};

/** What a call that carries several comes to, of each by the key that was sent; one that Xero does not mention is missing. */
export type Answers<T> = Map<string, T | XeroFault>;

/** The calls we make, each one HTTP request. All throw XeroFault. Implemented in client.ts. */
export type XeroApi = {
  organisation(): Promise<XeroOrganisation>;
  organisationActions(): Promise<XeroAction[]>;
  /** Archived ones too. Never an empty list. */
  accounts(): Promise<Listed<XeroAccount>>;
  account(accountId: string): Promise<XeroAccount>;
  /** Archived ones too; oldest change first, 1000 a page. */
  contacts(query: { page: number; since?: Date }): Promise<Page<XeroContact>>;
  /** At most 50. */
  contactsById(ids: string[]): Promise<Asked<XeroContact>>;
  /** Every type and status, oldest change first, 1000 a page. */
  invoices(query: PageQuery): Promise<Page<XeroInvoice>>;
  /** Sales that are owed in part, 1000 a page: what an edit changes of these may move no UpdatedDateUTC. */
  partPaidInvoices(page: number): Promise<Page<XeroInvoice>>;
  /** At most 50. */
  invoicesById(ids: string[]): Promise<Asked<XeroInvoice>>;
  creditNotes(query: PageQuery): Promise<Page<XeroCredit>>;
  overpayments(query: PageQuery): Promise<Page<XeroCredit>>;
  prepayments(query: PageQuery): Promise<Page<XeroCredit>>;
  /** One by its id. All four throw `not_found` for one that Xero doesn't know. */
  creditNoteById(id: string): Promise<Asked<XeroCredit>>;
  overpaymentById(id: string): Promise<Asked<XeroCredit>>;
  prepaymentById(id: string): Promise<Asked<XeroCredit>>;
  paymentById(id: string): Promise<Asked<XeroPayment>>;
  /** Deleted ones too, oldest change first, 1000 a page. */
  payments(query: { page: number; since?: Date }): Promise<Page<XeroPayment>>;
  /** Never an empty list. */
  taxRates(): Promise<Listed<XeroTaxRate>>;
  currencies(): Promise<Listed<XeroCurrency>>;
  /** Adds it to the organisation, for ever (xero-documents 9). Throws `refused` where the plan has one currency alone. */
  addCurrency(code: string, idempotencyKey: string): Promise<void>;
  /** All of them, in one answer. */
  items(): Promise<Listed<XeroItem>>;
  /** Archived ones and their archived options too; deleted ones are left out. */
  trackingCategories(): Promise<Listed<XeroTrackingCategory>>;
  /** Never an empty list. */
  brandingThemes(): Promise<Listed<XeroBrandingTheme>>;
  /**
   * One line: POST /Payments. Throws `refused` also when Xero says OK with validation errors, and `no_answer` when it
   * says OK without ids: it may have been written.
   */
  createPayment(payment: NewPayment, idempotencyKey: string): Promise<PostedPayment>;
  /**
   * At most 50 of one line each in one call, each taken or refused by itself: PUT /Payments with summarizeErrors=false
   * (xero-platform 3.2). By reference, what createPayment would return or throw; one that Xero does not mention is missing.
   */
  createPayments(payments: NewPayment[], idempotencyKey: string): Promise<Answers<PostedPayment>>;
  /** Two lines or more, one bank line: PUT /BatchPayments. */
  createBatchPayment(payment: NewPayment, idempotencyKey: string): Promise<PostedPayment>;
  invoiceInLines(invoiceId: string, currency: string): Promise<InvoiceInLines>;
  /** AUTHORISED at once: PUT /CreditNotes. `xeroId` is the CreditNoteID. Throws as createPayment does. */
  createCreditNote(creditNote: NewCreditNote, idempotencyKey: string): Promise<PostedPayment>;
  /** `xeroId` is the OverpaymentID. Throws as createPayment does. */
  createOverpayment(overpayment: NewOverpayment, idempotencyKey: string): Promise<PostedPayment>;
  /** Live ones whose line begins with this reference, dated no earlier than `since`. */
  findOverpayments(reference: string, since: string): Promise<PostedPayment[]>;
  /** Throws `refused` for one that is paid out or set against an invoice. */
  endCreditNote(creditNoteId: string, status: "VOIDED" | "DELETED", idempotencyKey: string): Promise<void>;
  isCreditNoteThere(creditNoteId: string): Promise<boolean>;
  /** Pays a credit out: a payment from the account to the client. */
  createCreditRefund(refund: NewCreditRefund, idempotencyKey: string): Promise<PostedPayment>;
  /** Live ones with this Reference. */
  findCreditNotes(reference: string): Promise<PostedPayment[]>;
  findCreditRefunds(reference: string): Promise<PostedPayment[]>;
  /** PUT /CreditNotes/{id}/Allocations. `xeroId` is the AllocationID. Throws as createPayment does. */
  createAllocation(allocation: NewAllocation, idempotencyKey: string): Promise<PostedPayment>;
  /** What of the credit note is set against this invoice in this amount. */
  findAllocations(allocation: NewAllocation): Promise<PostedPayment[]>;
  /** Takes a payment or a whole batch off; it stays as DELETED. Throws `refused` for one that is reconciled. */
  deletePayment(payment: { xeroId: string; isBatch: boolean }, idempotencyKey: string): Promise<void>;
  /** False once it is deleted. */
  isPaymentThere(payment: { xeroId: string; isBatch: boolean }): Promise<boolean>;
  /** What stands in an invoice's History, each entry's details. */
  invoiceNotes(invoiceId: string): Promise<string[]>;
  /** Adds to it, for ever; at most 2,500 characters. */
  noteOnInvoice(invoiceId: string, details: string, idempotencyKey: string): Promise<void>;
  /** Live (not DELETED) payments with this Reference. */
  findPayments(reference: string, currency: string): Promise<PostedPayment[]>;
  findBatchPayments(reference: string, currency: string): Promise<PostedPayment[]>;
  /** PUT /BankTransactions: SPEND, or RECEIVE when it is negative. `xeroId` is the BankTransactionID. */
  createFee(fee: NewFee, idempotencyKey: string): Promise<PostedPayment>;
  findFees(reference: string): Promise<PostedPayment[]>;
  /** PUT /BankTransfers. `xeroId` is the BankTransferID. */
  createTransfer(transfer: NewTransfer, idempotencyKey: string): Promise<PostedPayment>;
  findTransfers(reference: string): Promise<PostedPayment[]>;
  /** What bank transactions and transfers left on a bank account, 1000 a page. */
  bankEntries(of: EntriesOf): Promise<Page<XeroBankEntry>>;
  /** What payments left on it. */
  paymentEntries(of: EntriesOf): Promise<Page<XeroBankEntry>>;
  /**
   * At most 50 in one call, each taken or refused by itself: PUT with summarizeErrors=false (xero-documents 1), prices with
   * four decimals. By reference; a warning is no fault, for what it is about was saved.
   */
  createInvoices(invoices: NewInvoice[], idempotencyKey: string): Promise<Answers<WrittenDocument>>;
  createOrderCredits(credits: NewOrderCredit[], idempotencyKey: string): Promise<Answers<WrittenDocument>>;
  createPurchaseOrders(orders: NewPurchaseOrder[], idempotencyKey: string): Promise<Answers<WrittenDocument>>;
  /** The same, by number. */
  createContacts(contacts: NewContact[], idempotencyKey: string): Promise<Answers<WrittenDocument>>;
  /** Living sales whose Reference is this, to the letter. */
  findInvoices(reference: string): Promise<WrittenDocument[]>;
  findOrderCredits(reference: string): Promise<WrittenDocument[]>;
  /** The one of this number, unless it is deleted or has another Reference. */
  findPurchaseOrders(number: string, reference: string): Promise<WrittenDocument[]>;
  /** The contact of this number, an archived one too. */
  findContacts(number: string): Promise<WrittenDocument[]>;
  /** AUTHORISED, VOIDED, …, as Xero has it now. Throws `not_found` for what Xero doesn't know. */
  documentStatus(document: { kind: OrderDocumentKind; xeroId: string }): Promise<string>;
  /** Throws `refused` for one that is paid or set against something. */
  endInvoice(invoiceId: string, status: "VOIDED" | "DELETED", idempotencyKey: string): Promise<void>;
  /** Deletes it, and gives it another number: a deleted one keeps the number that it has (xero-documents 4). */
  deletePurchaseOrder(
    order: { orderId: string; contactId: string; date: string; number: string },
    idempotencyKey: string,
  ): Promise<void>;
  /**
   * The client sees it with the online invoice; one of the same name is replaced. `xeroId` is the AttachmentID. Throws as
   * createPayment does.
   */
  attachToInvoice(file: NewAttachment, idempotencyKey: string): Promise<PostedPayment>;
  /** What an invoice has under this name and of this length, in bytes. */
  findAttachments(invoiceId: string, file: { fileName: string; bytes: number }): Promise<PostedPayment[]>;
  /** Xero e-mails it to its contact, as the user who connected (xero-documents 2.1). */
  emailInvoice(invoiceId: string, idempotencyKey: string): Promise<void>;
  /** Whether it is marked as sent, as Xero marks what it has e-mailed. */
  isInvoiceSent(invoiceId: string): Promise<boolean>;
  /** Spent (`minor` below zero) or received there by hand or rule, no transfers, dated no earlier than `since`. */
  bankEntriesLike(of: {
    accountId: string;
    currency: string;
    minor: bigint;
    since: string;
  }): Promise<XeroBankEntry[]>;
  /** Live ones from or to this account, all or dated no earlier than a day. */
  transfers(of: { accountId: string; since: string | null }): Promise<XeroTransfer[]>;
};
