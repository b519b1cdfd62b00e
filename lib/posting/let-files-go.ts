import { and, eq, inArray, sql } from "drizzle-orm";
import { attachmentFiles, postings } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";

/** Deletes the desk's copies of files. One that is not in Xero can't go there any more. */
export async function letFilesGo(db: Db, fileIds: string[]): Promise<void> {
  if (fileIds.length > 0) await db.delete(attachmentFiles).where(inArray(attachmentFiles.id, fileIds));
}

/** The same, and what the files of these sources are called. */
export async function eraseFiles(
  tx: Db,
  files: { sourceId: string; fileId: string | null }[],
): Promise<void> {
  if (files.length === 0) return;
  await letFilesGo(
    tx,
    files.flatMap(({ fileId }) => fileId ?? []),
  );
  const sources = files.map(({ sourceId }) => sourceId);
  await tx
    .update(postings)
    .set({ body: sql`${postings.body} || '{"fileName": "Erased.pdf"}'::jsonb` })
    .where(and(eq(postings.kind, "attachment"), inArray(postings.sourceId, sources)));
}
