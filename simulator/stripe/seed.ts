import { statement, transaction } from "../core/sql.ts";
import type { World } from "../core/types.ts";
import { KEYS } from "./accounts.ts";

const TABLES = [
  "keys",
  "objects",
  "told",
  "due",
  "payout_lines",
  "sessions",
  "idempotency",
  "secrets",
  "listeners",
  "deliveries",
];

export function seedStripe(world: World): void {
  transaction(world.db, () => {
    statement(world.db, "delete from core_settings where key like 'stripe.%'").run();
    for (const table of TABLES) world.db.exec(`delete from stripe_${table}`);
    for (const { key, account, kind } of KEYS) {
      statement(world.db, "insert into stripe_keys values (?, ?, ?)").run(key, account, kind);
    }
  });
}
