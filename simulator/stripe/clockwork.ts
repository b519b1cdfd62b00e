import { transaction } from "../core/sql.ts";
import type { World } from "../core/types.ts";
import { becomeAvailable } from "./balance/entry.ts";
import { endHold } from "./captures/release.ts";
import { answerDebit } from "./debits/answer.ts";
import { endMicrodeposits } from "./debits/microdeposits.ts";
import { endAnswering } from "./disputes/close-dispute.ts";
import { type Due, takeDue } from "./due.ts";
import { ownerOf } from "./objects.ts";
import { payoutArrives } from "./payouts/arrive.ts";
import { payOutDaily } from "./payouts/automatic.ts";
import { answerRefund } from "./refunds/answer-refund.ts";
import { expireDueSessions } from "./sessions/expire.ts";

const WORK: Record<Due, (world: World, account: string, id: string, at: number) => void> = {
  "balance.available": becomeAvailable,
  "debit.answer": answerDebit,
  "dispute.deadline": endAnswering,
  "hold.ends": endHold,
  "microdeposits.timeout": endMicrodeposits,
  "payout.arrives": payoutArrives,
  "payout.day": payOutDaily,
  "refund.answer": answerRefund,
};

/** Run before every look at Stripe, and by a timer: all that has come due by the simulator's clock, in its order. */
export function runClockwork(world: World): void {
  expireDueSessions(world);
  while (transaction(world.db, () => runOne(world)));
}

function runOne(world: World): boolean {
  const due = takeDue(world);
  if (due) WORK[due.what](world, ownerOf(world, due.id) ?? due.id, due.id, due.at);
  return due !== undefined;
}
