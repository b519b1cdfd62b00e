import type Stripe from "stripe";
import { statement } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";
import { stripeSeconds } from "../clock.ts";
import { insertObject, type Stored } from "../objects.ts";
import { newId } from "../wire/ids.ts";
import { API_VERSION } from "../wire/version.ts";
import { deliverDue, dueAt } from "./deliveries.ts";
import { targetsFor } from "./targets.ts";
import { drawFault } from "./webhook-faults.ts";

/** The API call that caused an event; nothing for what a payer or the clock did. */
export type EventRequest = Stripe.Event.Request;

/** Must run in the transaction of the change it reports: the event and its deliveries are rows of the same commit. */
export function recordEvent(
  world: World,
  account: string,
  type: string,
  object: Stored,
  request: EventRequest = { id: null, idempotency_key: null },
): void {
  const targets = targetsFor(world, account, type);
  const event = {
    id: newId("evt_1"),
    object: "event" as const,
    api_version: API_VERSION,
    created: stripeSeconds(world),
    data: { object, ...changed(world, type, object) },
    livemode: false,
    pending_webhooks: targets.length,
    request,
    type,
  };
  insertObject(world, account, event);
  world.journal.write("stripe.event", { id: event.id, account, type, object: object.id });
  statement(world.db, "insert or replace into stripe_told values (?, ?)").run(
    object.id,
    JSON.stringify(object),
  );
  for (const { url, secret } of targets) {
    const fault = drawFault(world);
    if (fault === "drop") {
      world.journal.write("stripe.webhook.dropped", { event: event.id, type, url });
      continue;
    }
    const times = fault === "duplicate" ? 2 : 1;
    for (let time = 0; time < times; time++) {
      statement(
        world.db,
        `insert into stripe_deliveries (event_id, url, secret, state, attempts, due_at)
         values (?, ?, ?, 'waiting', 0, ?)`,
      ).run(event.id, url, secret, dueAt(world, fault));
    }
  }
  if (targets.length > 0) world.later("stripe.webhooks", () => deliverDue(world));
}

/** TYPES, Event.Data.previous_attributes: what the last event of the object said of each attribute that is another one now. */
function changed(world: World, type: string, object: Stored): { previous_attributes?: object } {
  if (!type.endsWith("updated")) return {};
  const row = statement(world.db, "select data from stripe_told where id = ?").get(object.id);
  const before: Record<string, unknown> = row ? JSON.parse(String(row.data)) : {};
  const now = object as Record<string, unknown>;
  const names = [...new Set([...Object.keys(before), ...(row ? Object.keys(now) : [])])];
  const differ = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(now[name]));
  return { previous_attributes: Object.fromEntries(differ.map((name) => [name, before[name] ?? null])) };
}
