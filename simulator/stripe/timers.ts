import type { World } from "../core/types.ts";
import { runClockwork } from "./clockwork.ts";
import { deliverDue } from "./events/deliveries.ts";

const EVERY_MS = 250;

/** Does what has come due, and sends webhooks. Returns the stop. */
export function startStripeTimers(world: World): () => void {
  const tick = () => {
    runClockwork(world);
    world.later("stripe.webhooks", () => deliverDue(world));
  };
  const timer = setInterval(tick, EVERY_MS);
  return () => clearInterval(timer);
}
