/** The books as the simulator holds them: minor units, plain days, ids. The wire form is made in accounting/. */

export type Country = "AU" | "GB" | "US";

export type Organisation = {
  id: string;
  name: string;
  legalName: string;
  shortCode: string;
  country: Country;
  baseCurrency: string;
  timezone: string;
  class: string;
  isDemo: boolean;
  taxNumber?: string;
  createdAt: number;
  periodLockDate?: string;
  endOfYearLockDate?: string;
  /** "offline" answers 503; "gone" no longer exists for any app. */
  state: "active" | "offline" | "gone";
  defaultThemeId: string;
  /** Of GET /Organisation/Actions: what the connecting user may not do. */
  deniedActions?: string[];
  /** How many more documents its plan lets it approve; absent for any number. */
  approvalsLeft?: number;
};

export type Contact = {
  id: string;
  name: string;
  status: "ACTIVE" | "ARCHIVED";
  /** Whom its documents went to when a person merged the two. */
  mergedTo?: string;
  email?: string;
  firstName?: string;
  lastName?: string;
  contactNumber?: string;
  accountNumber?: string;
  taxNumber?: string;
  defaultCurrency?: string;
  addresses: Slot[];
  phones: Slot[];
  persons?: ContactPerson[];
  /** What else there is of it, by Xero's names. */
  more?: Record<string, unknown>;
};

/** One address or phone, by Xero's names: at most one of each AddressType or PhoneType. */
export type Slot = Record<string, unknown>;

export type ContactPerson = { firstName: string; lastName: string; email: string; includeInEmails: boolean };

export type Account = {
  id: string;
  /** Bank accounts may have none. */
  code?: string;
  name: string;
  type: string;
  status: "ACTIVE" | "ARCHIVED";
  taxType: string;
  enablePayments: boolean;
  description?: string;
  systemAccount?: string;
  bankAccountNumber?: string;
  bankAccountType?: string;
  currency?: string;
  showInExpenseClaims: boolean;
};

export type Line = {
  id: string;
  description?: string;
  /** Units of 1/10,000. */
  quantity: number;
  unitAmount: number;
  lineAmount: number;
  taxAmount: number;
  taxType?: string;
  accountId?: string;
  /** Units of 1/10,000 of a percent. */
  discount?: number;
  /** In its place. */
  discountAmount?: number;
  tracking?: Tracking[];
  itemId?: string;
  /** What it did to the stock of its item. */
  stock?: Stock;
  /** A description and no more. */
  isText?: true;
};

/** Units of 1/10,000, and what they cost in minor units of the base currency. What leaves is negative. */
export type Stock = { quantity: number; value: number };

/** A category and the option chosen of it, by their ids. */
export type Tracking = { id: string; optionId: string };

/** What an invoice was credited with: so much of this credit note, overpayment or prepayment. */
export type Credit = {
  id: string;
  of: CreditKind;
  allocationId: string;
  number: string;
  day: string;
  amount: number;
};

export const invoiceStatuses = ["DRAFT", "SUBMITTED", "AUTHORISED", "PAID", "VOIDED", "DELETED"] as const;
export type InvoiceStatus = (typeof invoiceStatuses)[number];

export const lineAmountTypes = ["Exclusive", "Inclusive", "NoTax"] as const;
export type LineAmountType = (typeof lineAmountTypes)[number];

export type Invoice = {
  id: string;
  type: "ACCREC" | "ACCPAY";
  number: string;
  reference: string;
  contactId: string;
  day: string;
  dueDay?: string;
  status: InvoiceStatus;
  lineAmountType: LineAmountType;
  lines: Line[];
  subTotal: number;
  totalTax: number;
  total: number;
  amountPaid: number;
  credits: Credit[];
  currency: string;
  /** Units of the invoice's currency for one of the base currency. */
  rate: number;
  themeId?: string;
  url?: string;
  sentToContact: boolean;
  expectedPaymentDay?: string;
  plannedPaymentDay?: string;
  fullyPaidDay?: string;
  /** The 40 signs in the online invoice's address: whoever has them may see it. */
  onlineToken: string;
  createdBy?: string;
};

export const amountCredited = ({ credits }: Invoice) => credits.reduce((sum, { amount }) => sum + amount, 0);
/** What is left of its total, whatever its status. */
export const amountLeft = (invoice: Invoice) => invoice.total - invoice.amountPaid - amountCredited(invoice);
/** Nothing of what was voided or deleted (REC bills_page; DOC invoices, example of a page). */
export const amountDue = (invoice: Invoice) => (isDead(invoice) ? 0 : amountLeft(invoice));

/** Paid or credited, in part or in full. */
export const hasMoney = ({ amountPaid, credits }: Invoice) => amountPaid > 0 || credits.length > 0;

export type BankCreditType = `${"RECEIVE" | "SPEND"}-${"OVERPAYMENT" | "PREPAYMENT"}`;

export type CreditKind = "credit-note" | "overpayment" | "prepayment";

export const creditNoteTypes = ["ACCRECCREDIT", "ACCPAYCREDIT"] as const;

export type Allocation = { id: string; invoiceId: string; amount: number; day: string };

/** A credit note, an overpayment or a prepayment: money that waits to be set against invoices. */
export type CreditDocument = {
  id: string;
  type: (typeof creditNoteTypes)[number] | BankCreditType;
  /** Only credit notes have one. */
  number: string;
  reference: string;
  contactId: string;
  day: string;
  status: InvoiceStatus;
  lineAmountType: LineAmountType;
  lines: Line[];
  subTotal: number;
  totalTax: number;
  total: number;
  currency: string;
  rate: number;
  themeId?: string;
  allocations: Allocation[];
  /** Paid back in cash. */
  refunded?: number;
  /** Where the money of an overpayment or prepayment came in or went out. */
  bankTransactionId?: string;
};

export const isDead = ({ status }: { status: InvoiceStatus }) => status === "VOIDED" || status === "DELETED";

/** What is still to be set against invoices or paid back. */
export const remainingCredit = (credit: CreditDocument) =>
  isDead(credit) ? 0 : credit.total - (credit.refunded ?? 0) - amountAllocated(credit);

const amountAllocated = ({ allocations }: CreditDocument) =>
  allocations.reduce((sum, { amount }) => sum + amount, 0);

/** Money of a credit that has gone somewhere: it can be neither edited nor voided. */
export const isUsed = (credit: CreditDocument) => credit.allocations.length > 0 || (credit.refunded ?? 0) > 0;

/** Of the customer's side, as an ACCREC invoice is. */
export const isSalesCredit = ({ type }: CreditDocument) =>
  type === "ACCRECCREDIT" || type.startsWith("RECEIVE");

/** What a payment settles: an invoice, or a credit that it pays back. */
export type Settled = { of: "invoice"; document: Invoice } | { of: CreditKind; document: CreditDocument };

export type PaymentType =
  | "ACCRECPAYMENT"
  | "ACCPAYPAYMENT"
  | `${"AR" | "AP"}${"CREDIT" | "OVERPAYMENT" | "PREPAYMENT"}PAYMENT`;

export type Payment = {
  id: string;
  /** The invoice's, or the id of the credit that it pays back. */
  invoiceId: string;
  /** Absent for a payment of an invoice. */
  credit?: CreditKind;
  type: PaymentType;
  status: "AUTHORISED" | "DELETED";
  accountId: string;
  day: string;
  amount: number;
  bankAmount: number;
  rate: number;
  reference: string;
  isReconciled: boolean;
  batchId?: string;
  particulars?: string;
  details?: string;
  createdBy?: string;
};

export type BatchPayment = {
  id: string;
  type: "RECBATCH" | "PAYBATCH";
  status: "AUTHORISED" | "DELETED";
  accountId: string;
  day: string;
  reference: string;
  narrative?: string;
  details?: string;
  code?: string;
  particulars?: string;
  paymentIds: string[];
  total: number;
  isReconciled: boolean;
  createdBy?: string;
};

export type BrandingTheme = {
  id: string;
  name: string;
  sortOrder: number;
  logoUrl?: string;
  createdAt: number;
};

/** "Custom payment URL" of Settings → Online payments (xero-platform.md 5). */
export type PaymentService = {
  id: string;
  name: string;
  url: string;
  payNowText: string;
  themeIds: string[];
};

export const accountClasses = ["ASSET", "EQUITY", "EXPENSE", "LIABILITY", "REVENUE"] as const;
export type AccountClass = (typeof accountClasses)[number];

export type TaxRate = {
  id: string;
  name: string;
  taxType: string;
  percent: number;
  canApplyTo: AccountClass[];
  status?: "ACTIVE" | "DELETED" | "ARCHIVED";
  /** Made by an app or a person; the others are Xero's own, and have one part. */
  isOwn?: true;
  reportTaxType?: string;
  components?: TaxComponent[];
};

/** The rate in units of 1/10,000 of a percent. */
export type TaxComponent = { name: string; rate: number; isCompound: boolean; isNonRecoverable: boolean };

export type Currency = { id: string; code: string; description: string; dayRate: number };
