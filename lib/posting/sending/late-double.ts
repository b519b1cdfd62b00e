import { eq } from "drizzle-orm";
import { POSTING_KINDS, postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import type { Posted } from "../kinds/kind.ts";
import { createRemovalPosting } from "../kinds/removal.ts";
import type { Claimed } from "../store.ts";

/**
 * Xero has taken a document of an order that we sent after others had given it up, looked for it, and written it anew: there
 * are two, and this one is taken off again. It happens to a worker that stood still between its last look at the clock and its
 * call, and only where Xero numbers the document, and no longer knows the call by its key.
 */
export async function takeLateOff(db: Db, { id, kind }: Claimed, late: Posted): Promise<void> {
  if (POSTING_KINDS[kind] !== "whole" || kind === "contact") return;
  await db.transaction(async (tx) => {
    const [posting] = await tx.select().from(postings).where(eq(postings.id, id)).for("update");
    if (posting?.state !== "done" || posting.xeroId === late.xeroId) return;
    log.warn({ posting: id, reference: posting.reference, xeroId: late.xeroId }, "posting.late-double");
    await createRemovalPosting(tx, {
      posting,
      xeroId: late.xeroId,
      sourceId: late.xeroId,
      origin: { id: late.xeroId, at: new Date() },
    });
  });
}
