import { and, eq, sql } from "drizzle-orm";
import { postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";

/**
 * A person has mended the cause: the refused posting goes again, after a look whether it is in Xero by now. Throws
 * AppError `conflict` when it is not waiting for anyone.
 */
export async function retryPosting(db: Db, caller: FirmCaller, postingId: string): Promise<void> {
  const { firm } = caller;
  requireAbility(firm, "act");
  await db.transaction(async (tx) => {
    const moved = await tx
      .update(postings)
      .set({ state: "unknown", emptyLooks: 1, dueAt: sql`now()` })
      .where(and(eq(postings.id, postingId), eq(postings.firmId, firm.firmId), eq(postings.state, "refused")))
      .returning({ id: postings.id });
    if (moved.length === 0) throw new AppError("conflict", "This payment is not waiting any more.");
    await recordBy(tx, caller, { action: "posting.retried", subject: `posting:${postingId}` });
  });
}
