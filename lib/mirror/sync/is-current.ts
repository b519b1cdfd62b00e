import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { invoices, syncCursors, unreadRows, webhookInbox, webhookSequences } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import { getLine, type Line } from "#lib/xero/organisations/connections.ts";

type Asked = { invoiceIds: string[]; withinSeconds: number };

/**
 * Whether what the mirror has of these invoices may stand for what Xero has, while Xero can't be asked: all that changed in
 * the organisation was read at most so many seconds ago, however long ago each of them changed, and nothing newer of
 * them is known to be waiting.
 */
export async function isCurrent(
  db: Db,
  connectionId: string,
  { invoiceIds, withinSeconds }: Asked,
): Promise<boolean> {
  const line = await getLine(db, connectionId);
  if (!line || !(await wereChangesRead(db, line, withinSeconds))) return false;
  return (await areKnown(db, line, { invoiceIds })) && !(await isNewsWaiting(db, line, invoiceIds));
}

/** Whether each of these was read from Xero at most so many seconds ago, and nothing newer of them is known to be waiting. */
export async function wereReadWithin(
  db: Db,
  connectionId: string,
  { invoiceIds, withinSeconds }: Asked,
): Promise<boolean> {
  const line = await getLine(db, connectionId);
  if (!line || !(await areKnown(db, line, { invoiceIds, withinSeconds }))) return false;
  return !(await isNewsWaiting(db, line, invoiceIds));
}

/** The last reading of changes that came to its end began so short a time ago, and no later delivery was lost. */
async function wereChangesRead(
  db: Db,
  { connectionId, appId }: Line,
  withinSeconds: number,
): Promise<boolean> {
  const [read] = await db
    .select({ kind: syncCursors.kind })
    .from(syncCursors)
    .leftJoin(webhookSequences, eq(webhookSequences.appId, appId))
    .where(
      and(
        eq(syncCursors.connectionId, connectionId),
        eq(syncCursors.kind, "invoices"),
        // No first reading is under way.
        isNull(syncCursors.page),
        sql`${syncCursors.syncedAt} > now() - make_interval(secs => ${withinSeconds})`,
        sql`coalesce(${webhookSequences.gapAt} < ${syncCursors.syncedAt}, true)`,
      ),
    );
  return read !== undefined;
}

async function areKnown(
  db: Db,
  { connectionId }: Line,
  { invoiceIds, withinSeconds }: { invoiceIds: string[]; withinSeconds?: number },
): Promise<boolean> {
  const known = await db
    .select({ id: invoices.invoiceId })
    .from(invoices)
    .where(
      and(
        eq(invoices.connectionId, connectionId),
        inArray(invoices.invoiceId, invoiceIds),
        withinSeconds === undefined
          ? undefined
          : sql`${invoices.seenAt} > now() - make_interval(secs => ${withinSeconds})`,
      ),
    );
  return known.length === new Set(invoiceIds).size;
}

/** Something of these is known to be in Xero that we have not read: it could not be, or Xero rang and has not been asked yet. */
async function isNewsWaiting(
  db: Db,
  { connectionId, appId, tenantId }: Line,
  invoiceIds: string[],
): Promise<boolean> {
  const ofThese = and(
    eq(unreadRows.connectionId, connectionId),
    eq(unreadRows.kind, "invoices"),
    inArray(unreadRows.xeroId, invoiceIds),
  );
  const [unread] = await db.select({ id: unreadRows.xeroId }).from(unreadRows).where(ofThese).limit(1);
  if (unread) return true;
  const namesOne = sql`exists (
    select 1 from jsonb_array_elements(${webhookInbox.events}) event
    where event->>'tenantId' = ${tenantId} and event->>'resourceId' = any(${sql.param(invoiceIds)}))`;
  const [rung] = await db
    .select({ id: webhookInbox.id })
    .from(webhookInbox)
    .where(
      and(
        eq(webhookInbox.appId, appId),
        isNull(webhookInbox.processedAt),
        // One that can't be read may speak of anything.
        sql`(${webhookInbox.events} is null or ${namesOne})`,
      ),
    )
    .limit(1);
  return rung !== undefined;
}
