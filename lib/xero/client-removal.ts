import "server-only";
import type { Send } from "./client.ts";
import { messagesIn } from "./faults.ts";
import { isRejected } from "./rows.ts";
import { type XeroApi, XeroFault } from "./types.ts";

/** Xero's payments are never changed, only deleted (xero-platform 3.7); a member of a batch goes with its batch. */
export function removalCalls(
  tenantId: string,
  send: Send,
): Pick<XeroApi, "deletePayment" | "isPaymentThere"> {
  return {
    async deletePayment({ xeroId, isBatch }, idempotencyKey) {
      const status = "DELETED";
      const rows = isBatch
        ? (
            await send("accounting.payments", (api) =>
              api.deleteBatchPaymentByUrlParam(tenantId, xeroId, { status }, idempotencyKey),
            )
          ).batchPayments
        : (
            await send("accounting.payments", (api) =>
              api.deletePayment(tenantId, xeroId, { status }, idempotencyKey),
            )
          ).payments;
      const [row] = rows ?? [];
      if (row && isRejected(row)) throw new XeroFault({ kind: "refused", messages: messagesIn(row) });
    },

    async isPaymentThere({ xeroId, isBatch }) {
      const rows = isBatch
        ? (await send("accounting.payments.read", (api) => api.getBatchPayment(tenantId, xeroId)))
            .batchPayments
        : (await send("accounting.payments.read", (api) => api.getPayment(tenantId, xeroId))).payments;
      return (rows ?? []).some((row) => String(row.status) !== "DELETED");
    },
  };
}
