import { statement } from "../core/sql.ts";
import type { World } from "../core/types.ts";

export function initStripe(world: World): void {
  world.db.exec(`
    create table if not exists stripe_keys (key text primary key, account text not null, kind text not null);
    create table if not exists stripe_objects (
      seq integer primary key, id text not null unique, account text not null, object text not null,
      created integer not null, data text not null
    );
    create index if not exists stripe_objects_of on stripe_objects (account, object, seq);
    create index if not exists stripe_objects_of_intent
      on stripe_objects (json_extract(data, '$.payment_intent'));
    create index if not exists stripe_objects_of_source
      on stripe_objects (json_extract(data, '$.source'));
    create table if not exists stripe_due (
      what text not null, id text not null, at integer not null, primary key (what, id)
    );
    create index if not exists stripe_due_at on stripe_due (at);
    create table if not exists stripe_payout_lines (entry text primary key, payout text not null);
    create index if not exists stripe_payout_lines_of on stripe_payout_lines (payout);
    create table if not exists stripe_sessions (
      id text primary key, line_items text not null, intent_data text not null, open_until integer
    );
    create index if not exists stripe_sessions_open on stripe_sessions (open_until);
    create table if not exists stripe_idempotency (
      account text not null, key text not null, path text not null, params text not null,
      status integer not null, body text not null, request_id text not null, at integer not null,
      primary key (account, key)
    );
    create table if not exists stripe_told (id text primary key, data text not null);
    create table if not exists stripe_secrets (id text primary key, secret text not null);
    create table if not exists stripe_listeners (
      id text primary key, account text not null, forward_to text not null, secret text not null
    );
    create table if not exists stripe_deliveries (
      seq integer primary key, event_id text not null, url text not null, secret text not null,
      state text not null, attempts integer not null, due_at integer not null
    );
    create index if not exists stripe_deliveries_due on stripe_deliveries (state, due_at);
  `);
  // What was on its way when the program died may not have arrived: it goes out again.
  statement(world.db, "update stripe_deliveries set state = 'waiting' where state = 'sending'").run();
}
