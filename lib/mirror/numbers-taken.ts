import { and, eq, inArray, notInArray } from "drizzle-orm";
import { invoices } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";

/** The sales invoices that have these numbers in an organisation, by number; what was voided or deleted left out. */
export async function numbersTaken(
  db: Db,
  connectionId: string,
  numbers: string[],
): Promise<Map<string, { invoiceId: string; reference: string | null }[]>> {
  if (numbers.length === 0) return new Map();
  const rows = await db
    .select({ number: invoices.number, invoiceId: invoices.invoiceId, reference: invoices.reference })
    .from(invoices)
    .where(
      and(
        eq(invoices.connectionId, connectionId),
        eq(invoices.type, "ACCREC"),
        inArray(invoices.number, [...new Set(numbers)]),
        notInArray(invoices.status, ["VOIDED", "DELETED"]),
      ),
    );
  return Map.groupBy(rows, ({ number }) => number ?? "");
}
