import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { log } from "#lib/core/log.ts";
import { XeroFault } from "#lib/xero/api/xero-fault.ts";
import { noteWebhookSeen } from "#lib/xero/apps/apps.ts";
import { syncingConnectionsOfApp } from "#lib/xero/organisations/auto-sync.ts";
import { connectionsOfTenants } from "#lib/xero/organisations/connections.ts";
import type { Books } from "../books.ts";
import { RUNG } from "../kinds.ts";
import { type CursorKind, callSoon } from "../sync/cursor-store.ts";
import { readChanges } from "../sync/delta.ts";
import { IDS_A_CALL } from "../sync/refresh.ts";
import { refreshContacts } from "../sync/refresh-contacts.ts";
import { refreshInvoices } from "../sync/refresh-invoices.ts";
import { markRung } from "../sync/unread-store.ts";
import { listWaiting, lockReached, markProcessed, saveReached, type Waiting } from "./inbox-store.ts";
import { kindOf, numbersAfter } from "./webhook-rules.ts";

const DELIVERIES_A_TURN = 200;

/**
 * Re-reads from Xero what the waiting deliveries point at: each thing once however often it was named. What can't be read
 * now is owed by the scheduled turn, so that one organisation holds up no other. Where deliveries were lost on the way
 * or can't be read, every organisation of the app is asked what changed.
 */
export async function processInbox(db: Db, appId: string): Promise<void> {
  for (;;) {
    const waiting = await listWaiting(db, appId, DELIVERIES_A_TURN);
    if (waiting.length === 0) return;
    await noteWebhookSeen(db, appId);
    await lookForLosses(db, appId, waiting);

    const events = waiting.flatMap((row) => row.events ?? []);
    const ours = await connectionsOfTenants(db, {
      appId,
      tenantIds: [...new Set(events.map((event) => event.tenantId))],
    });
    await eachAlone(
      db,
      ours.filter(({ autoSync }) => autoSync),
      {
        kind: "webhook",
        idOf: ({ connectionId }) => connectionId,
        work: ({ tenantId, firmId, connectionId }) =>
          follow(
            db,
            { firmId, connectionId },
            namedIn(events.filter((event) => event.tenantId === tenantId)),
          ),
      },
    );
    await markProcessed(
      db,
      waiting.map((row) => row.id),
    );
  }
}

/** Xero numbers an app's events one by one: a jump means that some never came. */
async function lookForLosses(db: Db, appId: string, waiting: Waiting[]): Promise<void> {
  await db.transaction(async (tx) => {
    const { reached, gap } = numbersAfter(await lockReached(tx, appId), waiting);
    await saveReached(tx, appId, { reached, gap });
    if (gap) log.warn({ appId, reached }, "mirror.webhook-gap");
    if (gap || waiting.some((row) => row.events === null))
      await callSoon(tx, await syncingConnectionsOfApp(tx, appId), RUNG);
  });
}

type Named = Map<CursorKind, string[]>;

function namedIn(events: { eventCategory: string; resourceId: string }[]): Named {
  const named: Named = new Map();
  for (const { eventCategory, resourceId } of events) {
    const kind = kindOf(eventCategory);
    if (kind) named.set(kind, [...new Set([...(named.get(kind) ?? []), resourceId])]);
  }
  return named;
}

/** A few invoices and contacts are asked for by name; for many, and for credits, one question is what changed. */
async function follow(db: Db, books: Books, named: Named): Promise<void> {
  const isFew = (kind: CursorKind) => (named.get(kind)?.length ?? 0) <= IDS_A_CALL;
  const byName = (kind: CursorKind) => (isFew(kind) ? (named.get(kind) ?? []) : []);
  const byChange = [...named.keys()].filter(
    (kind) => !(isFew(kind) && (kind === "invoices" || kind === "contacts")),
  );
  try {
    const invoices = await refreshInvoices(db, books, { ids: byName("invoices"), purpose: "sync" });
    const contacts = await refreshContacts(db, books, { ids: byName("contacts"), purpose: "sync" });
    // What Xero rang for and then left out of its answer may come with what changed.
    if (invoices.unread.length > 0) byChange.push("invoices");
    if (contacts.unread.length > 0) byChange.push("contacts");
    await readChanges(db, books, { kinds: byChange, force: true });
  } catch (error) {
    await markRung(db, books, named.get("invoices") ?? []);
    await callSoon(db, [books.connectionId], [...named.keys()]);
    if (!(error instanceof XeroFault)) throw error;
    log.warn({ connectionId: books.connectionId, fault: error.fault.kind }, "mirror.webhook-owed");
  }
}
