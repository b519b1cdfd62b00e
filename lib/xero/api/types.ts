import type { Worded } from "#lib/core/failures/reason.ts";
import { faultInWords } from "./fault-words.ts";

/** Ours, not Xero's: hundredths (`Money`), ISO dates ("2026-11-21"), instants. SDK types stop in client.ts. */

export type XeroOrganisation = {
  organisationId: string;
  name: string;
  legalName: string | null;
  registrationNumber: string | null;
  shortCode: string;
  baseCurrency: string;
  countryCode: string;
  /** IANA, e.g. "Australia/Sydney". */
  timeZone: string;
  /** A demo company, which Xero resets within 28 days (xero-platform 3.4). */
  isDemo: boolean;
  /** The later of its lock dates, "2026-09-30": nothing dated up to that day can be written. */
  lockedUntil: string | null;
};

export type XeroContact = {
  contactId: string;
  name: string;
  email: string | null;
  /** Its contact persons with an address; `isIncluded`: Xero sends them what it sends the contact. */
  persons: { email: string; isIncluded: boolean }[];
  status: string;
  /** The contact that this one was merged into; it is archived then, and has no documents left. */
  mergedTo: string | null;
  updatedAt: Date;
};

export type XeroInvoice = {
  invoiceId: string;
  type: string;
  number: string | null;
  contactId: string;
  contactName: string;
  status: string;
  currency: string;
  totalMinor: bigint;
  dueMinor: bigint;
  date: string | null;
  dueDate: string | null;
  fullyPaidOn: string | null;
  reference: string | null;
  paymentIds: string[];
  updatedAt: Date;
};

export type XeroAccount = {
  accountId: string;
  code: string | null;
  name: string;
  type: string;
  status: string;
  enablePayments: boolean;
  systemAccount: string | null;
  /** BANK, CREDITCARD or PAYPAL of a bank account; null of any other. */
  bankAccountType: string | null;
  currency: string | null;
  updatedAt: Date;
};

/** A credit note, an overpayment or a prepayment: money that waits to be set against invoices. */
export type XeroCredit = {
  creditId: string;
  type: string;
  number: string | null;
  reference: string | null;
  contactId: string;
  status: string;
  currency: string;
  totalMinor: bigint;
  remainingMinor: bigint;
  date: string | null;
  /** Amounts in hundredths, as text. */
  allocations: { invoiceId: string; amountMinor: string }[];
  updatedAt: Date;
};

/** A payment as Xero lists it, also a deleted one. */
export type XeroPayment = {
  paymentId: string;
  type: string;
  status: string;
  /** Null when it is not on an invoice: the refund of a credit. */
  invoiceId: string | null;
  accountId: string | null;
  batchPaymentId: string | null;
  date: string | null;
  currency: string;
  amountMinor: bigint;
  reference: string | null;
  isReconciled: boolean;
  updatedAt: Date;
};

export type XeroTaxRate = { taxType: string; name: string; status: string; percent: string };
export type XeroCurrency = { code: string; description: string | null };
export type XeroBrandingTheme = { themeId: string; name: string; sortOrder: number | null };

/** What the user who consented may do, e.g. { name: "UseMulticurrency", status: "ALLOWED" } or "NOT-ALLOWED". */
export type XeroAction = { name: string; status: string };

/** One page of what changed after `since`, of one contact alone when given; oldest change first, 1000 a page. */
export type PageQuery = { page: number; since?: Date; contactId?: string };

/** A row that is there and makes no sense to us: its id in Xero, and why, without its contents. */
export type UnreadableRow = { id: string; reason: string };

/** What a list of Xero's holds. Each row is in one of the two. */
export type Listed<T> = { rows: T[]; unreadable: UnreadableRow[] };

export type Page<T> = Listed<T> & { page: number; pages: number };

/** What was asked for by id. Each id is a row, unreadable, or unknown: Xero's answer did not mention it. */
export type Asked<T> = Listed<T> & { unknown: string[] };

export type NewPayment = {
  reference: string;
  accountId: string;
  /** Where the organisation is, "2026-11-21". */
  date: string;
  currency: string;
  lines: { invoiceId: string; amountMinor: bigint }[];
};

/** A payment as it stands in Xero, batch or single; `xeroId` is the BatchPaymentID or PaymentID. */
export type PostedPayment = {
  xeroId: string;
  reference: string;
  lines: { paymentId: string; invoiceId: string; amountMinor: bigint }[];
};

/** One line of an invoice, tax included, in hundredths. */
export type InvoiceLine = {
  description: string;
  accountCode: string | null;
  taxType: string | null;
  grossMinor: bigint;
};

/** What a credit note takes from its invoice. */
export type InvoiceInLines = { contactId: string; date: string | null; lines: InvoiceLine[] };

export type NewCreditNote = {
  reference: string;
  contactId: string;
  date: string;
  currency: string;
  /** Amounts with tax in them: Xero takes the tax out again by each line's own type. */
  lines: InvoiceLine[];
};

export type NewOverpayment = {
  reference: string;
  contactId: string;
  /** A bank account in this currency: others hold no bank transactions. */
  accountId: string;
  date: string;
  currency: string;
  amountMinor: bigint;
  /** What its line says after the reference. */
  words: string;
  /** Of the debtors' account; null when we don't know it. */
  debtorsCode: string | null;
};

export type NewCreditRefund = {
  reference: string;
  /** The credit note or overpayment that is paid out. */
  credit: { of: "credit_note" | "overpayment"; id: string };
  accountId: string;
  date: string;
  currency: string;
  amountMinor: bigint;
};

/** What the processor kept: money spent from the clearing account, or received when it is negative. */
export type NewFee = {
  reference: string;
  accountId: string;
  date: string;
  currency: string;
  amountMinor: bigint;
  /** The lines come to `amountMinor`, tax included. */
  fee: {
    contactName: string;
    accountCode: string;
    lines: { description: string; taxType: string; amountMinor: bigint }[];
  };
};

/** Between two bank accounts of one currency; more than nothing. */
export type NewTransfer = {
  reference: string;
  fromAccountId: string;
  toAccountId: string;
  date: string;
  currency: string;
  amountMinor: bigint;
};

/** One thing that stands on a bank account: what came in is positive, in the account's currency. */
export type XeroBankEntry = {
  entryId: string;
  minor: bigint;
  date: string;
  /** Null for a side of a transfer. */
  reference: string | null;
};

/** Which entries of a bank account: from one day on and before another; null: no such bound. */
type EntriesOf = {
  accountId: string;
  currency: string;
  since: string | null;
  until: string | null;
  page: number;
};

/** The bank transactions at its two ends carry no reference: only these ids tie them to it. */
export type XeroTransfer = {
  transferId: string;
  reference: string | null;
  date: string;
  /** Its two bank transactions. */
  sideIds: string[];
  /** Whether a line of the bank is matched with each. */
  isMatched: { from: boolean; to: boolean };
};

/** What went wrong between us and Xero, told by status and header, never by a message's text. */
export type Fault =
  /** invalid_grant, or no usable tokens: only a person's new consent helps. */
  | { kind: "needs_reconnect" }
  /** 403 AuthenticationUnsuccessful: the organisation is no longer connected. */
  | { kind: "disconnected" }
  /** 401 with insufficient scope: a refresh won't help. */
  | { kind: "missing_scope"; scope?: string }
  | { kind: "limited"; problem: "minute" | "day" | "appminute" | "concurrent"; retryAfterSeconds: number }
  /** 400: Xero looked at it and said no; nothing was written. */
  | { kind: "refused"; messages: string[] }
  | { kind: "not_found" }
  /** 503 in plain text: Xero or the organisation is offline; nothing was written. */
  | { kind: "offline" }
  /** Timeout, reset, other 5xx: it may or may not have happened. */
  | { kind: "no_answer" }
  /** OK, and then nothing that answers what was asked: not JSON, no list, another thing. It may or may not have happened. */
  | { kind: "unreadable" };

export class XeroFault extends Error implements Worded {
  override readonly name = "XeroFault";
  readonly fault: Fault;
  get inWords(): string {
    return faultInWords(this.fault);
  }
  constructor(fault: Fault, cause?: unknown) {
    super(fault.kind === "refused" ? `Xero refused: ${fault.messages.join(" · ")}` : `Xero: ${fault.kind}`, {
      cause,
    });
    this.fault = fault;
  }
}

/** What a call is for decides who goes first when Xero's allowance is short: payer, then write, then sync. */
export type Purpose = "payer" | "write" | "sync";

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
  createPayments(
    payments: NewPayment[],
    idempotencyKey: string,
  ): Promise<Map<string, PostedPayment | XeroFault>>;
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
  voidCreditNote(creditNoteId: string, idempotencyKey: string): Promise<void>;
  isCreditNoteThere(creditNoteId: string): Promise<boolean>;
  /** Pays a credit out: a payment from the account to the client. */
  createCreditRefund(refund: NewCreditRefund, idempotencyKey: string): Promise<PostedPayment>;
  /** Live ones with this Reference. */
  findCreditNotes(reference: string): Promise<PostedPayment[]>;
  findCreditRefunds(reference: string): Promise<PostedPayment[]>;
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
