import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { listOfIntent } from "../objects.ts";

export function disputesOf(world: World, account: string, charge: Stripe.Charge): Stripe.Dispute[] {
  const ofIntent = listOfIntent<Stripe.Dispute>(world, account, "dispute", String(charge.payment_intent));
  return ofIntent.filter((dispute) => dispute.charge === charge.id);
}
