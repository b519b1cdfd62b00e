import type { Db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { noticeGap } from "#lib/core/memory-gap.ts";
import { doubtPostings } from "#lib/posting/doubt.ts";
import { doubtTokens } from "#lib/xero/doubt-tokens.ts";

/** Says that a worker is here; after a restore or a long sleep, nothing that this database says of Xero is taken on trust. */
export async function seeToGap(db: Db): Promise<void> {
  const gap = await noticeGap(db, async (tx, before) => {
    await doubtPostings(tx, before);
    await doubtTokens(tx);
  });
  if (gap) log.warn("desk.memory-gap");
}
