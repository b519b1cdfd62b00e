import { firesOnPayment } from "../../events.ts";
import type { BatchPayment, Invoice, Payment } from "../../model.ts";
import { batchPayments, invoices, payments } from "../../store/books.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { saveInvoice } from "../invoices/save.ts";

/** The payment and what it does to its invoice belong together; the caller has opened the transaction. */
export function savePayment(
  scope: Scope,
  payment: Payment,
  invoice: Invoice,
  what: "created" | "deleted",
): Stored<Payment> {
  const saved = payments.put(scope, payment);
  saveInvoice(scope, invoice, firesOnPayment(scope.world) ? "UPDATE" : "silent");
  const { id, invoiceId, amount, reference, batchId } = payment;
  const batchPaymentId = batchId ?? null;
  scope.world.journal.write(`xero.payment.${what}`, {
    ...{ tenantId: scope.tenantId, paymentId: id, invoiceId, invoiceNumber: invoice.number },
    ...{ amount, reference, batchPaymentId },
  });
  return saved;
}

/** Takes the payment off its invoice, which is AUTHORISED again. Also the control API's removal "in Xero". */
export function removePayment(scope: Scope, payment: Stored<Payment>): Stored<Payment> {
  const invoice = invoices.get(scope, payment.invoiceId);
  if (!invoice) throw new Error(`Payment ${payment.id} has no invoice`);
  const left = { ...invoice, amountPaid: invoice.amountPaid - payment.amount };
  return savePayment(scope, { ...payment, status: "DELETED" }, left, "deleted");
}

export function saveBatch(
  scope: Scope,
  batch: BatchPayment,
  what: "created" | "deleted",
): Stored<BatchPayment> {
  const { world, tenantId } = scope;
  const { id, total, reference, paymentIds } = batch;
  world.journal.write(`xero.batch-payment.${what}`, {
    tenantId,
    batchPaymentId: id,
    total,
    reference,
    paymentIds,
  });
  return batchPayments.put(scope, batch);
}

/** All of its payments go with it. Also the control API's removal "in Xero". */
export function removeBatch(scope: Scope, batch: Stored<BatchPayment>): Stored<BatchPayment> {
  for (const payment of payments.among(scope, batch.paymentIds).values()) removePayment(scope, payment);
  return saveBatch(scope, { ...batch, status: "DELETED" }, "deleted");
}
