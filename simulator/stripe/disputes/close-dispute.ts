import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { unschedule } from "../due.ts";
import { type EventRequest, recordEvent } from "../events/record-event.ts";
import { getObject, saveObject } from "../objects.ts";
import { outstanding, reinstate, withdraw } from "./funds.ts";

type Dispute = Stripe.Dispute;

/** A merchant may accept it, or a bank decide it. */
export const isOpen = ({ status }: Dispute): boolean =>
  /^(appeal_)?(needs_response|under_review)$/.test(status);

/** A question of the payer's bank that has taken no money. */
export const isInquiry = ({ status }: Dispute): boolean =>
  status === "warning_needs_response" || status === "warning_under_review";

function end(
  world: World,
  account: string,
  dispute: Dispute,
  status: Dispute["status"],
  request?: EventRequest,
): Dispute {
  const ended = saveObject<Dispute>(world, { ...dispute, status });
  unschedule(world, "dispute.deadline", dispute.id);
  recordEvent(world, account, "charge.dispute.closed", ended, request);
  world.journal.write(`stripe.dispute.${status}`, { dispute: dispute.id, charge: dispute.charge });
  return ended;
}

/**
 * The money comes back, or so much of it; the fee does not. `late`: won, and the money comes another time.
 * Also for one that was lost, after an appeal.
 */
export function winDispute(
  world: World,
  account: string,
  dispute: Dispute,
  { givenBack = outstanding(dispute), late = false }: { givenBack?: number | undefined; late?: boolean } = {},
): Dispute {
  const won = end(world, account, { ...dispute, is_charge_refundable: true }, "won");
  return late || givenBack === 0 ? won : reinstate(world, account, won, givenBack);
}

/** What was withdrawn stays withdrawn, but for a part; what had come back to one that was won is taken again. */
export function loseDispute(
  world: World,
  account: string,
  dispute: Dispute,
  { givenBack = 0, request }: { givenBack?: number | undefined; request?: EventRequest } = {},
): Dispute {
  const lost = end(world, account, { ...dispute, is_charge_refundable: false }, "lost", request);
  const again = lost.amount - outstanding(lost);
  const taken = again > 0 ? withdraw(world, account, lost, again) : lost;
  return givenBack > 0 ? reinstate(world, account, taken, givenBack) : taken;
}

/** DOC disputes/how-disputes-work, Inquiries: one that did not escalate within 120 days is closed. */
export function closeInquiry(world: World, account: string, dispute: Dispute): Dispute {
  return end(world, account, { ...dispute, is_charge_refundable: true }, "warning_closed");
}

/** The clock's work: who did not answer in time has lost, and an inquiry that became nothing is closed. */
export function endAnswering(world: World, account: string, id: string): void {
  const dispute = getObject<Dispute>(world, account, "dispute", id);
  if (!dispute) return;
  if (isInquiry(dispute)) closeInquiry(world, account, dispute);
  if (dispute.status !== "needs_response" && dispute.status !== "appeal_needs_response") return;
  loseDispute(world, account, {
    ...dispute,
    evidence_details: { ...dispute.evidence_details, past_due: true },
  });
}
