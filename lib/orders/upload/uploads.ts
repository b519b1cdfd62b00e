import "server-only";
import { and, eq, lt, sql } from "drizzle-orm";
import { orderUploads } from "#db/schema/orders.ts";
import type { Db } from "#lib/core/db.ts";
import { daysAgo, deleteOld } from "#lib/core/forget.ts";
import { AGES } from "#lib/core/retention.ts";
import { type FirmCaller, type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { requireLive } from "#lib/xero/organisations/connections.ts";
import { readUpload } from "./read-upload.ts";

/** A file of orders as it came. */
export type Upload = { uploadId: string; connectionId: string; source: string; content: string };

/**
 * Keeps a file of orders to be looked over: nothing of it is sent yet. Throws FileFaults for one in which the orders can't be told,
 * `forbidden`, and `not_found` for an organisation that is not this firm's. Returns its id.
 */
export async function keepUpload(
  db: Db,
  { firm, actor }: FirmCaller,
  { connectionId, source, content }: Omit<Upload, "uploadId">,
): Promise<string> {
  requireAbility(firm, "act");
  await requireLive(db, firm, connectionId);
  readUpload(content, source);
  const [kept] = await db
    .insert(orderUploads)
    .values({ firmId: firm.firmId, connectionId, source, content, uploadedBy: actor.userId })
    .returning({ id: orderUploads.id });
  if (!kept) throw new Error("A file of orders was not kept");
  return kept.id;
}

/** One of a firm's; undefined for none. Throws `forbidden`. */
export async function findUpload(db: Db, firm: FirmContext, uploadId: string): Promise<Upload | undefined> {
  requireAbility(firm, "act");
  const [found] = await db
    .select({
      uploadId: orderUploads.id,
      connectionId: orderUploads.connectionId,
      source: orderUploads.source,
      content: orderUploads.content,
    })
    .from(orderUploads)
    .where(and(eq(orderUploads.id, uploadId), eq(orderUploads.firmId, firm.firmId)));
  return found;
}

/** Forgets a firm's files that name this e-mail: what was sent of them is kept as orders. */
export async function eraseUploads(tx: Db, firmId: string, email: string): Promise<void> {
  await tx
    .delete(orderUploads)
    .where(
      and(
        eq(orderUploads.firmId, firmId),
        sql`strpos(lower(${orderUploads.content}), lower(${email}::text)) > 0`,
      ),
    );
}

/** Forgets files of orders. */
export async function forgetUploads(db: Db): Promise<number> {
  return deleteOld(db, orderUploads, lt(orderUploads.uploadedAt, daysAgo(AGES.orderUploads)));
}
