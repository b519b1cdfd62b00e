import { and, eq, sql } from "drizzle-orm";
import { postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";

/** The contact is in Xero: what waits for it is for it, and may go. Call it in the transaction that says so. */
export async function fillContact(tx: Db, contactPostingId: string, contactId: string): Promise<void> {
  await tx
    .update(postings)
    .set({
      body: sql`jsonb_set(${postings.body}, '{contactId}', to_jsonb(${contactId}::text))`,
      dueAt: sql`now()`,
      message: null,
    })
    .where(and(eq(postings.afterId, contactPostingId), sql`${postings.body} -> 'contactId' = 'null'::jsonb`));
}

/**
 * The contact that a posting makes, once it is in Xero; null while it waits. Whoever makes a posting that goes after it asks
 * here in their transaction, so that it is filled in by either of the two.
 */
export async function contactMadeBy(tx: Db, contactPostingId: string): Promise<string | null> {
  const [row] = await tx
    .select({ kind: postings.kind, xeroId: postings.xeroId })
    .from(postings)
    .where(eq(postings.id, contactPostingId))
    .for("share");
  if (row?.kind !== "contact") throw new RangeError("What it goes after makes no contact");
  return row.xeroId;
}
