import { getSetting } from "../core/settings.ts";
import type { World } from "../core/types.ts";

/** How many seconds Stripe's clock is ahead of the simulator's; set by a lever. */
export const SKEW = "stripe.clockSkewSeconds";

/** Stripe's own clock, in milliseconds since 1970. Nobody promises that a merchant's shows the same. */
export const stripeNow = (world: World): number => world.clock.now() + getSetting(world, SKEW, 0) * 1000;

/** As Stripe's objects date themselves: in whole seconds. */
export const stripeSeconds = (world: World): number => Math.floor(stripeNow(world) / 1000);
