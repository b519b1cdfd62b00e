import { and, gt, isNotNull, lt } from "drizzle-orm";
import { orderAttachments } from "#db/schema/orders.ts";
import type { Db } from "#lib/core/db.ts";
import { daysAgo } from "#lib/core/forget.ts";
import { AGES } from "#lib/core/retention.ts";
import { letFilesGo } from "#lib/posting/let-files-go.ts";
import { wentWith } from "#lib/posting/read-documents.ts";

const AT_ONCE = 200;

/** Lets the desk's copies of files go that came with orders and that Xero has; says how many. */
export async function forgetFiles(db: Db): Promise<number> {
  let gone = 0;
  for (let after = ""; ; ) {
    const { id, fileId, receivedAt } = orderAttachments;
    const old = await db
      .select({ id, fileId })
      .from(orderAttachments)
      .where(
        and(isNotNull(fileId), lt(receivedAt, daysAgo(AGES.files)), after === "" ? undefined : gt(id, after)),
      )
      .orderBy(id)
      .limit(AT_ONCE);
    const went = await wentWith(
      db,
      "attachment",
      old.map((one) => one.id),
    );
    const there = old.filter((one) => ["done", "by_hand"].includes(went.get(one.id)?.state ?? ""));
    await letFilesGo(
      db,
      there.flatMap((one) => one.fileId ?? []),
    );
    gone += there.length;
    if (old.length < AT_ONCE) return gone;
    after = old.at(-1)?.id ?? "";
  }
}
