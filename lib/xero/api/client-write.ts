import "server-only";
import type { Currency } from "xero-node/dist/gen/model/accounting/currency.js";
import { type Money, toDecimal } from "#lib/core/money/money.ts";
import { ADD_CURRENCY_SCOPE } from "../apps/scopes.ts";
import { need } from "../rows/row-parts.ts";
import { readBatchPayment, readPayment } from "../rows/rows.ts";
import { answersTo, found, written } from "../rows/write-answers.ts";
import type { Send } from "./sdk.ts";
import type { NewPayment } from "./types.ts";
import type { XeroApi } from "./xero-api.ts";

type WriteCalls = Pick<
  XeroApi,
  | "addCurrency"
  | "createPayment"
  | "createPayments"
  | "createBatchPayment"
  | "findPayments"
  | "findBatchPayments"
>;

/** What the desk writes to Xero, and how it looks for what it wrote. */
export function writeCalls(tenantId: string, send: Send): WriteCalls {
  return {
    async addCurrency(code, idempotencyKey) {
      // The SDK's enum of currencies holds strings; ISO 4217's code is one of them.
      const currency = { code: code as unknown as NonNullable<Currency["code"]> };
      const answer = await send(ADD_CURRENCY_SCOPE, "Currencies", (api) =>
        api.createCurrency(tenantId, currency, idempotencyKey),
      );
      answer.only((row) => need(String(row.code) === code ? code : undefined, `the currency ${code}`));
    },

    async createPayment(payment, idempotencyKey) {
      const answer = await send("accounting.payments", "Payments", (api) =>
        api.createPayment(tenantId, paymentRow(payment), idempotencyKey),
      );
      return answer.only(written((row) => readPayment(row, payment.currency)));
    },

    async createPayments(payments, idempotencyKey) {
      const summarizeErrors = false;
      const answer = await send("accounting.payments", "Payments", (api) =>
        api.createPayments(tenantId, { payments: payments.map(paymentRow) }, summarizeErrors, idempotencyKey),
      );
      const currencies = new Map(payments.map(({ reference, currency }) => [reference, currency]));
      return answersTo(answer, [...currencies.keys()], {
        keyOf: ({ reference }) => reference,
        read: written((row) => readPayment(row, currencies.get(row.reference ?? "") ?? "")),
      });
    },

    async createBatchPayment(payment, idempotencyKey) {
      const summarizeErrors = undefined;
      const batch = {
        account: { accountID: payment.accountId },
        date: payment.date,
        reference: payment.reference,
        payments: payment.lines.map(({ invoiceId, amountMinor }) => ({
          invoice: { invoiceID: invoiceId },
          amount: decimal({ minor: amountMinor, currency: payment.currency }),
        })),
      };
      const answer = await send("accounting.payments", "BatchPayments", (api) =>
        api.createBatchPayment(tenantId, { batchPayments: [batch] }, summarizeErrors, idempotencyKey),
      );
      return answer.only(written((row) => readBatchPayment(row, payment.currency)));
    },

    async findPayments(reference, currency) {
      const [since, order, page, pageSize] = [undefined, undefined, 1, 100];
      const answer = await send("accounting.payments.read", "Payments", (api) =>
        api.getPayments(tenantId, since, byReference(reference), order, page, pageSize),
      );
      return found(answer, {
        reference,
        read: (row) => (row.batchPayment || row.batchPaymentID ? null : readPayment(row, currency)),
      });
    },

    async findBatchPayments(reference, currency) {
      const answer = await send("accounting.payments.read", "BatchPayments", (api) =>
        api.getBatchPayments(tenantId, undefined, byReference(reference)),
      );
      return found(answer, { reference, read: (row) => readBatchPayment(row, currency) });
    },
  };
}

function paymentRow({ lines: [line, ...more], ...payment }: NewPayment) {
  if (!line || more.length > 0) throw new RangeError("A single payment has one line");
  return {
    invoice: { invoiceID: line.invoiceId },
    account: { accountID: payment.accountId },
    date: payment.date,
    amount: decimal({ minor: line.amountMinor, currency: payment.currency }),
    reference: payment.reference,
  };
}

/** JSON numbers are what Xero takes; the shortest text of this one is the exact decimal. */
export function decimal(money: Money): number {
  return Number(toDecimal(money));
}

/** A day in a where-filter. */
export function dateTime(date: string): string {
  const [year, month, day] = date.split("-").map(Number);
  return `DateTime(${year},${month},${day})`;
}

/** A where-filter is text: only our own kind of reference may go into one. */
export function byReference(reference: string): string {
  if (!/^[\w-]{1,40}$/.test(reference)) throw new RangeError("Not a reference of ours");
  return `Reference=="${reference}"`;
}
