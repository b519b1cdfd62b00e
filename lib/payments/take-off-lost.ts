import { and, eq, notExists, sql } from "drizzle-orm";
import { captures, disputes } from "#db/schema/payments.ts";
import type { Db } from "#lib/core/db.ts";
import { createRemovalPosting, paymentInXero, removalOf } from "#lib/posting/create-removal-posting.ts";
import { listAllocated } from "./refund-store.ts";

/**
 * Promises that what a lost dispute took back is taken off in Xero, for each payment that is there by now. One that Xero
 * has not got yet waits for the next turn. Of a part that was disputed Xero can take nothing off: that is a person's.
 */
export async function takeOffLost(tx: Db): Promise<void> {
  const rows = await tx
    .select({ dispute: disputes, capture: captures })
    .from(disputes)
    .innerJoin(captures, eq(captures.id, disputes.captureId))
    .where(
      and(
        eq(disputes.state, "lost"),
        eq(disputes.amountMinor, captures.amountMinor),
        notExists(removalOf(tx, sql`${disputes.id}`)),
      ),
    )
    .limit(100);
  for (const { dispute, capture } of rows) {
    const payment = await paymentInXero(tx, capture.id);
    if (!payment) continue;
    await createRemovalPosting(tx, {
      payment,
      disputeId: dispute.id,
      origin: { id: dispute.objectRef, at: dispute.openedAt },
      amountMinor: capture.amountMinor,
      invoiceIds: (await listAllocated(tx, capture.id)).map(({ invoiceId }) => invoiceId),
    });
  }
}
