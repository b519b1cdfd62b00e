/** Events waiting for an app, and deliveries of them with their next attempt. */
import { statement, transaction } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";
import { entropy } from "./webhook-send.ts";

export const webhookTables = `
create table if not exists xero_events (
  client_id text not null, sequence integer not null, event text not null, delivery_id integer,
  primary key (client_id, sequence)) strict;
create index if not exists xero_events_waiting on xero_events (client_id, sequence) where delivery_id is null;
create table if not exists xero_deliveries (
  id integer primary key, client_id text not null, body text not null, state text not null,
  attempts integer not null, first_at integer not null, next_at integer not null) strict;
create index if not exists xero_deliveries_due on xero_deliveries (state, next_at);
`;

/** "held" waits for the next one to overtake it; "dropped" is never sent. */
export type DeliveryState = "due" | "held" | "dropped" | "delivered" | "failed";

export type Delivery = { id: number; clientId: string; body: string; attempts: number; firstAt: number };

const mostEvents = 100;

/** Puts all waiting events of the app into one delivery; organisations may be mixed in it. */
export function pack(world: World, clientId: string, state: DeliveryState): boolean {
  return transaction(world.db, () => {
    const rows = statement(
      world.db,
      "select sequence, event from xero_events where client_id = ? and delivery_id is null order by sequence limit ?",
    ).all(clientId, mostEvents);
    const [first, last] = [rows[0], rows.at(-1)];
    if (!first || !last) return false;
    const body = JSON.stringify({
      events: rows.map(({ event }) => JSON.parse(String(event))),
      firstEventSequence: first.sequence,
      lastEventSequence: last.sequence,
      entropy: entropy(),
    });
    const now = world.clock.now();
    const { lastInsertRowid } = statement(
      world.db,
      "insert into xero_deliveries (client_id, body, state, attempts, first_at, next_at) values (?, ?, ?, 0, ?, ?)",
    ).run(clientId, body, state, now, now);
    statement(
      world.db,
      "update xero_events set delivery_id = ? where client_id = ? and delivery_id is null and sequence <= ?",
    ).run(lastInsertRowid, clientId, last.sequence as number);
    return true;
  });
}

export function dueDeliveries(world: World, clientId: string): Delivery[] {
  return statement(
    world.db,
    `select id, client_id as clientId, body, attempts, first_at as firstAt from xero_deliveries
     where client_id = ? and state = 'due' and next_at <= ? order by id`,
  ).all(clientId, world.clock.now()) as Delivery[];
}

export function moveDelivery(
  world: World,
  id: number,
  state: DeliveryState,
  attempts: number,
  nextAt: number,
): void {
  statement(world.db, "update xero_deliveries set state = ?, attempts = ?, next_at = ? where id = ?").run(
    state,
    attempts,
    nextAt,
    id,
  );
}

/** Lets those held for so long go, after what overtook them; says how many. */
export function releaseHeld(world: World, heldMs: number): number {
  const { changes } = statement(
    world.db,
    "update xero_deliveries set state = 'due' where state = 'held' and first_at <= ?",
  ).run(world.clock.now() - heldMs);
  return Number(changes);
}

/** What was not delivered before the endpoint was disabled is sent again, in order. */
export function retryNow(world: World, clientId: string): void {
  statement(
    world.db,
    "update xero_deliveries set state = 'due', attempts = 0, first_at = ?2, next_at = ?2 where client_id = ?1 and state in ('due', 'failed')",
  ).run(clientId, world.clock.now());
}
