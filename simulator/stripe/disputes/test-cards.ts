import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { cardOfFingerprint } from "../payments/cards.ts";
import { openDispute } from "./new-dispute.ts";

/** Some test cards pay, and are disputed at once. */
export function disputeAsTestCard(world: World, account: string, charge: Stripe.Charge): void {
  const card = cardOfFingerprint(charge.payment_method_details?.card?.fingerprint ?? "");
  if (card?.dispute) openDispute(world, account, charge, { amount: null, reason: card.dispute });
}
