import "server-only";
import { attachmentCalls } from "./client-attachments.ts";
import { bankCalls } from "./client-bank.ts";
import { contactCalls } from "./client-contacts.ts";
import { creditCalls } from "./client-credit.ts";
import { historyCalls } from "./client-history.ts";
import { orderCalls } from "./client-orders.ts";
import { overpaymentCalls } from "./client-overpayment.ts";
import { readCalls } from "./client-read.ts";
import { removalCalls } from "./client-removal.ts";
import { writeCalls } from "./client-write.ts";
import type { Send } from "./sdk.ts";
import type { XeroApi } from "./xero-api.ts";

/** The only place that speaks xero-node: ours in, ours out. Positional parameters are named where they are passed. */
export function xeroApi(tenantId: string, send: Send): XeroApi {
  return {
    ...readCalls(tenantId, send),
    ...writeCalls(tenantId, send),
    ...creditCalls(tenantId, send),
    ...removalCalls(tenantId, send),
    ...historyCalls(tenantId, send),
    ...bankCalls(tenantId, send),
    ...overpaymentCalls(tenantId, send),
    ...orderCalls(tenantId, send),
    ...contactCalls(tenantId, send),
    ...attachmentCalls(tenantId, send),
  };
}
