import { eq, inArray, sql } from "drizzle-orm";
import { allocations, attempts, captures } from "#db/schema/payments.ts";
import type { Db } from "#lib/core/db.ts";

/** Who paid and what, to tell payments in a list apart: "Zed Payer: INV-3002, INV-3003", by the payment's id. */
export async function labelsOfPayments(db: Db, captureIds: string[]): Promise<Map<string, string>> {
  if (captureIds.length === 0) return new Map();
  const rows = await db
    .select({
      id: captures.id,
      name: attempts.payerName,
      email: attempts.payerEmail,
      numbers: sql<
        string[]
      >`coalesce(array_agg(${allocations.invoiceNumber} order by ${allocations.invoiceNumber}) filter (where ${allocations.invoiceNumber} is not null), '{}')`,
    })
    .from(captures)
    .innerJoin(attempts, eq(attempts.id, captures.attemptId))
    .leftJoin(allocations, eq(allocations.captureId, captures.id))
    .where(inArray(captures.id, captureIds))
    .groupBy(captures.id, attempts.id);
  return new Map(
    rows.map(({ id, name, email, numbers }) => [
      id,
      [name ?? email ?? "A client", numbers.join(", ")].filter(Boolean).join(": "),
    ]),
  );
}
