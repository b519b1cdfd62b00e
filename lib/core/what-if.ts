import "server-only";
import type { Db } from "./db.ts";

class OnlyShown extends Error {}

/** What this work would answer if it were done now: it is done in a transaction that is undone. */
export async function whatIf<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  let answer: { is: T } | undefined;
  try {
    await db.transaction(async (tx) => {
      answer = { is: await work(tx) };
      throw new OnlyShown();
    });
  } catch (error) {
    if (!(error instanceof OnlyShown)) throw error;
  }
  if (!answer) throw new Error("Work that was to be undone gave no answer");
  return answer.is;
}
