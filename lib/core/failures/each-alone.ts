import "server-only";
import type { Db } from "../db.ts";
import { log } from "../log.ts";
import { failedAmong, forgetFailures, noteFailure } from "./failures.ts";

export type Alone<T> = {
  /** What its failures are kept under: the room's own word for this work. */
  kind: string;
  idOf(item: T): string;
  work(item: T): Promise<unknown>;
  /** Whom a failure concerns; the item, unless said. */
  concerns?(error: unknown): Concern;
};

/**
 * `item`: it alone, and the rest go on. `all`: the rest too, and it is not the item's failure. `perhaps all`: which of the two
 * can't be told: the rest wait, and the next turn begins behind it.
 */
export type Concern = "item" | "all" | "perhaps all";

/**
 * Does the same for each of many, so that each one's failure is its own: it is kept with its reason and counted, the others go
 * on, and whoever lists them leaves it out until its pause is over (`mayBeTried`). How many failed. `db` must not be in a
 * transaction. Throws only what concerns all, or perhaps all.
 */
export async function eachAlone<T>(
  db: Db,
  items: readonly T[],
  { kind, idOf, work, concerns }: Alone<T>,
): Promise<number> {
  const failedBefore = await failedAmong(db, kind, items.map(idOf));
  let failed = 0;
  for (const one of items) {
    const item = idOf(one);
    try {
      await work(one);
      if (failedBefore.has(item)) await forgetFailures(db, kind, [item]);
    } catch (error) {
      const concern = concerns?.(error) ?? "item";
      if (concern === "all") throw error;
      failed += 1;
      const { tries } = await noteFailure(db, { kind, item }, error);
      log.warn({ kind, item, tries, err: error }, "item.failed");
      if (concern === "perhaps all") throw error;
    }
  }
  return failed;
}
