import { getSetting, setSetting } from "../../core/settings.ts";
import type { World } from "../../core/types.ts";

/** Probabilities from 0 to 1. */
export type WebhookFaults = { drop: number; duplicate: number; reorder: number };

const KEY = "stripe.webhookFaults";
const NONE: WebhookFaults = { drop: 0, duplicate: 0, reorder: 0 };

export function setWebhookFaults(world: World, faults: Partial<WebhookFaults>): WebhookFaults {
  const all = { ...NONE, ...faults };
  setSetting(world, KEY, all);
  world.journal.write("stripe.webhook-faults", all);
  return all;
}

/** "reorder" holds an event back so that later ones overtake it. */
export function drawFault(world: World): keyof WebhookFaults | null {
  const faults = getSetting(world, KEY, NONE);
  const hit = (Object.keys(NONE) as (keyof WebhookFaults)[]).find((name) => Math.random() < faults[name]);
  return hit ?? null;
}
