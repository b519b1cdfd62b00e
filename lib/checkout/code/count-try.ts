import type { Db } from "#lib/core/db.ts";
import { hashOf } from "#lib/core/ids.ts";
import type { Link } from "../links/link-rules.ts";
import { invoiceKey, questionOf, type Standing, standingOf } from "./guess-rules.ts";
import { countTries, insertTry, markRight, type Try } from "./tries-store.ts";

/** A question that is counted as wrong until it proves right. */
export type Counted = { standing: Standing; isRight(): Promise<void> };

/**
 * Counts what a link asks before it is answered, and says what a right answer may show: however many ask at once, no more
 * guesses are answered than the limits allow. `caller` is null when no address is known.
 */
export async function countTry(
  db: Db,
  { firmId, caller, link }: { firmId: string; caller: string | null; link: Link },
): Promise<Counted> {
  const tried: Try = {
    firmId,
    caller: caller ?? "",
    question: hashOf(questionOf(link)),
    invoiceKey: invoiceKey(link),
    number: link.numbers[0] ?? "",
  };
  await insertTry(db, tried);
  const counts = await countTries(db, tried);
  return {
    standing: standingOf(counts, caller !== null),
    isRight: () => markRight(db, tried),
  };
}
