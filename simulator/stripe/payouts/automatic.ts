import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { stripeSeconds } from "../clock.ts";
import { schedule, unschedule } from "../due.ts";
import { recordEvent } from "../events/record-event.ts";
import { saveObject } from "../objects.ts";
import { insertPayout } from "./new-payout.ts";
import { entriesToPay, insertLines } from "./payout-lines.ts";

type Payout = Stripe.Payout;

const DAY = 86_400;

/** Pays out exactly what is available. Nothing when that is nothing, or comes to zero. */
export function payOutAvailable(world: World, account: string, reconciled = true): Payout | undefined {
  const entries = entriesToPay(world, account);
  const amount = entries.reduce((sum, { net }) => sum + net, 0);
  if (amount === 0) return undefined;
  const wish = { amount, automatic: true, description: null, metadata: {}, statementDescriptor: null };
  const { payout, entry } = insertPayout(world, account, wish);
  insertLines(world, payout.id, [...entries, entry]);
  return reconciled ? completeReconciliation(world, account, payout) : payout;
}

/** From now on its balance transactions can be listed. */
export function completeReconciliation(world: World, account: string, payout: Payout): Payout {
  const after = saveObject<Payout>(world, { ...payout, reconciliation_status: "completed" });
  recordEvent(world, account, "payout.updated", after);
  recordEvent(world, account, "payout.reconciliation_completed", after);
  return after;
}

/** Off by default, unlike Stripe: then a payout is made by a lever alone. */
export function setDaily(world: World, account: string, on: boolean): void {
  const today = Math.floor(stripeSeconds(world) / DAY);
  if (on) schedule(world, "payout.day", account, (today + 1) * DAY);
  else unschedule(world, "payout.day", account);
}

/** The clock's work, at each midnight UTC, also of the days that were jumped over. */
export function payOutDaily(world: World, account: string, _: string, at: number): void {
  payOutAvailable(world, account);
  schedule(world, "payout.day", account, at + DAY);
}
