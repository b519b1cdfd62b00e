import { and, eq, isNull, sql } from "drizzle-orm";
import { breaks } from "#db/schema/reconcile.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";

/**
 * A person has seen to what disagrees, or decided that it may: it leaves the list, also while it lasts. Their note stays in
 * the timeline. Throws AppError `conflict` when it is not on the list any more.
 */
export async function settleBreak(
  db: Db,
  caller: FirmCaller,
  { breakId, note }: { breakId: string; note: string },
): Promise<void> {
  const { firm } = caller;
  requireAbility(firm, "act");
  await db.transaction(async (tx) => {
    const [settled] = await tx
      .update(breaks)
      .set({ settledAt: sql`now()` })
      .where(
        and(
          eq(breaks.id, breakId),
          eq(breaks.firmId, firm.firmId),
          isNull(breaks.settledAt),
          isNull(breaks.closedAt),
        ),
      )
      .returning({ captureId: breaks.captureId });
    if (!settled) throw new AppError("conflict", "This is not on the list any more.");
    await recordBy(tx, caller, {
      action: "break.settled",
      subject: settled.captureId ? `capture:${settled.captureId}` : `break:${breakId}`,
      detail: { note },
    });
  });
}
