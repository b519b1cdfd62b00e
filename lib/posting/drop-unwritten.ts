import { and, eq, inArray } from "drizzle-orm";
import { KIND_NAMES, postingLines, postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import { sumOf } from "#lib/core/money/money.ts";
import { type Posting, withLines } from "./store.ts";

/** What it takes off in Xero, or, less than nothing, writes. */
const SIGN: Partial<Record<Posting["kind"], bigint>> = {
  removal: 1n,
  credit_refund: 1n,
  chore: 1n,
  payment: -1n,
  batch_payment: -1n,
};

/**
 * Takes back the promise to take this much off in Xero, while nothing of it has happened there: all of it was refused, and
 * what was to take its place still waits. False, and nothing is changed, when some of it has or may have happened.
 */
export async function dropUnwritten(tx: Db, sourceId: string, amountMinor: bigint): Promise<boolean> {
  // The index of sources begins with the kind.
  const rows = await tx
    .select()
    .from(postings)
    .where(and(eq(postings.sourceId, sourceId), inArray(postings.kind, KIND_NAMES)))
    .for("update");
  const found = await withLines(tx, rows);
  const minors = found.map((one) => {
    const minor = one.amountMinor ?? sumOf(one.lines.map((line) => line.amountMinor));
    return (SIGN[one.kind] ?? 0n) * minor;
  });
  if (rows.length === 0 || sumOf(minors) !== amountMinor || !found.every(isUntouched)) return false;
  const ids = rows.map(({ id }) => id);
  await tx.delete(postingLines).where(inArray(postingLines.postingId, ids));
  await tx.delete(postings).where(inArray(postings.id, ids));
  return true;
}

/** The rest waits for what is refused: it was never sent. */
function isUntouched({ kind, state, sends }: Posting): boolean {
  return kind === "payment" || kind === "batch_payment"
    ? state === "ready" && sends === 0
    : state === "refused";
}
