import { and, eq, isNull, sql } from "drizzle-orm";
import { processorAccounts } from "#db/schema/processor.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";

/**
 * An owner decides whether test payments are taken for organisations that are no demo companies. It counts for the account
 * that takes payments now, until another takes over. Throws AppError `conflict` when that is not in test mode.
 */
export async function allowTestPayments(
  db: Db,
  caller: FirmCaller,
  { allowed }: { allowed: boolean },
): Promise<void> {
  const { firm } = caller;
  requireAbility(firm, "settings");
  await db.transaction(async (tx) => {
    const [account] = await tx
      .update(processorAccounts)
      .set({ testAllowedAt: allowed ? sql`now()` : null })
      .where(
        and(
          eq(processorAccounts.firmId, firm.firmId),
          isNull(processorAccounts.endedAt),
          eq(processorAccounts.livemode, false),
        ),
      )
      .returning({ id: processorAccounts.id });
    if (!account) throw new AppError("conflict", "The key that is saved is not a test key.");
    await recordBy(tx, caller, {
      action: allowed ? "processor.test-payments-allowed" : "processor.test-payments-stopped",
      subject: `processor_account:${account.id}`,
    });
  });
}
