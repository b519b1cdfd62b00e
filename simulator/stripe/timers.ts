import type { World } from "../core/types.ts";
import { deliverDue } from "./events/deliveries.ts";
import { expireDueSessions } from "./sessions/expire.ts";

const EVERY_MS = 250;

/** Ends sessions and sends webhooks when their time has come. Returns the stop. */
export function startStripeTimers(world: World): () => void {
  const tick = () => {
    expireDueSessions(world);
    world.later("stripe.webhooks", () => deliverDue(world));
  };
  const timer = setInterval(tick, EVERY_MS);
  return () => clearInterval(timer);
}
