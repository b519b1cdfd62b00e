import { statement } from "../core/sql.ts";
import type { World } from "../core/types.ts";
import { stripeSeconds } from "./clock.ts";

/** What the clock does to an object, some time after it was made. */
export type Due =
  | "balance.available"
  | "debit.answer"
  | "dispute.deadline"
  | "hold.ends"
  | "microdeposits.timeout"
  | "payout.arrives"
  | "payout.day"
  | "refund.answer";

/** Sets the hour, in seconds since 1970 by the simulator's clock; a second call moves it. */
export function schedule(world: World, what: Due, id: string, at: number): void {
  statement(world.db, "insert or replace into stripe_due (what, id, at) values (?, ?, ?)").run(what, id, at);
}

export function unschedule(world: World, what: Due, id: string): void {
  statement(world.db, "delete from stripe_due where what = ? and id = ?").run(what, id);
}

/** The earliest thing whose hour has come; it is taken off the list. */
export function takeDue(world: World): { what: Due; id: string; at: number } | undefined {
  const row = statement(
    world.db,
    `delete from stripe_due where rowid = (select rowid from stripe_due where at <= ? order by at, rowid limit 1)
     returning what, id, at`,
  ).get(stripeSeconds(world));
  return row && { what: row.what as Due, id: String(row.id), at: Number(row.at) };
}
