import type { z } from "zod";
import type { Db } from "#lib/core/db.ts";
import { disputeLetter } from "#lib/payments/disputes/dispute-words.ts";
import { readDisputeToTell } from "#lib/payments/disputes/read-disputes.ts";
import type { disputeChanged } from "#lib/payments/jobs.ts";
import { alertFirm } from "./alert-firm.ts";

/** One e-mail to each caretaker for each change of a dispute that staff must hear of. */
export async function alertDispute(
  db: Db,
  { disputeId, change, was, is }: z.infer<typeof disputeChanged.payload>,
): Promise<void> {
  const dispute = await readDisputeToTell(db, disputeId);
  if (!dispute) return;
  const stood = (one: typeof is) => ({ state: one.state, withdrawnMinor: BigInt(one.withdrawn) });
  const lettersWhen = (when: (at: Date) => string) =>
    disputeLetter(was && stood(was), { ...dispute, ...stood(is) }, when);
  if (!lettersWhen(String)) return;
  await alertFirm(db, dispute.firmId, (when) => ({
    key: `dispute ${disputeId} ${change}`,
    ...(lettersWhen(when) ?? { happened: "", money: "" }),
    since: dispute.openedAt,
    more: dispute.numbers,
    action: { label: "Open the payment", path: `/payments/${dispute.captureId}` },
  }));
}
