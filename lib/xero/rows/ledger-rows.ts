import type { Action } from "xero-node/dist/gen/model/accounting/action.js";
import type { Allocation } from "xero-node/dist/gen/model/accounting/allocation.js";
import type { BrandingTheme } from "xero-node/dist/gen/model/accounting/brandingTheme.js";
import type { CreditNote } from "xero-node/dist/gen/model/accounting/creditNote.js";
import type { Currency } from "xero-node/dist/gen/model/accounting/currency.js";
import type { Overpayment } from "xero-node/dist/gen/model/accounting/overpayment.js";
import type { Payment } from "xero-node/dist/gen/model/accounting/payment.js";
import type { Prepayment } from "xero-node/dist/gen/model/accounting/prepayment.js";
import type { TaxRate } from "xero-node/dist/gen/model/accounting/taxRate.js";
import type { AccountClass } from "../api/account-classes.ts";
import type {
  XeroAction,
  XeroBrandingTheme,
  XeroCredit,
  XeroCurrency,
  XeroPayment,
  XeroTaxRate,
} from "../api/types.ts";
import { amount, currencyOf, day, instant, isId, need, text } from "./row-parts.ts";

export function readCreditNote(row: CreditNote): XeroCredit {
  return readCredit(need(row.creditNoteID, "a credit note's id"), row, text(row.creditNoteNumber));
}

export function readOverpayment(row: Overpayment): XeroCredit {
  return readCredit(need(row.overpaymentID, "an overpayment's id"), row, null);
}

export function readPrepayment(row: Prepayment): XeroCredit {
  return readCredit(need(row.prepaymentID, "a prepayment's id"), row, null);
}

function readCredit(
  creditId: string,
  row: CreditNote | Overpayment | Prepayment,
  number: string | null,
): XeroCredit {
  const currency = currencyOf(row.currencyCode, creditId);
  return {
    creditId,
    type: need(text(row.type), `the type of ${creditId}`),
    number,
    reference: text(row.reference),
    contactId: need(row.contact?.contactID, `the contact of ${creditId}`),
    status: need(text(row.status), `the status of ${creditId}`),
    currency,
    totalMinor: amount(row.total, currency, creditId),
    remainingMinor: amount(row.remainingCredit, currency, creditId),
    date: day(row.date),
    allocations: (row.allocations ?? []).flatMap((part) => readAllocation(part, currency, creditId)),
    updatedAt: instant(row.updatedDateUTC, creditId),
  };
}

function readAllocation(part: Allocation, currency: string, creditId: string) {
  const invoiceId = part.invoice?.invoiceID;
  if (part.isDeleted || !isId(invoiceId)) return [];
  return [{ invoiceId, amountMinor: amount(part.amount, currency, creditId).toString() }];
}

/** A payment's amount is in its document's currency. */
export function readListedPayment(row: Payment): XeroPayment {
  const paymentId = need(row.paymentID, "a payment's id");
  const paid = row.invoice ?? row.creditNote ?? row.overpayment ?? row.prepayment;
  const currency = currencyOf(paid?.currencyCode, paymentId);
  const invoiceId = row.invoice?.invoiceID;
  return {
    paymentId,
    type: need(text(row.paymentType), `the type of payment ${paymentId}`),
    status: need(text(row.status), `the status of payment ${paymentId}`),
    invoiceId: isId(invoiceId) ? invoiceId : null,
    accountId: text(row.account?.accountID),
    batchPaymentId: text(row.batchPaymentID) ?? text(row.batchPayment?.batchPaymentID),
    date: day(row.date),
    currency,
    amountMinor: amount(row.amount, currency, paymentId),
    reference: text(row.reference),
    isReconciled: row.isReconciled === true,
    updatedAt: instant(row.updatedDateUTC, paymentId),
  };
}

/** Xero's flag of each class of accounts; an absent one says nothing against it. */
const APPLIES = [
  ["assets", "canApplyToAssets"],
  ["equity", "canApplyToEquity"],
  ["expenses", "canApplyToExpenses"],
  ["liabilities", "canApplyToLiabilities"],
  ["revenue", "canApplyToRevenue"],
] as const satisfies [AccountClass, keyof TaxRate][];

export function readTaxRate(row: TaxRate): XeroTaxRate {
  const taxType = need(text(row.taxType), "a tax rate's type");
  return {
    taxType,
    name: row.name ?? "",
    status: text(row.status) ?? "ACTIVE",
    percent: String(row.effectiveRate ?? row.displayTaxRate ?? 0),
    appliesTo: APPLIES.flatMap(([name, flag]) => (row[flag] === false ? [] : [name])),
  };
}

export function readCurrency(row: Currency): XeroCurrency {
  return { code: need(text(row.code), "a currency's code"), description: text(row.description) };
}

export function readBrandingTheme(row: BrandingTheme): XeroBrandingTheme {
  const themeId = need(row.brandingThemeID, "a branding theme's id");
  return { themeId, name: row.name ?? "", sortOrder: row.sortOrder ?? null };
}

export function readAction(row: Action): XeroAction {
  return { name: need(text(row.name), "an action's name"), status: text(row.status) ?? "" };
}
