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
  for (let after: string | undefined; ; ) {
    const { seen, gone: some } = await db.transaction((tx) => forgetSome(tx, after));
    gone += some;
    if (seen.length < AT_ONCE) return gone;
    after = seen.at(-1);
  }
}

/** Locked, so that none of them is promised to another invoice meanwhile. */
async function forgetSome(tx: Db, after: string | undefined): Promise<{ seen: string[]; gone: number }> {
  const { id, fileId, receivedAt } = orderAttachments;
  const old = await tx
    .select({ id, fileId })
    .from(orderAttachments)
    .where(
      and(
        isNotNull(fileId),
        lt(receivedAt, daysAgo(AGES.files)),
        after === undefined ? undefined : gt(id, after),
      ),
    )
    .orderBy(id)
    .limit(AT_ONCE)
    .for("update", { skipLocked: true });
  const seen = old.map((one) => one.id);
  const went = await wentWith(tx, "attachment", seen);
  const there = old.filter((one) => ["done", "by_hand"].includes(went.get(one.id)?.state ?? ""));
  await letFilesGo(
    tx,
    there.flatMap((one) => one.fileId ?? []),
  );
  return { seen, gone: there.length };
}
