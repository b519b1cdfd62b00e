import { isNull, min, sql } from "drizzle-orm";
import { webhookInbox } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import type { Late, Unfinished } from "#lib/core/failures/unfinished.ts";
import { firmsOfApps } from "#lib/xero/organisations/unfinished.ts";

/** Deliveries of Xero's that nobody has worked through: of an app, so once for each firm that is connected through it. */
export async function unfinishedDeliveries(db: Db, { minutes, firmId }: Late): Promise<Unfinished[]> {
  const rows = await db
    .select({
      appId: webhookInbox.appId,
      since: min(webhookInbox.receivedAt),
      count: sql<number>`count(*)::int`,
    })
    .from(webhookInbox)
    .where(isNull(webhookInbox.processedAt))
    .groupBy(webhookInbox.appId)
    .having(sql`min(${webhookInbox.receivedAt}) <= now() - make_interval(mins => ${minutes})`);
  const firms = await firmsOfApps(
    db,
    rows.map(({ appId }) => appId),
  );
  return firms
    .filter((one) => firmId === undefined || one.firmId === firmId)
    .flatMap(({ appId, firmId: of }) => {
      const row = rows.find((one) => one.appId === appId);
      if (!row?.since) return [];
      const what = row.count === 1 ? "A message from Xero" : `${row.count} messages from Xero`;
      return [{ id: appId, firmId: of, what, since: row.since, reason: null, money: null, failure: null }];
    });
}
