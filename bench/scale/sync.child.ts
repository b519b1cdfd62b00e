/**
 * A process of its own that reads from the simulator into the mirror. argv: "connect" and a tenant id, which prints the
 * connection's id; "backfill" or "delta" and a connection id, which prints how many milliseconds it took; or "queue", a
 * connection id and a number of payments that Xero is to be told of, which prints how many there are.
 */
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { dayIn } from "#lib/core/clock.ts";
import { closeDb, db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { log } from "#lib/core/log.ts";
import { closeQueue } from "#lib/core/queue/queue.ts";
import { backfillOrganisation } from "#lib/mirror/sync/backfill.ts";
import { readChanges } from "#lib/mirror/sync/delta.ts";
import { createPaymentPosting } from "#lib/posting/kinds/payment.ts";
import { connectFirm, DEMO_APP, newFirm, withDemoApp, XERO_USER } from "#lib/testing/xero/at-xero.ts";
import { booksToSync } from "#lib/xero/organisations/auto-sync.ts";
import { payConnection, payConnections } from "#lib/xero/organisations/pay-connections.ts";

const [what = "", id = "", most = ""] = process.argv.slice(2);
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

/** All that each of these invoices owes has been paid, and Xero knows nothing of it. */
async function queue(): Promise<number> {
  const [books, connection] = await Promise.all([booksToSync(db(), id), payConnection(db(), id)]);
  if (!books || !connection) throw new Error(`No connection ${id}`);
  const date = dayIn(connection.timeZone, new Date());
  const { rows } = await db().execute<{ invoiceId: string; due: string; accountId: string }>(sql`
    select invoice_id as "invoiceId", due_minor::text as due,
      (select account_id from accounts where connection_id = ${id} and type = 'BANK' and status = 'ACTIVE'
        and currency = ${connection.baseCurrency} order by account_id limit 1) as "accountId"
    from invoices where connection_id = ${id} and type = 'ACCREC' and status = 'AUTHORISED' and due_minor > 0
      and currency = ${connection.baseCurrency} and date <= ${date} limit ${Number(most)}`);
  for (const { invoiceId, due, accountId } of rows) {
    const captureId = randomUUID();
    await db().transaction((tx) =>
      createPaymentPosting(tx, {
        ...{ ...books, sourceId: captureId, accountId, currency: connection.baseCurrency, date },
        origin: { id: captureId, at: new Date() },
        isTest: false,
        lines: [{ invoiceId, amountMinor: BigInt(due) }],
      }),
    );
  }
  return rows.length;
}

const verbs: Record<string, () => Promise<string | number>> = {
  connect: () => connect(id),
  backfill: read,
  delta: read,
  queue,
};
process.stdout.write(JSON.stringify(await verbs[what]?.()));
await closeQueue();
await closeDb();
