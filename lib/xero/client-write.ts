import "server-only";
import type { Payment } from "xero-node/dist/gen/model/accounting/payment.js";
import { type Money, toDecimal } from "#lib/core/money.ts";
import type { Send } from "./client.ts";
import { messagesIn } from "./faults.ts";
import { Unreadable } from "./row-parts.ts";
import { isRejected, readBatchPayment, readPayment } from "./rows.ts";
import { type NewPayment, type PostedPayment, type XeroApi, XeroFault } from "./types.ts";

type WriteCalls = Pick<
  XeroApi,
  "createPayment" | "createPayments" | "createBatchPayment" | "findPayments" | "findBatchPayments"
>;

/** What the desk writes to Xero, and how it looks for what it wrote. */
export function writeCalls(tenantId: string, send: Send): WriteCalls {
  return {
    async createPayment(payment, idempotencyKey) {
      const body = await send("accounting.payments", (api) =>
        api.createPayment(tenantId, paymentRow(payment), idempotencyKey),
      );
      return written(body.payments?.[0], (row) => readPayment(row, payment.currency));
    },

    async createPayments(payments, idempotencyKey) {
      const summarizeErrors = false;
      const body = await send("accounting.payments", (api) =>
        api.createPayments(tenantId, { payments: payments.map(paymentRow) }, summarizeErrors, idempotencyKey),
      );
      return new Map(
        payments.flatMap(({ reference, currency }) => {
          const row = body.payments?.find((one) => one.reference === reference);
          return row ? [[reference, answerOf(row, currency)]] : [];
        }),
      );
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
      const body = await send("accounting.payments", (api) =>
        api.createBatchPayment(tenantId, { batchPayments: [batch] }, summarizeErrors, idempotencyKey),
      );
      return written(body.batchPayments?.[0], (row) => readBatchPayment(row, payment.currency));
    },

    async findPayments(reference, currency) {
      const [since, order, page, pageSize] = [undefined, undefined, 1, 100];
      const body = await send("accounting.payments.read", (api) =>
        api.getPayments(tenantId, since, byReference(reference), order, page, pageSize),
      );
      const live = (body.payments ?? []).filter(
        (row) =>
          row.reference === reference &&
          String(row.status) !== "DELETED" &&
          !row.batchPayment &&
          !row.batchPaymentID,
      );
      return live.map((row) => complete(readPayment(row, currency)));
    },

    async findBatchPayments(reference, currency) {
      const body = await send("accounting.payments.read", (api) =>
        api.getBatchPayments(tenantId, undefined, byReference(reference)),
      );
      const live = (body.batchPayments ?? []).filter(
        (row) => row.reference === reference && String(row.status) !== "DELETED",
      );
      return live.map((row) => complete(readBatchPayment(row, currency)));
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

/** Xero took something off. Throws `refused` for a row with errors in a 200, `no_answer` for a 200 without a row. */
export function confirmRemoval(rows: Parameters<typeof isRejected>[0][] | undefined): void {
  const row = answered(rows);
  if (isRejected(row)) throw new XeroFault({ kind: "refused", messages: messagesIn(row) });
}

/** Whether what was asked for by its id stands: false only once Xero says so. Throws `no_answer` for a 200 without a row. */
export function stands(rows: { status?: unknown }[] | undefined, gone: "DELETED" | "VOIDED"): boolean {
  return String(answered(rows).status) !== gone;
}

function answered<R>(rows: R[] | undefined): R {
  const [row] = rows ?? [];
  if (!row) throw new XeroFault({ kind: "no_answer" }, new Unreadable("Xero said OK and nothing else"));
  return row;
}

/** What Xero says it wrote. Throws `refused` for a row with errors in a 200, `no_answer` for one without ids. */
export function written<R extends Parameters<typeof isRejected>[0]>(
  row: R | undefined,
  read: (row: R) => PostedPayment | undefined,
): PostedPayment {
  if (row && isRejected(row)) throw new XeroFault({ kind: "refused", messages: messagesIn(row) });
  const posted = row && read(row);
  if (!posted) throw new XeroFault({ kind: "no_answer" }, new Unreadable("Xero said OK without ids"));
  return posted;
}

/** The same, of one among several. */
function answerOf(row: Payment, currency: string): PostedPayment | XeroFault {
  try {
    return written(row, (one) => readPayment(one, currency));
  } catch (error) {
    if (!(error instanceof XeroFault)) throw error;
    return error;
  }
}

function complete(posted: PostedPayment | undefined): PostedPayment {
  if (!posted) throw new Unreadable("Xero left out an id of a payment");
  return posted;
}
