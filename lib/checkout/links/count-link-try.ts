import type { Db } from "#lib/core/db.ts";
import { hashOf } from "#lib/core/ids.ts";
import { invoiceKey, questionOf, type Standing, standingOf } from "./link-guess-rules.ts";
import type { Link } from "./link-rules.ts";
import { countTries, insertTry, markRight, type Seen, type Try } from "./link-tries-store.ts";

/** A question that is counted as wrong until it proves right. */
export type Counted = { standing: Standing; isRight(): Promise<void> };

/** What a caller asks by a link, as it is counted; `caller` is null when no address is known. */
export function tryOf(caller: string | null, link: Link): Omit<Try, "firmId"> {
  return {
    caller: caller ?? "",
    question: hashOf(questionOf(link)),
    invoiceKey: invoiceKey(link),
    number: link.numbers[0] ?? "",
  };
}

/**
 * Counts what a link asks before it is answered, and says what a right answer may show: however many ask at once, no more
 * guesses are answered than the limits allow. `seen` is what was counted when the answer was read: it stands if this question
 * was among it, else the question is counted now. `isKnown`: the caller has an address.
 */
export async function countTry(
  db: Db,
  tried: Try,
  { seen, isKnown }: { seen: Seen; isKnown: boolean },
): Promise<Counted> {
  let counts = seen;
  if (!seen.isCounted) {
    await insertTry(db, tried);
    counts = await countTries(db, tried);
  }
  return {
    standing: standingOf(counts, isKnown),
    isRight: async () => {
      if (!counts.isRight) await markRight(db, tried);
    },
  };
}
