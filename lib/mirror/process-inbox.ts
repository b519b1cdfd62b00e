import { and, eq, inArray, isNull } from "drizzle-orm";
import { webhookInbox } from "#db/schema/mirror.ts";
import type { Db } from "#lib/core/db.ts";
import { withXero } from "#lib/xero/call.ts";
import { connectionsOfTenants } from "#lib/xero/connections.ts";
import { XeroFault } from "#lib/xero/types.ts";
import type { Books } from "./books.ts";
import { IDS_A_CALL, refreshInvoices } from "./refresh-invoices.ts";
import { saveContacts } from "./store.ts";
import type { Delivery } from "./webhook-rules.ts";

const DELIVERIES_A_TURN = 200;

/**
 * Re-reads from Xero what the waiting deliveries point at: each invoice once however often it was named. Deliveries
 * count as processed only when all of that is kept; a fault leaves them waiting for the next turn.
 */
export async function processInbox(db: Db, appId: string): Promise<void> {
  const waiting = await db
    .select({ id: webhookInbox.id, events: webhookInbox.events })
    .from(webhookInbox)
    .where(and(eq(webhookInbox.appId, appId), isNull(webhookInbox.processedAt)))
    .orderBy(webhookInbox.receivedAt)
    .limit(DELIVERIES_A_TURN);
  if (waiting.length === 0) return;

  const events = waiting.flatMap((row) => row.events as Delivery["events"]);
  const ours = await connectionsOfTenants(db, {
    appId,
    tenantIds: [...new Set(events.map((event) => event.tenantId))],
  });
  for (const { tenantId, ...books } of ours) {
    const named = (category: string) => [
      ...new Set(
        events
          .filter((event) => event.tenantId === tenantId && event.eventCategory.toUpperCase() === category)
          .map((event) => event.resourceId),
      ),
    ];
    await unlessUnreachableForGood(async () => {
      await refreshInvoices(db, books, { ids: named("INVOICE"), purpose: "sync" });
      await refreshContacts(db, books, named("CONTACT"));
    });
  }
  await db
    .update(webhookInbox)
    .set({ processedAt: new Date() })
    .where(
      inArray(
        webhookInbox.id,
        waiting.map((row) => row.id),
      ),
    );
}

async function refreshContacts(db: Db, books: Books, ids: string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += IDS_A_CALL) {
    const some = ids.slice(at, at + IDS_A_CALL);
    const { rows } = await withXero(db, books.connectionId, "sync", (xero) => xero.contacts({ ids: some }));
    await saveContacts(db, books, rows);
  }
}

/** An organisation that is no longer ours to read must not hold up the others; a new consent reads what was missed. */
async function unlessUnreachableForGood(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (
      !(error instanceof XeroFault) ||
      !["needs_reconnect", "disconnected", "missing_scope"].includes(error.fault.kind)
    )
      throw error;
  }
}
