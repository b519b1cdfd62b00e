import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import { changePayout, lockPayout } from "./store.ts";

/** A person has seen to a payout in Xero: the desk writes nothing more of it. Throws AppError `conflict` when none waits. */
export async function markPayoutByHand(
  db: Db,
  caller: FirmCaller,
  { payoutId, note }: { payoutId: string; note: string },
): Promise<void> {
  const { firm } = caller;
  requireAbility(firm, "act");
  await db.transaction(async (tx) => {
    const payout = await lockPayout(tx, payoutId);
    if (payout?.firmId !== firm.firmId || payout.problem === null)
      throw new AppError("conflict", "This payout is not waiting any more.");
    await changePayout(tx, payoutId, {
      problem: null,
      ...(payout.told === null ? { listed: true, told: "left" } : { undone: true }),
    });
    await recordBy(tx, caller, {
      action: "payout.by-hand",
      subject: `payout:${payoutId}`,
      detail: { note, objectRef: payout.objectRef },
    });
  });
}
