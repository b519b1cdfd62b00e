import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { insertReinstatementEntry } from "../balance/dispute-entry.ts";
import { unschedule } from "../due.ts";
import { type EventRequest, recordEvent } from "../events/record-event.ts";
import { getObject, saveObject } from "../objects.ts";

type Dispute = Stripe.Dispute;

export const isOpen = ({ status }: Dispute): boolean =>
  status === "needs_response" || status === "under_review";

/** The money comes back; the fee does not. */
export function winDispute(world: World, account: string, dispute: Dispute): Dispute {
  const reinstated = insertReinstatementEntry(world, account, dispute);
  const won = saveObject<Dispute>(world, {
    ...dispute,
    ...{ status: "won", is_charge_refundable: true },
    balance_transactions: [...dispute.balance_transactions, reinstated],
  });
  unschedule(world, "dispute.deadline", dispute.id);
  recordEvent(world, account, "charge.dispute.closed", won);
  recordEvent(world, account, "charge.dispute.funds_reinstated", won);
  world.journal.write("stripe.dispute.won", { dispute: dispute.id, charge: dispute.charge });
  return won;
}

/** What was withdrawn stays withdrawn. */
export function loseDispute(
  world: World,
  account: string,
  dispute: Dispute,
  request?: EventRequest,
): Dispute {
  const lost = saveObject<Dispute>(world, { ...dispute, status: "lost" });
  unschedule(world, "dispute.deadline", dispute.id);
  recordEvent(world, account, "charge.dispute.closed", lost, request);
  world.journal.write("stripe.dispute.lost", { dispute: dispute.id, charge: dispute.charge });
  return lost;
}

/** The clock's work: who did not answer in time has lost. */
export function endAnswering(world: World, account: string, id: string): void {
  const dispute = getObject<Dispute>(world, account, "dispute", id);
  if (dispute?.status !== "needs_response") return;
  loseDispute(world, account, {
    ...dispute,
    evidence_details: { ...dispute.evidence_details, past_due: true },
  });
}
