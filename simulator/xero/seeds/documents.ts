/** Invoices with their payments, as if made and paid in Xero long ago. */

import { taxOn, totals } from "../accounting/invoices/lines.ts";
import { onlineToken } from "../accounting/invoices/save.ts";
import { addDays, dayToMs, msToDay } from "../dates.ts";
import type { Contact, Credit, Invoice, InvoiceStatus, Line, Payment } from "../model.ts";
import { toBase } from "../rates.ts";
import { creditBooks, invoices, payments } from "../store/books.ts";
import { salesTaxType, taxPercent } from "./chart.ts";
import { accountNamed, type Firm } from "./organisation.ts";
import { idOf } from "./random.ts";

export type Document = {
  number: string;
  contact: Contact;
  /** With tax, in minor units. */
  total: number;
  /** Days from today: −30 is a month ago. */
  issued: number;
  due?: number;
  status?: InvoiceStatus;
  type?: Invoice["type"];
  currency?: string;
  /** Amounts paid so far, each a week after the other. */
  paid?: number[];
  credited?: number;
  description?: string;
  reference?: string;
  /** Tells apart documents with the same number. */
  edition?: number;
};

export function addDocument(firm: Firm, document: Document): Invoice {
  const { plan, themeIds } = firm;
  const { number, contact, type = "ACCREC", status = "AUTHORISED", edition = 0, paid = [] } = document;
  const today = msToDay(firm.world.clock.now());
  const id = idOf(plan.key, "invoice", type, number, edition);
  const day = addDays(today, document.issued);
  const currency = document.currency ?? plan.baseCurrency;
  const lines = document.total === 0 ? [] : [lineOf(firm, document, id)];
  const amountPaid = paid.reduce((sum, amount) => sum + amount, 0);
  const credits = creditsOf(document, id, day);
  const settledDay = addDays(day, 7 * Math.max(1, paid.length));
  const isSettled = status === "PAID";
  const invoice: Invoice = {
    ...{ id, type, number, day, status, lines, amountPaid, credits, currency },
    reference: document.reference ?? "",
    contactId: contact.id,
    dueDay: addDays(today, document.due ?? document.issued + 14),
    lineAmountType: "Inclusive",
    ...totals(lines, "Inclusive"),
    rate: rateOf(firm, currency),
    themeId: themeIds[0] ?? "",
    sentToContact: status === "AUTHORISED" || isSettled,
    onlineToken: onlineToken(Buffer.from(`${id}${idOf("online", id)}`.replaceAll("-", ""), "hex")),
    ...(isSettled && { fullyPaidDay: settledDay }),
  };
  const touchedDay = paid.length > 0 ? settledDay : day;
  invoices.put(firm, invoice, timeOn(firm, touchedDay, id));
  for (const [at, amount] of paid.entries())
    addPayment(firm, invoice, amount, addDays(day, 7 * (at + 1)), at);
  for (const credit of credits) addCreditNote(firm, invoice, credit);
  return invoice;
}

function lineOf({ plan, chart }: Firm, { type, total, description }: Document, id: string): Line {
  const code = type === "ACCPAY" ? "453" : "200";
  const taxType =
    type === "ACCPAY" ? salesTaxType(plan.country).replace("OUTPUT", "INPUT") : salesTaxType(plan.country);
  const percent = type === "ACCPAY" && plan.country === "US" ? 0 : taxPercent(plan.country);
  const accountId = chart.find((account) => account.code === code)?.id;
  return {
    id: idOf(id, "line"),
    description: description ?? "Professional services",
    quantity: 10_000,
    unitAmount: total * 100,
    lineAmount: total,
    taxAmount: taxOn(total, percent, "Inclusive"),
    taxType,
    ...(accountId && { accountId }),
  };
}

function creditsOf({ credited, number }: Document, id: string, day: string): Credit[] {
  if (!credited) return [];
  const [creditId, allocationId] = [idOf(id, "credit"), idOf(id, "allocation")];
  const entry = { number: `CN-${number}`, day: addDays(day, 3), amount: credited };
  return [{ id: creditId, of: "credit-note", allocationId, ...entry }];
}

/** The credit note itself, all of it set against its invoice. */
function addCreditNote(
  firm: Firm,
  invoice: Invoice,
  { id, allocationId, number, day, amount }: Credit,
): void {
  const { contactId, currency, rate } = invoice;
  const line = { id: idOf(id, "line"), description: "Credit", quantity: 10_000, taxType: "NONE" };
  creditBooks["credit-note"].put(
    firm,
    {
      ...{ id, number, day, contactId, currency, rate, reference: "", status: "PAID" },
      type: invoice.type === "ACCREC" ? "ACCRECCREDIT" : "ACCPAYCREDIT",
      lineAmountType: "NoTax",
      lines: [{ ...line, unitAmount: amount * 100, lineAmount: amount, taxAmount: 0 }],
      ...{ subTotal: amount, totalTax: 0, total: amount },
      allocations: [{ id: allocationId, invoiceId: invoice.id, amount, day }],
    },
    timeOn(firm, day, id),
  );
}

function addPayment(firm: Firm, invoice: Invoice, amount: number, day: string, at: number): void {
  const account = accountNamed(
    firm,
    invoice.currency === firm.plan.baseCurrency ? bankOf(firm) : `${invoice.currency} Account`,
  );
  const payment: Payment = {
    id: idOf(invoice.id, "payment", at),
    invoiceId: invoice.id,
    type: invoice.type === "ACCREC" ? "ACCRECPAYMENT" : "ACCPAYPAYMENT",
    status: "AUTHORISED",
    accountId: account.id,
    day,
    amount,
    bankAmount: account.currency === invoice.currency ? amount : toBase(amount, invoice.rate),
    rate: invoice.rate,
    reference: invoice.number,
    isReconciled: at === 0,
  };
  payments.put(firm, payment, timeOn(firm, day, payment.id));
}

const bankOf = ({ plan }: Firm) => (plan.country === "US" ? "Checking Account" : "Business Bank Account");

function rateOf({ plan }: Firm, currency: string): number {
  return currency === plan.baseCurrency ? 1 : (plan.foreign[currency] ?? 1);
}

/** Some moment of that day, the same for the same id, and never later than now. */
function timeOn({ world }: Firm, day: string, id: string): number {
  const within = Number.parseInt(id.slice(0, 8), 16) % 36_000_000;
  return Math.min(dayToMs(day) + within, world.clock.now());
}
