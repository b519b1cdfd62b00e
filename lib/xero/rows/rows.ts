import type { Account } from "xero-node/dist/gen/model/accounting/account.js";
import type { BankTransaction } from "xero-node/dist/gen/model/accounting/bankTransaction.js";
import type { BankTransfer } from "xero-node/dist/gen/model/accounting/bankTransfer.js";
import type { BatchPayment } from "xero-node/dist/gen/model/accounting/batchPayment.js";
import type { Contact } from "xero-node/dist/gen/model/accounting/contact.js";
import type { CreditNote } from "xero-node/dist/gen/model/accounting/creditNote.js";
import type { Invoice } from "xero-node/dist/gen/model/accounting/invoice.js";
import type { Organisation } from "xero-node/dist/gen/model/accounting/organisation.js";
import type { Payment } from "xero-node/dist/gen/model/accounting/payment.js";
import type { PurchaseOrder } from "xero-node/dist/gen/model/accounting/purchaseOrder.js";
import { fromDecimal } from "#lib/core/money/money.ts";
import { ianaZone } from "../api/time-zones.ts";
import type { PostedPayment, XeroAccount, XeroContact, XeroInvoice, XeroOrganisation } from "../api/types.ts";
import { amount, currencyOf, day, instant, isId, need, text, Unreadable } from "./row-parts.ts";

export function readOrganisation(row: Organisation): XeroOrganisation {
  const organisationId = need(row.organisationID, "an organisation's id");
  const name = need(row.name, "an organisation's name");
  const token = need(text(row.timezone), "an organisation's time zone");
  const timeZone = ianaZone(token);
  if (!timeZone) throw new Unreadable(`Xero sent the time zone ${token.slice(0, 60)}`);
  return {
    organisationId,
    name,
    legalName: text(row.legalName),
    registrationNumber: text(row.registrationNumber),
    shortCode: need(text(row.shortCode), "an organisation's short code"),
    baseCurrency: currencyOf(row.baseCurrency, organisationId),
    countryCode: need(text(row.countryCode), "an organisation's country"),
    timeZone,
    isDemo: row.isDemoCompany === true,
    lockedUntil: [day(row.periodLockDate), day(row.endOfYearLockDate)].filter(Boolean).sort().at(-1) ?? null,
  };
}

export function readContact(row: Contact): XeroContact {
  const contactId = need(row.contactID, "a contact's id");
  return {
    contactId,
    name: row.name ?? "",
    email: text(row.emailAddress),
    persons: (row.contactPersons ?? []).flatMap(({ emailAddress, includeInEmails }) => {
      const email = text(emailAddress);
      return email === null ? [] : [{ email, isIncluded: includeInEmails === true }];
    }),
    status: text(row.contactStatus) ?? "ACTIVE",
    mergedTo: isId(row.mergedToContactID) ? row.mergedToContactID : null,
    updatedAt: instant(row.updatedDateUTC, contactId),
  };
}

export function readAccount(row: Account): XeroAccount {
  const accountId = need(row.accountID, "an account's id");
  return {
    accountId,
    code: text(row.code),
    name: row.name ?? "",
    type: need(text(row.type), `the type of account ${accountId}`),
    status: need(text(row.status), `the status of account ${accountId}`),
    enablePayments: row.enablePaymentsToAccount === true,
    systemAccount: text(row.systemAccount),
    bankAccountType: text(row.bankAccountType),
    taxType: text(row.taxType),
    currency: text(row.currencyCode),
    updatedAt: instant(row.updatedDateUTC, accountId),
  };
}

export function readInvoice(row: Invoice): XeroInvoice {
  const invoiceId = need(row.invoiceID, "an invoice's id");
  const currency = currencyOf(row.currencyCode, invoiceId);
  return {
    invoiceId,
    type: need(text(row.type), `the type of invoice ${invoiceId}`),
    number: text(row.invoiceNumber),
    contactId: need(row.contact?.contactID, `the contact of invoice ${invoiceId}`),
    contactName: row.contact?.name ?? "",
    status: need(text(row.status), `the status of invoice ${invoiceId}`),
    currency,
    totalMinor: amount(row.total, currency, invoiceId),
    dueMinor: amount(row.amountDue, currency, invoiceId),
    date: day(row.date),
    dueDate: day(row.dueDate),
    fullyPaidOn: day(row.fullyPaidOnDate),
    reference: text(row.reference),
    paymentIds: (row.payments ?? []).flatMap(({ paymentID }) => (isId(paymentID) ? [paymentID] : [])),
    updatedAt: instant(row.updatedDateUTC, invoiceId),
  };
}

/** Undefined when Xero left out an id: nothing may be concluded from such a row. */
export function readPayment(row: Payment, currency: string): PostedPayment | undefined {
  const line = paymentLine(row, currency);
  return line && { xeroId: line.paymentId, reference: row.reference ?? "", lines: [line] };
}

/** Undefined when Xero left out an id, also of one line. */
export function readBatchPayment(row: BatchPayment, currency: string): PostedPayment | undefined {
  const lines = (row.payments ?? []).flatMap((payment) => paymentLine(payment, currency) ?? []);
  if (!isId(row.batchPaymentID) || lines.length === 0 || lines.length !== row.payments?.length)
    return undefined;
  return { xeroId: row.batchPaymentID, reference: row.reference ?? "", lines };
}

/** True also for what is wrapped in a 200: Xero marks errors in three ways and one of them is enough. */
export function isRejected(
  row:
    | Payment
    | BatchPayment
    | CreditNote
    | BankTransaction
    | BankTransfer
    | Invoice
    | PurchaseOrder
    | Contact,
): boolean {
  const marks = row as { hasValidationErrors?: boolean; statusAttributeString?: string };
  const errors = row.validationErrors?.length ?? 0;
  return errors > 0 || marks.hasValidationErrors === true || marks.statusAttributeString === "ERROR";
}

function paymentLine(row: Payment, currency: string) {
  const invoiceId = row.invoice?.invoiceID;
  if (!isId(row.paymentID) || !isId(invoiceId) || row.amount === undefined) return undefined;
  return { paymentId: row.paymentID, invoiceId, amountMinor: fromDecimal(row.amount, currency) };
}
