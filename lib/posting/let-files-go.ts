import { and, eq, inArray, sql } from "drizzle-orm";
import { attachmentFiles, postings } from "#db/schema/posting.ts";
import { eraseFacts } from "#lib/audit/erase.ts";
import type { Db } from "#lib/core/db.ts";

/** Deletes the desk's copies of files. One that is not in Xero can't go there any more. */
export async function letFilesGo(db: Db, fileIds: string[]): Promise<void> {
  if (fileIds.length > 0) await db.delete(attachmentFiles).where(inArray(attachmentFiles.id, fileIds));
}

/** The same, with what the files of these sources are called, and what Xero said of them. One that did not go yet goes no more. */
export async function eraseFiles(
  tx: Db,
  firmId: string,
  files: { sourceId: string; fileId: string | null }[],
): Promise<void> {
  if (files.length === 0) return;
  await letFilesGo(
    tx,
    files.flatMap(({ fileId }) => fileId ?? []),
  );
  const sources = files.map(({ sourceId }) => sourceId);
  const theirs = and(eq(postings.kind, "attachment"), inArray(postings.sourceId, sources));
  const body = sql`${postings.body} || '{"fileName": "Erased.pdf"}'::jsonb`;
  const erased = await tx
    .update(postings)
    .set({ body, message: null })
    .where(theirs)
    .returning({ id: postings.id });
  await tx
    .update(postings)
    .set({ state: "by_hand", message: "It was erased before it went." })
    .where(and(theirs, inArray(postings.state, ["ready", "unknown", "refused"])));
  const subjects = erased.map(({ id }) => `posting:${id}`);
  for (const action of ["posting.refused", "posting.by-hand"] as const)
    await eraseFacts(tx, firmId, { subjects, action });
}
