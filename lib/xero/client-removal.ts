import "server-only";
import type { Send } from "./client.ts";
import { confirmRemoval, stands } from "./client-write.ts";
import type { XeroApi } from "./types.ts";

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
      confirmRemoval(rows);
    },

    async isPaymentThere({ xeroId, isBatch }) {
      const rows = isBatch
        ? (await send("accounting.payments.read", (api) => api.getBatchPayment(tenantId, xeroId)))
            .batchPayments
        : (await send("accounting.payments.read", (api) => api.getPayment(tenantId, xeroId))).payments;
      return stands(rows, "DELETED");
    },
  };
}
