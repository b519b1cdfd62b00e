import { firesOnPayment } from "../../events.ts";
import type { BatchPayment, Payment, Settled } from "../../model.ts";
import { batchPayments, payments } from "../../store/books.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { saveSettled, settledBy } from "./settled.ts";

/** The payment and what it does to its document belong together; the caller has opened the transaction. */
export function savePayment(scope: Scope, payment: Payment, settled: Settled): Stored<Payment> {
  return change(scope, payment, settled, "created");
}

/**
 * Takes the payment off its document: an invoice is owed again, a credit is there again. Also the control API's removal
 * "in Xero".
 */
export function removePayment(scope: Scope, payment: Stored<Payment>): Stored<Payment> {
  const settled = settledBy(scope, payment);
  if (!settled) throw new Error(`Payment ${payment.id} has no document`);
  return change(scope, { ...payment, status: "DELETED" }, settled, "deleted");
}

function change(scope: Scope, payment: Payment, settled: Settled, what: "created" | "deleted") {
  const { id, invoiceId, type, amount, day, reference, batchId } = payment;
  const saved = payments.put(scope, payment);
  const paid = what === "created" ? amount : -amount;
  saveSettled(scope, settled, { amount: paid, day, fires: firesOnPayment(scope.world) });
  scope.world.journal.write(`xero.payment.${what}`, {
    ...{ tenantId: scope.tenantId, paymentId: id, type, invoiceId, invoiceNumber: settled.document.number },
    ...{ amount, reference, batchPaymentId: batchId ?? null },
  });
  return saved;
}

export function saveBatch(
  scope: Scope,
  batch: BatchPayment,
  what: "created" | "deleted" | "reconciled",
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

/** All of its payments that are left go with it. Also the control API's removal "in Xero". */
export function removeBatch(scope: Scope, batch: Stored<BatchPayment>): Stored<BatchPayment> {
  for (const payment of payments.among(scope, batch.paymentIds).values()) {
    if (payment.status !== "DELETED") removePayment(scope, payment);
  }
  return saveBatch(scope, { ...batch, status: "DELETED" }, "deleted");
}
