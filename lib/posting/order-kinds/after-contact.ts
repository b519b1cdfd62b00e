import { and, eq, sql } from "drizzle-orm";
import { postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import { endByHand } from "../store.ts";

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

/**
 * Staff have chosen a contact of Xero's for the person whom this source was to make: what waits for it is for that one, and may
 * go. Unless it is about to be made at this moment it is made no more.
 */
export async function takeContactInstead(
  tx: Db,
  {
    firmId,
    sourceId,
    contactId,
    note,
  }: { firmId: string; sourceId: string; contactId: string; note: string },
): Promise<void> {
  const [making] = await tx
    .select({ id: postings.id })
    .from(postings)
    .where(and(eq(postings.kind, "contact"), eq(postings.sourceId, sourceId), eq(postings.firmId, firmId)))
    .for("update");
  if (!making) return;
  await endByHand(tx, { firmId, postingId: making.id, note, states: ["ready", "refused"] });
  await fillContact(tx, making.id, contactId);
}
