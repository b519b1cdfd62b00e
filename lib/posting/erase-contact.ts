import { and, eq, inArray, sql } from "drizzle-orm";
import { postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";

/** Erases the name and the e-mail from what was told to Xero of these new contacts, of those that will not be told again. Which were. */
export async function eraseContactBodies(tx: Db, sourceIds: string[]): Promise<string[]> {
  if (sourceIds.length === 0) return [];
  const rows = await tx
    .update(postings)
    .set({ body: sql`${postings.body} || '{"name": "Erased", "email": null}'::jsonb` })
    .where(
      and(
        eq(postings.kind, "contact"),
        inArray(postings.sourceId, sourceIds),
        inArray(postings.state, ["done", "by_hand"]),
      ),
    )
    .returning({ sourceId: postings.sourceId });
  return rows.map(({ sourceId }) => sourceId);
}
