import type { Db } from "#lib/core/db.ts";
import { referenceOf, TEST_MARK } from "#lib/core/ids.ts";
import { isBeforeGap } from "#lib/core/restored-database.ts";
import { isReferenceTaken } from "./store.ts";

/** What a document is known by for ever, also in a restored copy of this database, and since when. */
export type Origin = { id: string; at: Date };

/** Two hashes of 50 bits may meet; the later one takes the next. That of test money in real books says so in Xero. */
export async function freeReference(tx: Db, seed: string, isTest: boolean): Promise<string> {
  for (let round = 0; ; round += 1) {
    const reference = `${referenceOf(round === 0 ? seed : `${seed} ${round}`)}${isTest ? TEST_MARK : ""}`;
    if (!(await isReferenceTaken(tx, reference))) return reference;
  }
}

/** How a posting begins that may be in Xero already. */
export const LOOK_FIRST = { state: "unknown", sends: 1 } as const;

/** How a posting begins: what a restored database hears of anew may be in Xero already, so it is looked up first. */
export async function beginning(tx: Db, { at }: Origin): Promise<typeof LOOK_FIRST | object> {
  return (await isBeforeGap(tx, at)) ? LOOK_FIRST : {};
}

export const isTestReference = (reference: string): boolean => reference.endsWith(TEST_MARK);
