/** Stripe pays out while everything goes wrong: mostly it arrives, at times it comes back, before or after it arrived. */
import type { PayoutDesk } from "../lib/testing/payouts.ts";
import { chanceOf } from "../lib/testing/seeded.ts";
import { startLane } from "./lane.ts";
import type { Stage } from "./stage.ts";

const EVERY_MS = 4_000;
/** What a bank says to this share of them. */
const REFUSED = 0.15;

/** Before this share of them Stripe holds some of the balance back, and lets it go a little later. */
const RESERVED = 0.2;
const RESERVE = 500;

export type Payouts = { made(): number; cameBack(): number; reserved(): number; leave(): Promise<void> };

export function sendPayouts({ desks }: Stage, seed: number): Payouts {
  const chance = chanceOf(seed + 3);
  let [made, cameBack, reserved] = [0, 0, 0];
  const one = async () => {
    const desk = desks[Math.floor(chance() * desks.length)];
    if (!desk) return;
    const [comesBack, isLate] = [chance() < REFUSED, chance() < 0.5];
    if (chance() < RESERVED) await reserve(desk);
    const { id } = await desk.atStripe("payout");
    made += 1;
    if (comesBack) cameBack += 1;
    if (!comesBack || isLate) await desk.atStripe("payout-answer", { payout: id });
    if (!comesBack) return;
    await new Promise((later) => setTimeout(later, EVERY_MS));
    await desk.atStripe("payout-answer", { payout: id, answer: "account_closed" });
  };
  const reserve = async (desk: PayoutDesk) => {
    reserved += 1;
    await desk.atStripe("balance-entry", { type: "reserve_hold", amount: -RESERVE });
    await new Promise((later) => setTimeout(later, chance() * EVERY_MS));
    await desk.atStripe("balance-entry", { type: "reserve_release", amount: RESERVE });
  };
  // Nothing is available; the next time there may be.
  const leave = startLane(EVERY_MS, () => one().catch(() => {}));
  return {
    made: () => made,
    cameBack: () => cameBack,
    reserved: () => reserved,
    leave,
  };
}
