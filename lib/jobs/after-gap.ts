import type { Db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import { noticeGap } from "#lib/core/restored-database.ts";
import { lookUpAfterRestore } from "#lib/posting/sending/look-up-after-restore.ts";
import { firmsWithProcessor } from "#lib/processor/read.ts";
import { firmToReconcile } from "#lib/reconcile/jobs.ts";
import { renewTokensAfterRestore } from "#lib/xero/tokens/renew-after-restore.ts";

/** Says that a worker is here; after a restore or a long sleep, nothing that this database says of Xero is taken on trust. */
export async function seeToGap(db: Db): Promise<void> {
  const gap = await noticeGap(db, async (tx, before) => {
    await lookUpAfterRestore(tx, before);
    await renewTokensAfterRestore(tx);
    // What was begun in the time that is lost stands at the processor.
    for (const firmId of await firmsWithProcessor(tx))
      await enqueue(tx, firmToReconcile, { firmId, span: "recent" });
  });
  if (gap) log.warn("desk.memory-gap");
}
