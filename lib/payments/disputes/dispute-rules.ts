import type { DisputeStage } from "#lib/processor/types.ts";

type Row = {
  /** Once it is, Xero follows the money that the processor has withdrawn; before, the books stay as they were last told. */
  isDecided: boolean;
  /** Staff are to send evidence, or to decide not to. */
  asksStaff: boolean;
};

const asks: Row = { isDecided: false, asksStaff: true };
const waits: Row = { isDecided: false, asksStaff: false };
const decided: Row = { isDecided: true, asksStaff: false };

/** What each stage of a dispute means here; its words are in dispute-words.ts. */
export const DISPUTES: Record<DisputeStage, Row> = {
  inquiry: asks,
  inquiry_answered: waits,
  inquiry_closed: decided,
  open: asks,
  answered: waits,
  appeal: asks,
  appeal_answered: waits,
  won_unpaid: waits,
  won: decided,
  lost: decided,
  prevented: decided,
};

type Money = { state: DisputeStage; withdrawnMinor: bigint; toldMinor: bigint };

/** What Xero is to be told next: so much more to take off, or, less than nothing, to write again. Nothing is 0. */
export function untoldOf({ state, withdrawnMinor, toldMinor }: Money): bigint {
  return goneBy({ state, withdrawnMinor, toldMinor }) - toldMinor;
}

/** What the books are to be without: all that is withdrawn once it is decided; before, what they were told. */
export function goneBy({ state, withdrawnMinor, toldMinor }: Money): bigint {
  return DISPUTES[state].isDecided ? withdrawnMinor : toldMinor;
}

/** What the processor holds by it while nobody has decided: the books still have it. */
export function heldOf({ state, withdrawnMinor, toldMinor }: Money): bigint {
  return withdrawnMinor - goneBy({ state, withdrawnMinor, toldMinor });
}
