import { and, eq, inArray, sql } from "drizzle-orm";
import { postings } from "#db/schema/posting.ts";
import { eraseFacts } from "#lib/audit/erase.ts";
import type { Db } from "#lib/core/db.ts";

/**
 * Erases the name and the e-mail from what was told to Xero of these new contacts of a firm, and from what Xero and staff have said
 * of it; of those that will not be told again. Which were.
 */
export async function eraseContactBodies(tx: Db, firmId: string, sourceIds: string[]): Promise<string[]> {
  if (sourceIds.length === 0) return [];
  const rows = await tx
    .update(postings)
    .set({ body: sql`${postings.body} || '{"name": "Erased", "email": null}'::jsonb`, message: null })
    .where(
      and(
        eq(postings.firmId, firmId),
        eq(postings.kind, "contact"),
        inArray(postings.sourceId, sourceIds),
        inArray(postings.state, ["done", "by_hand"]),
      ),
    )
    .returning({ id: postings.id, sourceId: postings.sourceId });
  const subjects = rows.map(({ id }) => `posting:${id}`);
  for (const action of ["posting.refused", "posting.by-hand"] as const)
    await eraseFacts(tx, firmId, { subjects, action });
  return rows.map(({ sourceId }) => sourceId);
}
