import type Stripe from "stripe";
import { statement } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";
import { listObjects } from "../objects.ts";
import { endpointSecret } from "./endpoint-secrets.ts";

export type Target = { url: string; secret: string };

/** Registered endpoints that want this kind of event, and every `stripe listen`, which wants all. */
export function targetsFor(world: World, account: string, type: string): Target[] {
  const endpoints = listObjects<Stripe.WebhookEndpoint>(world, account, "webhook_endpoint")
    .filter(({ status, enabled_events }) => {
      return status === "enabled" && (enabled_events.includes("*") || enabled_events.includes(type));
    })
    .map(({ id, url }) => ({ url, secret: endpointSecret(world, id) }));
  const listeners = statement(
    world.db,
    "select forward_to as url, secret from stripe_listeners where account = ? order by rowid",
  ).all(account) as Target[];
  return [...endpoints, ...listeners];
}
