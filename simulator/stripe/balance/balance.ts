import { statement } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";

/** What an account has at Stripe, in its own currency and minor units. */
export function balanceOf(world: World, account: string): { available: number; pending: number } {
  const select = `select
      coalesce(sum(json_extract(data, '$.net')) filter (where json_extract(data, '$.status') = 'available'), 0) as available,
      coalesce(sum(json_extract(data, '$.net')) filter (where json_extract(data, '$.status') = 'pending'), 0) as pending
    from stripe_objects where account = ? and object = 'balance_transaction'`;
  return statement(world.db, select).get(account) as { available: number; pending: number };
}
