/**
 * A process of its own that reads from the simulator into the mirror. argv: "connect" and a tenant id, which prints the
 * connection's id; or "backfill" or "delta" and a connection id, which prints how many milliseconds it took.
 */
import { closeDb, db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { log } from "#lib/core/log.ts";
import { closeQueue } from "#lib/core/queue.ts";
import { backfillOrganisation } from "#lib/mirror/backfill.ts";
import { readChanges } from "#lib/mirror/delta.ts";
import { connectFirm, DEMO_APP, newFirm, withDemoApp, XERO_USER } from "#lib/testing/at-xero.ts";
import { booksToSync } from "#lib/xero/auto-sync.ts";
import { payConnections } from "#lib/xero/pay-connections.ts";

const [what = "", id = ""] = process.argv.slice(2);
log.level = "error";

async function connect(tenantId: string): Promise<string> {
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
  return connection?.connectionId ?? "";
}

async function read(): Promise<number> {
  const books = await booksToSync(db(), id);
  if (!books) throw new Error(`No books of connection ${id}`);
  const began = performance.now();
  if (what === "backfill") await backfillOrganisation(db(), books);
  else await readChanges(db(), books, { force: true });
  return performance.now() - began;
}

process.stdout.write(JSON.stringify(what === "connect" ? await connect(id) : await read()));
await closeQueue();
await closeDb();
