import { and, eq, inArray, lt, ne, sql } from "drizzle-orm";
import { postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { forgetFailures } from "#lib/core/failures/failures.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import { endWithInvoices, INVOICE_BY_HAND } from "./order-kinds/with-invoice.ts";
import { AGAIN, endByHand, POSTING } from "./store.ts";

/**
 * A person has mended a cause: what was refused goes again, after a look whether it is in Xero by now, to the accounts that
 * are set then; what waits is tried at once. How many; throws AppError `conflict` when none of them is waiting for anyone.
 */
export async function retryPostings(db: Db, caller: FirmCaller, postingIds: string[]): Promise<number> {
  const { firm } = caller;
  requireAbility(firm, "act");
  return db.transaction(async (tx) => {
    const asked = and(
      inArray(postings.id, postingIds),
      eq(postings.firmId, firm.firmId),
      ne(postings.kind, "chore"),
    );
    const waiting = await tx
      .update(postings)
      .set({ dueAt: sql`now()` })
      .where(and(asked, inArray(postings.state, ["ready", "unknown"])))
      .returning({ id: postings.id });
    const refused = await tx
      .update(postings)
      .set(AGAIN)
      .where(and(asked, eq(postings.state, "refused")))
      .returning({ id: postings.id });
    const moved = [...waiting, ...refused];
    await forgetFailures(
      tx,
      POSTING,
      moved.map(({ id }) => id),
    );
    if (moved.length === 0) throw new AppError("conflict", "This is not waiting any more.");
    for (const { id } of moved)
      await recordBy(tx, caller, { action: "posting.retried", subject: `posting:${id}` });
    return moved.length;
  });
}

/**
 * A person has entered it in Xero themselves, or decided that it needs no entry: it is never sent again. Their note stays.
 * Throws AppError `conflict` when it has ended, or is being tried at this moment.
 */
export async function markByHand(
  db: Db,
  caller: FirmCaller,
  { postingId, note }: { postingId: string; note: string },
): Promise<void> {
  const { firm } = caller;
  requireAbility(firm, "act");
  await db.transaction(async (tx) => {
    const states = ["refused", "ready", "unknown"] as const;
    if (!(await endByHand(tx, { firmId: firm.firmId, postingId, note, states })))
      throw new AppError("conflict", "This is not waiting any more.");
    const [ended] = await tx
      .select({ sourceId: postings.sourceId })
      .from(postings)
      .where(and(eq(postings.id, postingId), eq(postings.kind, "invoice")));
    if (ended) await endWithInvoices(tx, [ended.sourceId], INVOICE_BY_HAND);
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
