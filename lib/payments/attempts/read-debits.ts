import { and, asc, eq, sql } from "drizzle-orm";
import { attempts, holds } from "#db/schema/payments.ts";
import type { Db } from "#lib/core/db.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";

export type DebitUnderWay = {
  attemptId: string;
  currency: string;
  amountMinor: bigint;
  since: Date;
  numbers: string[];
};

/** Bank debits that no bank has answered yet, oldest first: promised, not paid. Throws `forbidden` to who may not see. */
export async function listDebitsUnderWay(db: Db, firm: FirmContext): Promise<DebitUnderWay[]> {
  requireAbility(firm, "see");
  const rows = await db
    .select({
      attemptId: attempts.id,
      currency: attempts.currency,
      amountMinor: attempts.amountMinor,
      since: attempts.submittedAt,
      numbers: sql<string[]>`array_agg(${holds.invoiceNumber} order by ${holds.invoiceNumber})`,
    })
    .from(attempts)
    .innerJoin(holds, eq(holds.attemptId, attempts.id))
    .where(and(eq(attempts.firmId, firm.firmId), eq(attempts.state, "submitted")))
    .groupBy(attempts.id)
    .orderBy(asc(attempts.submittedAt));
  return rows.flatMap(({ since, ...row }) => (since ? [{ ...row, since }] : []));
}
