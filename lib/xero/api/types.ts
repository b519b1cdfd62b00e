import type { AccountClass } from "./account-classes.ts";

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
  /** What its lines are taxed by when they name no tax. */
  taxType: string | null;
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

/** `appliesTo`: classes of accounts that Xero takes it with. */
export type XeroTaxRate = {
  taxType: string;
  name: string;
  status: string;
  percent: string;
  appliesTo: AccountClass[];
};
export type XeroCurrency = { code: string; description: string | null };
/** What the organisation sells and buys; `isTracked`: Xero counts what is in stock. */
export type XeroItem = {
  itemId: string;
  code: string;
  name: string | null;
  isSold: boolean;
  isPurchased: boolean;
  isTracked: boolean;
  salesAccountCode: string | null;
  salesTaxType: string | null;
};

export type XeroTrackingCategory = {
  categoryId: string;
  name: string;
  status: string;
  options: { optionId: string; name: string; status: string }[];
};

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

/** A line of an order's document. Quantity, price and percentage are decimals as text, of at most four places. */
export type OrderLine = {
  description: string;
  quantity: string;
  unitPrice: string;
  discountPercent: string | null;
  accountCode: string;
  /** Null: Xero takes the account's own. */
  taxType: string | null;
  /** Null: Xero reckons it. */
  taxAmount: string | null;
  itemCode: string | null;
  /** Two categories at most, an option of each. */
  tracking: { categoryId: string; optionId: string }[];
};

type NewOrderDocument = {
  /** All that its Reference says: it is found again by that. */
  reference: string;
  contactId: string;
  date: string;
  currency: string;
  status: "AUTHORISED" | "DRAFT";
  /** Whether its lines' prices have tax in them. */
  amounts: "Exclusive" | "Inclusive" | "NoTax";
  lines: OrderLine[];
};

/** A sale. Without a number of its own it gets Xero's next. */
export type NewInvoice = NewOrderDocument & { number: string | null; dueDate: string; url: string | null };

/** A credit note of a sale: its lines know no discount. */
export type NewOrderCredit = NewOrderDocument & { number: string | null };

/** Its lines know no amount of tax. It is found again by its number. */
export type NewPurchaseOrder = NewOrderDocument & { number: string; deliveryDate: string | null };

/** A person or company that Xero does not know; found again by its number, which people don't see. */
export type NewContact = { number: string; name: string; email: string | null };

/** What Xero has of an order's document, to hold against what was sent. */
export type Said = { status: string; totalMinor: bigint; optionIds: string[] };

/** An order's document as it stands in Xero: it pays nothing, so it has no lines of payments. */
export type WrittenDocument = PostedPayment & {
  /** Null for a contact. */
  said: Said | null;
  /** What the mirror keeps of an invoice, and of a contact. */
  invoice?: XeroInvoice;
  contact?: XeroContact;
};

/** A file to go on an invoice. */
export type NewAttachment = {
  invoiceId: string;
  /** Without the characters that Xero refuses in one (xero-documents 11). */
  fileName: string;
  mediaType: string;
  content: Buffer;
};

/** What stands in Xero and can be taken back there. */
export type OrderDocumentKind = "invoice" | "credit_note" | "purchase_order";

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

/** A part of a credit note, set against an invoice of the same contact and currency. */
export type NewAllocation = {
  /** Ours alone: Xero keeps none of it. */
  reference: string;
  creditNoteId: string;
  invoiceId: string;
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

/** What a call is for decides who goes first when Xero's allowance is short: payer, then write, then order, then sync. */
export type Purpose = "payer" | "write" | "order" | "sync";

/** What calls are counted as, for people and over all processes: what is written of orders is a write like any other. */
export type CountedAs = Exclude<Purpose, "order">;
export const countedAs = (purpose: Purpose): CountedAs => (purpose === "order" ? "write" : purpose);
