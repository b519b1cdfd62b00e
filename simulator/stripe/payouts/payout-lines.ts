import type Stripe from "stripe";
import { statement } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";

type Entry = Stripe.BalanceTransaction;

/** What an automatic payout would take: all that is available and in no automatic payout yet. */
export function entriesToPay(world: World, account: string): Entry[] {
  const select = `select data from stripe_objects
    where account = ? and object = 'balance_transaction' and json_extract(data, '$.status') = 'available'
      and not exists (select 1 from stripe_payout_lines where entry = stripe_objects.id)
    order by seq`;
  return statement(world.db, select)
    .all(account)
    .map((row) => JSON.parse(String(row.data)) as Entry);
}

export function insertLines(world: World, payout: string, entries: Entry[]): void {
  const insert = statement(world.db, "insert into stripe_payout_lines (entry, payout) values (?, ?)");
  for (const { id } of entries) insert.run(id, payout);
}

/** The ids of its balance transactions, its own among them; none for a manual payout. */
export function linesOf(world: World, payout: string): Set<string> {
  const rows = statement(world.db, "select entry from stripe_payout_lines where payout = ?").all(payout);
  return new Set(rows.map(({ entry }) => String(entry)));
}

export function allLines(world: World): { payout: string; balanceTransaction: string }[] {
  const select = "select payout, entry as balanceTransaction from stripe_payout_lines order by rowid";
  return statement(world.db, select).all() as { payout: string; balanceTransaction: string }[];
}
