/**
 * A process of its own. argv: a tenant id. Connects a new firm to that organisation, reads its books, saves how orders are written
 * and makes keys; prints what a system that sends orders needs.
 */
import { eq } from "drizzle-orm";
import { accounts, contacts } from "#db/schema/mirror.ts";
import { makeKey } from "#lib/api-keys/make-key.ts";
import { closeDb, db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { log } from "#lib/core/log.ts";
import { closeQueue } from "#lib/core/queue/queue.ts";
import { saveTender } from "#lib/mapping/save-tender.ts";
import { backfillOrganisation } from "#lib/mirror/sync/backfill.ts";
import { setOrders } from "#lib/testing/orders/order-desk.ts";
import { connectFirm, DEMO_APP, newFirm, withDemoApp, XERO_USER } from "#lib/testing/xero/at-xero.ts";
import { payConnections } from "#lib/xero/organisations/pay-connections.ts";
import type { OrderBench } from "./measure/order-senders.ts";

log.level = "error";
const [tenantId = ""] = process.argv.slice(2);
/** A key may ask 600 times a minute. */
const KEYS = 20;

const answer = await fetch(`${env().SIMULATOR_URL}/control/apps/${DEMO_APP.clientId}`, {
  method: "PUT",
  body: JSON.stringify({ redirectUris: [`${env().PUBLIC_ORIGIN}/api/xero/callback`] }),
  headers: { "content-type": "application/json" },
});
if (!answer.ok) throw new Error(`The app: ${answer.status} ${await answer.text()}`);
const caller = await withDemoApp(db(), await newFirm(db()));
const outcome = await connectFirm(db(), caller, { user: XERO_USER.ada, tenantId });
if (outcome.kind !== "connected") throw new Error(`Not connected: ${JSON.stringify(outcome)}`);
const [connection] = await payConnections(db(), caller.firm.firmId);
const connectionId = connection?.connectionId ?? "";
const books = { firmId: caller.firm.firmId, connectionId };
await backfillOrganisation(db(), books);
await setOrders(db(), { books, caller }, { inventoryAccountCode: null });
const chart = await db().select().from(accounts).where(eq(accounts.connectionId, connectionId));
const bank = chart.find(
  ({ type, status, currency }) =>
    type === "BANK" && status === "ACTIVE" && currency === connection?.baseCurrency,
);
await saveTender(db(), caller, { connectionId, which: { name: "Card" }, accountId: bank?.accountId ?? "" });
const keys: string[] = [];
for (let nth = 0; nth < KEYS; nth += 1)
  keys.push(await makeKey(db(), caller, { connectionId, name: `Till ${nth}`, scopes: ["orders:write"] }));
const people = await db().select().from(contacts).where(eq(contacts.connectionId, connectionId)).limit(200);
const contactIds = people.filter(({ status }) => status === "ACTIVE").map(({ contactId }) => contactId);
const made: OrderBench = { connectionId, keys, contactIds, currency: connection?.baseCurrency ?? "" };
process.stdout.write(JSON.stringify(made));
await closeQueue();
await closeDb();
