import { itemKinds, tenders } from "#db/schema/mapping.ts";
import type { Db } from "#lib/core/db.ts";

/** Puts kinds of item and tenders that an order names for the first time on the organisation's mapping, without an account. */
export async function noteSeen(
  tx: Db,
  books: { firmId: string; connectionId: string },
  seen: { kinds: string[]; tenders: string[] },
): Promise<void> {
  // Always in one order: two batches that name the same ones wait for each other, never both.
  const rows = (names: string[]) => [...new Set(names)].sort().map((name) => ({ ...books, name }));
  const [kinds, ways] = [rows(seen.kinds), rows(seen.tenders)];
  if (kinds.length > 0) await tx.insert(itemKinds).values(kinds).onConflictDoNothing();
  if (ways.length > 0) await tx.insert(tenders).values(ways).onConflictDoNothing();
}
