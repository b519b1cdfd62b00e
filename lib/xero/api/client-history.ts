import "server-only";
import type { Send } from "./sdk.ts";
import type { XeroApi } from "./xero-api.ts";

/** An invoice's History: what is noted there can be neither changed nor taken off (xero-platform 3.5). */
export function historyCalls(tenantId: string, send: Send): Pick<XeroApi, "invoiceNotes" | "noteOnInvoice"> {
  return {
    async invoiceNotes(invoiceId) {
      const answer = await send("accounting.invoices", "HistoryRecords", (api) =>
        api.getInvoiceHistory(tenantId, invoiceId),
      );
      return answer.all(({ details }) => details ?? "");
    },

    async noteOnInvoice(invoiceId, details, idempotencyKey) {
      await send("accounting.invoices", "HistoryRecords", (api) =>
        api.createInvoiceHistory(tenantId, invoiceId, { historyRecords: [{ details }] }, idempotencyKey),
      );
    },
  };
}
