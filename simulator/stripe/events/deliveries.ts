import { getSetting } from "../../core/settings.ts";
import { statement } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";
import { SKEW, stripeNow } from "../clock.ts";
import { signatureHeader } from "./signature.ts";

type Delivery = { seq: number; eventId: string; url: string; secret: string; attempts: number };

/** Seconds before each further try, by the simulator's clock; after the last one Stripe gives up. */
const BACK_OFF = [1, 5, 30, 300, 1800, 7200, 18_000, 36_000, 43_200, 43_200, 43_200, 43_200];
const HELD_BACK_MS = 1000;
const ANSWER_WITHIN_MS = 10_000;

export function dueAt(world: World, fault: "duplicate" | "reorder" | null): number {
  return stripeNow(world) + (fault === "reorder" ? HELD_BACK_MS : 0);
}

/** Sends all that is due: in order to one receiver, side by side to several. Safe to run twice at once. */
export async function deliverDue(world: World): Promise<void> {
  const byUrl = Map.groupBy(claim(world), ({ url }) => url);
  await Promise.all(
    [...byUrl.values()].map(async (deliveries) => {
      for (const delivery of deliveries) await deliver(world, delivery);
    }),
  );
}

function claim(world: World): Delivery[] {
  const rows = statement(
    world.db,
    `update stripe_deliveries set state = 'sending' where state = 'waiting' and due_at <= ?
     returning seq, event_id as eventId, url, secret, attempts`,
  ).all(stripeNow(world)) as Delivery[];
  return rows.sort((a, b) => a.seq - b.seq);
}

async function deliver(world: World, delivery: Delivery): Promise<void> {
  const row = statement(world.db, "select data from stripe_objects where id = ?").get(delivery.eventId);
  if (!row) return settle(world, delivery, "gone");
  const body = JSON.stringify(JSON.parse(String(row.data)), null, 2);
  const answer = await post(
    delivery.url,
    body,
    signatureHeader(body, delivery.secret, getSetting(world, SKEW, 0)),
  );
  if (!world.db.isOpen) return;
  const ok = typeof answer === "number" && answer >= 200 && answer < 300;
  world.journal.write(ok ? "stripe.webhook.delivered" : "stripe.webhook.failed", {
    event: delivery.eventId,
    url: delivery.url,
    attempt: delivery.attempts + 1,
    answer,
  });
  const wait = BACK_OFF[delivery.attempts];
  if (ok) return settle(world, delivery, "delivered");
  if (wait === undefined) return settle(world, delivery, "given-up");
  settle(world, delivery, "waiting", stripeNow(world) + wait * 1000);
}

async function post(url: string, body: string, signature: string): Promise<number | string> {
  try {
    const response = await fetch(url, {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      headers: {
        "content-type": "application/json; charset=utf-8",
        "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        "stripe-signature": signature,
      },
      body,
    });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    return error instanceof Error ? String(error.cause ?? error) : String(error);
  }
}

function settle(world: World, { seq }: Delivery, state: string, dueAtMs = 0): void {
  statement(
    world.db,
    "update stripe_deliveries set state = ?, due_at = ?, attempts = attempts + 1 where seq = ?",
  ).run(state, dueAtMs, seq);
}
