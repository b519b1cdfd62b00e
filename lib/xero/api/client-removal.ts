import "server-only";
import { removed, stands } from "../rows/write-answers.ts";
import type { Send } from "./sdk.ts";
import type { XeroApi } from "./xero-api.ts";

/** Xero's payments are never changed, only deleted (xero-platform 3.7); a member of a batch goes with its batch. */
export function removalCalls(
  tenantId: string,
  send: Send,
): Pick<XeroApi, "deletePayment" | "isPaymentThere"> {
  return {
    async deletePayment({ xeroId, isBatch }, idempotencyKey) {
      const status = "DELETED";
      const answer = isBatch
        ? await send("accounting.payments", "BatchPayments", (api) =>
            api.deleteBatchPaymentByUrlParam(tenantId, xeroId, { status }, idempotencyKey),
          )
        : await send("accounting.payments", "Payments", (api) =>
            api.deletePayment(tenantId, xeroId, { status }, idempotencyKey),
          );
      answer.only(removed);
    },

    async isPaymentThere({ xeroId, isBatch }) {
      const answer = isBatch
        ? await send("accounting.payments.read", "BatchPayments", (api) =>
            api.getBatchPayment(tenantId, xeroId),
          )
        : await send("accounting.payments.read", "Payments", (api) => api.getPayment(tenantId, xeroId));
      return answer.one(xeroId, stands);
    },
  };
}
