import { and, eq, inArray } from "drizzle-orm";
import { invoices } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";

/** PaymentIDs that the last reading showed on these invoices, by invoice. */
export async function paymentsShown(
  db: Db,
  connectionId: string,
  invoiceIds: string[],
): Promise<Map<string, string[]>> {
  if (invoiceIds.length === 0) return new Map();
  const rows = await db
    .select({ invoiceId: invoices.invoiceId, paymentIds: invoices.paymentIds })
    .from(invoices)
    .where(and(eq(invoices.connectionId, connectionId), inArray(invoices.invoiceId, invoiceIds)));
  return new Map(rows.map(({ invoiceId, paymentIds }) => [invoiceId, paymentIds]));
}
