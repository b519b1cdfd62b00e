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
};

export type Contact = {
  id: string;
  name: string;
  status: "ACTIVE" | "ARCHIVED";
  email?: string;
  firstName?: string;
  lastName?: string;
  contactNumber?: string;
  accountNumber?: string;
  taxNumber?: string;
  defaultCurrency?: string;
  website?: string;
  addresses: Record<string, unknown>[];
  phones: Record<string, unknown>[];
};

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
  accountCode?: string;
  accountId?: string;
  itemCode?: string;
  /** Units of 1/10,000 of a percent. */
  discount?: number;
};

export type Credit = { id: string; number: string; day: string; amount: number };

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
export const amountDue = (invoice: Invoice) => invoice.total - invoice.amountPaid - amountCredited(invoice);

export type Payment = {
  id: string;
  invoiceId: string;
  type: "ACCRECPAYMENT" | "ACCPAYPAYMENT";
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

export type TaxRate = {
  id: string;
  name: string;
  taxType: string;
  percent: number;
  sales: boolean;
  purchases: boolean;
};

export type Currency = { id: string; code: string; description: string; dayRate: number };
