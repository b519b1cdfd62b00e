import { and, eq, isNull } from "drizzle-orm";
import { processorAccounts } from "#db/schema/processor.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";

/** Whether payers are offered a bank debit beside cards. Throws AppError `conflict` before there is a key. */
export async function saveMethods(
  db: Db,
  caller: FirmCaller,
  { takesDebits }: { takesDebits: boolean },
): Promise<void> {
  const { firm } = caller;
  requireAbility(firm, "settings");
  await db.transaction(async (tx) => {
    const [account] = await tx
      .update(processorAccounts)
      .set({ takesDebits })
      .where(and(eq(processorAccounts.firmId, firm.firmId), isNull(processorAccounts.endedAt)))
      .returning({ id: processorAccounts.id });
    if (!account) throw new AppError("conflict", "Save the secret key first.");
    await recordBy(tx, caller, {
      action: "processor.methods-saved",
      subject: `processor_account:${account.id}`,
      detail: { takesDebits },
    });
  });
}
