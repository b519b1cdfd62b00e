import type { Db } from "#lib/core/db.ts";
import { findOrder } from "../read.ts";

const LOOK_EVERY_MS = 250;

/** Returns once an order is on its way no longer, written or not, or when the time, in seconds, is over. */
export async function waitForOrder(
  db: Db,
  { firmId, orderId }: { firmId: string; orderId: string },
  seconds: number,
): Promise<void> {
  const until = performance.now() + seconds * 1_000;
  while (performance.now() < until) {
    const order = await findOrder(db, { firmId }, orderId);
    if (!order || !UNDER_WAY.has(order.state)) return;
    await new Promise((rested) => setTimeout(rested, LOOK_EVERY_MS));
  }
}

const UNDER_WAY = new Set<string>(["queued", "sending", "checking"]);
