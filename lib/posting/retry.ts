import { and, eq, inArray, lt, ne, sql } from "drizzle-orm";
import { postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import { AGAIN, endByHand } from "./store.ts";

/**
 * A person has mended a cause: the refused postings that share it go again, each after a look whether it is in Xero by
 * now. How many; throws AppError `conflict` when none of them is waiting for anyone.
 */
export async function retryPostings(db: Db, caller: FirmCaller, postingIds: string[]): Promise<number> {
  const { firm } = caller;
  requireAbility(firm, "act");
  return db.transaction(async (tx) => {
    const moved = await tx
      .update(postings)
      .set(AGAIN)
      .where(
        and(
          inArray(postings.id, postingIds),
          eq(postings.firmId, firm.firmId),
          eq(postings.state, "refused"),
          ne(postings.kind, "chore"),
        ),
      )
      .returning({ id: postings.id });
    if (moved.length === 0) throw new AppError("conflict", "This payment is not waiting any more.");
    for (const { id } of moved)
      await recordBy(tx, caller, { action: "posting.retried", subject: `posting:${id}` });
    return moved.length;
  });
}

/**
 * A person has entered it in Xero themselves, or decided that it needs no entry: it is never sent again. Their note stays.
 * Throws AppError `conflict` when it is not waiting for anyone.
 */
export async function markByHand(
  db: Db,
  caller: FirmCaller,
  { postingId, note }: { postingId: string; note: string },
): Promise<void> {
  const { firm } = caller;
  requireAbility(firm, "act");
  await db.transaction(async (tx) => {
    if (!(await endByHand(tx, { firmId: firm.firmId, postingId, note })))
      throw new AppError("conflict", "This payment is not waiting any more.");
    await recordBy(tx, caller, {
      action: "posting.by-hand",
      subject: `posting:${postingId}`,
      detail: { note },
    });
  });
}

/** Tries again what Xero refused a while ago, for its cause may have been mended there: ever less often, at least daily. */
export async function revisitRefused(db: Db): Promise<void> {
  await db
    .update(postings)
    .set(AGAIN)
    .where(and(eq(postings.state, "refused"), ne(postings.kind, "chore"), lt(postings.dueAt, sql`now()`)));
}

/** Payouts are written elsewhere from now on: also those parts of them that Xero has refused so far. */
export async function redirectRefused(
  tx: Db,
  to: { connectionId: string; clearingAccountId: string; bankAccountId: string; feeAccountCode: string },
): Promise<void> {
  const refused = and(eq(postings.connectionId, to.connectionId), eq(postings.state, "refused"));
  const { clearingAccountId: accountId } = to;
  await tx
    .update(postings)
    .set({ ...AGAIN, accountId, targetId: to.bankAccountId })
    .where(and(refused, eq(postings.kind, "transfer")));
  await tx
    .update(postings)
    .set({ ...AGAIN, accountId, targetId: to.feeAccountCode })
    .where(and(refused, eq(postings.kind, "fee")));
}
